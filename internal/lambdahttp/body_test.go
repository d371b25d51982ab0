package lambdahttp_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/task"
)

func TestBodies(t *testing.T) {
	bytes := "\x00\xff\r\n" + update
	for version, make := range bothVersions {
		for _, test := range []struct {
			name     string
			body     any
			isBase64 any
			want     string
		}{
			{"text", update, false, update},
			{"text without a flag", update, nil, update},
			{"text that looks like base64", "e30=", false, "e30="},
			{"base64", base64.StdEncoding.EncodeToString([]byte(bytes)), true, bytes},
			{"nothing in base64", "", true, ""},
			{"nothing", nil, false, ""},
			{"a body of the wrong type", object{"TaskID": 5}, false, ""},
			{"a flag of the wrong type", "e30=", "true", "e30="},
		} {
			s := newStage()
			s.invoke(t, make(with(test.body, "body"), with(test.isBase64, "isBase64Encoded")))
			if s.body != test.want {
				t.Errorf("%s, %s: got the body %q, want %q", version, test.name, s.body, test.want)
			}
		}
	}
}

func TestBadBase64IsAMalformedBody(t *testing.T) {
	for version, make := range bothVersions {
		for _, body := range []string{"?", "e30", "e30=e30=", "e3 0=", "ew==fQ==", "-_8=", "e30=\x00"} {
			s := newStage()
			r := s.invoke(t, make(with(body, "body"), with(true, "isBase64Encoded")))
			if got := r.code(t); r.StatusCode != 400 || got != task.CodeMalformedBody {
				t.Errorf("%s, %q: got %d %s, want 400 %s", version, body, r.StatusCode, got, task.CodeMalformedBody)
			}
		}
	}
}

func TestBadBase64IsJudgedInItsTurn(t *testing.T) {
	bad := []func(object){with("?", "body"), with(true, "isBase64Encoded")}
	for name, test := range map[string]struct {
		event string
		want  task.Code
	}{
		"v2, route":    {eventV2(append(bad, with("/", "rawPath"))...), task.CodeRouteNotFound},
		"v2, method":   {eventV2(append(bad, with("PATCH", "requestContext", "http", "method"))...), task.CodeMethodNotAllowed},
		"v2, identity": {eventV2(append(bad, with(nil, "headers", "authorization"))...), task.CodeUnauthorized},
		"v1, identity": {eventV1(append(bad, with(nil, "multiValueHeaders", "Authorization"))...), task.CodeUnauthorized},
		"v1, scope":    {eventV1(append(bad, with([]string{"Bearer " + clienttest.Token(task.NewCaller("a", "u", "c", "x"))}, "multiValueHeaders", "Authorization"))...), task.CodeForbidden},
	} {
		if got := newStage().invoke(t, test.event).code(t); got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
}

func TestCharsetIsTheTextsOnlyInBase64(t *testing.T) {
	utf16 := ""
	for _, c := range update {
		utf16 += string(c) + "\x00"
	}
	for version, make := range bothVersions {
		for name, changes := range map[string][]func(object){
			"text":            {with(update, "body")},
			"text with zeros": {with(utf16, "body")},
			"base64":          {with(base64.StdEncoding.EncodeToString([]byte(utf16)), "body"), with(true, "isBase64Encoded")},
		} {
			changes = append(changes, with("application/json; charset=utf-16", "headers", "content-type"), with(nil, "multiValueHeaders"))
			if got := newStage().invoke(t, make(append(changes, dropHeader)...)).code(t); got != "" {
				t.Errorf("%s, %s: got %s, want a success", version, name, got)
			}
		}
	}
}

// Bytes that the gateway has replaced would be read as other characters.
func TestUTF16WithReplacedBytesIsRefused(t *testing.T) {
	utf16 := ""
	for _, c := range strings.Replace(update, "{}", `\"é\"`, 1) {
		if c == 'é' {
			c = '\ufffd'
		}
		utf16 += string(c) + "\x00"
	}
	changes := []func(object){with(utf16, "body"), with("application/json; charset=utf-16", "headers", "content-type"), dropHeader}
	if got := newStage().invoke(t, eventV2(changes...)).code(t); got != task.CodeMalformedBody {
		t.Errorf("got %s, want %s", got, task.CodeMalformedBody)
	}
}

// dropHeader removes the other spelling of Content-Type from an event.
func dropHeader(event object) { delete(event["headers"].(object), "Content-Type") }
