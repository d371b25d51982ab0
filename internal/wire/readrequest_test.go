package wire_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/task"
	"accounttasks/internal/wire"
)

// client is a body with fields that are not a task's.
type client struct {
	name, secret string
	userID       uuid.UUID
	task.Reading
}

var (
	clientName   = task.NewField("Name", "a name", task.BeforeBody)
	clientSecret = task.NewField("Secret", "a secret", task.BeforeBody+1)
	clientUserID = task.NewField("UserID", "the GUID of a user", task.BeforeBody+2)
)

func readClient(contentType, body string) (c client, err error) {
	err = wire.ReadRequest(wire.Body{Bytes: []byte(body), ContentType: contentType}, "ClientRequest",
		[]task.Slot{{Field: clientName, Value: &c.name}, {Field: clientSecret, Value: &c.secret}, {Field: clientUserID, Value: &c.userID}}, &c.Reading)
	return c, err
}

func TestRequestsOfOtherFieldsAreReadLikeATasks(t *testing.T) {
	for contentType, body := range map[string]string{
		jsonType: `{"name":"a","SECRET":5,"x":1,"UserID":"{` + reportID + `}"}`,
		xmlType:  `<ClientRequest><UserID>` + reportID + `</UserID><Secret>5</Secret><Name>a</Name><Name>b</Name></ClientRequest>`,
		formType: `Name=a&secret=5&UserID=` + reportID,
	} {
		c, err := readClient(contentType, body)
		if err != nil || len(c.Problems) > 0 {
			t.Fatalf("%s: got %v and %v, want it read", contentType, err, c.Problems)
		}
		if c.name != "a" || c.secret != "5" || c.userID.String() != reportID || !c.Sent(clientName) {
			t.Errorf("%s: got %+v", contentType, c)
		}
	}
}

func TestProblemsOfOtherFieldsAreInTheirOrder(t *testing.T) {
	c, err := readClient(jsonType, `{"userid":"x","Name":[]}`)
	if err != nil {
		t.Fatal(err)
	}
	want := `Name cannot be an array: send a name. userid cannot be "x": send the GUID of a user.`
	if got := task.AsError(c.Problems.Err()).Reason; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

func TestRefusalsNameTheRequest(t *testing.T) {
	for contentType, words := range map[string]string{jsonType: "fields of ClientRequest", xmlType: "a ClientRequest element"} {
		if _, err := readClient(contentType, "x"); err == nil || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: got %v, want %q", contentType, err, words)
		}
	}
	_, err := wire.ReadRegistration(wire.Body{Bytes: []byte("<AccountTaskUpdateRequest></AccountTaskUpdateRequest>"), ContentType: xmlType})
	if want := "The body's root element cannot be AccountTaskUpdateRequest: send AccountTaskRequest"; err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("got %v, want %q", err, want)
	}
	if _, err := wire.ReadRegistration(wire.Body{ContentType: xmlType}); err == nil || !strings.Contains(err.Error(), "send an AccountTaskRequest") {
		t.Errorf("got %v, want the request named", err)
	}
}
