package samtemplate_test

import (
	"os"
	"strings"
	"testing"

	"accounttasks/internal/local/samtemplate"
)

// OPERATIONS.md has operators fill in these settings in the template, and the local stack reads the same file.
func TestTheProjectsTemplateIsReadWithEverySettingInUse(t *testing.T) {
	data, err := os.ReadFile("../../../template.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for setting, value := range map[string]string{
		"AlarmTopic":          "arn:aws:sns:eu-central-1:123456789012:alarms",
		"NotificationTopic":   "arn:aws:sns:eu-central-1:123456789012:runs",
		"ReservedConcurrency": "5",
	} {
		text := strings.ReplaceAll(string(data), setting+`: ""`, setting+`: "`+value+`"`)
		if text == string(data) {
			t.Errorf("the template has no empty setting %s", setting)
		}
		if _, err := samtemplate.Read([]byte(text), local); err != nil {
			t.Errorf("%s: %v", setting, err)
		}
	}
}
