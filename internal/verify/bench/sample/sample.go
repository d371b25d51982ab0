// Package sample makes updates of any size in each format, for the benchmarks of the packages that an update passes
// through. Their Parameters are expensive for readers and writers: they have quotation marks to escape and many small
// values.
package sample

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"accounttasks/internal/client"
	"accounttasks/internal/local/demo"
)

// Sizes are the sizes of Parameters in bytes: half a KiB, 4, 64, and the largest that is allowed.
var Sizes = []int{512, 4 << 10, 64 << 10, 256 << 10}

// The update's task and catalogue entry.
const (
	ID     = "a23b4ff9-5d7e-4603-b937-6e1f724316b9"
	TaskID = "7798c127-7f74-40c6-9bd4-caf4be84ca89"
)

// Format is a format that an update can be sent in.
type Format struct {
	Name, ContentType string
	// Body writes an update with these Parameters.
	Body func(parameters string) string
}

// Formats are JSON, XML and form.
var Formats = []Format{
	{"json", "application/json", jsonBody},
	{"xml", "application/xml", xmlBody},
	{"form", "application/x-www-form-urlencoded", formBody},
}

// Parameters is a JSON document of the size.
func Parameters(size int) string {
	return repeated(size, "[", `{"to":"demo.user","cc":null},`, `"`, `"]`)
}

// XMLParameters is an XML document of the size.
func XMLParameters(size int) string {
	return repeated(size, "<list>", `<send to="demo.user">&lt;</send>`, "", "</list>")
}

// repeated fills the room between two ends with copies of an element, and the rest with padding.
func repeated(size int, begin, element, padding, end string) string {
	room := size - len(begin) - len(padding) - len(end)
	n := room / len(element)
	return begin + strings.Repeat(element, n) + padding + strings.Repeat("x", room-n*len(element)) + end
}

func jsonBody(parameters string) string {
	return `{"Enabled":true,"TaskID":"` + TaskID + `","Frequency":0,"StartDate":"2026-06-04T03:45:03.2545297+00:00",` +
		`"FinishDate":"2026-06-04T03:45:03.2545297+00:00","Parameters":` + quoted(parameters) +
		`,"ContentType":"application/json","Notification":0}`
}

func xmlBody(parameters string) string {
	return `<AccountTaskUpdateRequest><TaskID>` + TaskID + `</TaskID><Frequency>NONE</Frequency>` +
		`<StartDate>2026-06-04T03:45:03.2545297+00:00</StartDate><FinishDate>2026-06-04T03:45:03.2545297+00:00</FinishDate>` +
		`<Parameters>` + strings.ReplaceAll(parameters, `"`, "&quot;") + `</Parameters>` +
		`<ContentType>application/json</ContentType><Notification>NONE</Notification><Enabled>true</Enabled></AccountTaskUpdateRequest>`
}

func formBody(parameters string) string {
	return `Enabled=true&TaskID=` + TaskID + `&Frequency=NONE&StartDate=2026-06-04T03%3A45%3A03.2545297Z` +
		`&FinishDate=2026-06-04T03%3A45%3A03.2545297Z&ContentType=application%2Fjson&Notification=NONE&Parameters=` +
		url.QueryEscape(parameters)
}

// Event is the event of an HTTP API that carries an update with Parameters of the size. Form bodies are base64,
// as API Gateway sends them.
func (f Format) Event(size int) []byte {
	body, isBase64 := f.Body(Parameters(size)), f.Name == "form"
	if isBase64 {
		body = base64.StdEncoding.EncodeToString([]byte(body))
	}
	return fmt.Appendf(nil, `{"version":"2.0","routeKey":"PUT /api/v1/admin/tasks/account/{id}",`+
		`"rawPath":"/api/v1/admin/tasks/account/%s","pathParameters":{"id":"%[1]s"},"headers":{"accept":"*/*","authorization":"Bearer %s","content-type":"%s"},`+
		`"requestContext":{"http":{"method":"PUT"},"stage":"$default"},`+
		`"body":%s,"isBase64Encoded":%t}`, ID, demo.AccessToken, f.ContentType, quoted(body), isBase64)
}

// Access is DynamoDB's answer when the function reads the events' token from the table tasks.
func Access() string {
	return `{"UnprocessedKeys":{},"Responses":{"tasks":[{"pk":{"S":"CLIENT#demo"},"sk":{"S":"CLIENT"},` +
		`"AccountID":{"S":"11111111-1111-4111-8111-111111111111"},"UserID":{"S":"demo.user"},"Name":{"S":"Demo"},` +
		`"Scopes":{"L":[{"S":"tasks/read"},{"S":"tasks/write"}]},"Secrets":{"L":[{"S":"20260604T034503Z-2c1d0e5f"}]},` +
		`"Generation":{"S":"kz3mPz0Qm5Yk5v9n1F6x1A"},"Version":{"N":"1"},"Added":{"BOOL":false}},` +
		`{"pk":{"S":"CLIENT#demo"},"sk":{"S":"TOKEN#` + client.HashToken(demo.AccessToken) + `"},"Kind":{"S":"ACCESS"},` +
		`"Scopes":{"L":[{"S":"tasks/read"},{"S":"tasks/write"}]},"SecretID":{"S":"20260604T034503Z-2c1d0e5f"},` +
		`"Generation":{"S":"kz3mPz0Qm5Yk5v9n1F6x1A"},"ExpiresAt":{"N":"4102444800"}}]}}`
}

func quoted(text string) string {
	written, err := json.Marshal(text)
	if err != nil {
		panic(err) // a string always encodes
	}
	return string(written)
}

// Run measures once with an input in each format and with Parameters of each size.
func Run(b *testing.B, input func(f Format, size int) []byte, once func(b *testing.B, f Format, input []byte)) {
	for _, f := range Formats {
		for _, size := range Sizes {
			content := input(f, size)
			b.Run(f.Name+"/"+SizeName(size), func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(content)))
				for b.Loop() {
					once(b, f, content)
				}
			})
		}
	}
}

// SizeName is how a benchmark shows a size.
func SizeName(size int) string { return fmt.Sprintf("%gKiB", float64(size)/1024) }
