package openapitest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"
)

// Written is an example of the document as a body of the media type.
func Written(t testing.TB, mediaType string, example Node) string {
	t.Helper()
	if strings.HasSuffix(mediaType, "xml") {
		return example.Text()
	}
	if strings.HasSuffix(mediaType, "json") {
		text, err := json.Marshal(example.Value)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	form := url.Values{}
	for name, value := range example.Members() {
		form.Set(name, fmt.Sprint(value.Value))
	}
	return form.Encode()
}
