package api_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"accounttasks/internal/api"
	"accounttasks/internal/client/clienttest"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
	"accounttasks/internal/telemetry"
)

const reportID = "7798c127-7f74-40c6-9bd4-caf4be84ca89"

// members are the members of a valid update, as raw JSON. A pair of a name and a value replaces the member that has the
// name in any case. An empty value leaves the member out.
func members(pairs ...string) string {
	names := []string{"TaskID", "Frequency", "Parameters", "ContentType"}
	values := []string{`"` + reportID + `"`, `"DAILY"`, `"{}"`, `"application/json"`}
	for i := 0; i < len(pairs); i += 2 {
		at := slices.IndexFunc(names, func(name string) bool { return strings.EqualFold(name, pairs[i]) })
		if at < 0 {
			at, names, values = len(names), append(names, ""), append(values, "")
		}
		names[at], values[at] = pairs[i], pairs[i+1]
	}
	var list []string
	for i, name := range names {
		if values[i] != "" {
			list = append(list, fmt.Sprintf("%q:%s", name, values[i]))
		}
	}
	return "{" + strings.Join(list, ",") + "}"
}

func inJSON(pairs ...string) *http.Request { return inFormat("application/json", members(pairs...)) }

// inFormat is an update with any Content-Type and body; the answer is JSON.
func inFormat(contentType, body string) *http.Request {
	return request(withBody(body), header("Content-Type", contentType), header("Accept", "application/json"))
}

// inXML is a valid XML update with these elements before the others.
func inXML(elements string) *http.Request {
	return inFormat("application/xml", `<AccountTaskUpdateRequest xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">`+elements+
		"<TaskID>"+reportID+"</TaskID><Frequency>DAILY</Frequency><Parameters>{}</Parameters><ContentType>application/json</ContentType></AccountTaskUpdateRequest>")
}

// inForm is a valid form update with these pairs before the others.
func inForm(pairs string) *http.Request {
	return inFormat("application/x-www-form-urlencoded", pairs+"&TaskID="+reportID+"&Frequency=DAILY&Parameters=%7B%7D&ContentType=application/json")
}

// catalogue lists one task.
type catalogue struct{}

func (catalogue) LoadCatalogue(context.Context) (task.CatalogueCopy, error) {
	return task.CatalogueCopy{Names: map[uuid.UUID]string{uuid.MustParse(reportID): "Send scheduled report"}}, nil
}

// onTable is the service on a table that always gives this answer.
func onTable(t *testing.T, status int, answer string) *api.API {
	t.Helper()
	table := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/x-amz-json-1.0")
		w.WriteHeader(status)
		io.WriteString(w, answer)
	}))
	t.Cleanup(table.Close)
	env := map[string]string{
		"AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local", "AWS_ENDPOINT_URL_DYNAMODB": table.URL,
	}
	client, err := dynamo.NewClient(func(name string) string { return env[name] })
	if err != nil {
		t.Fatal(err)
	}
	s := task.NewService(dynamo.NewTable(client, "tasks"), task.NewCatalogue(catalogue{}, now, slog.New(slog.DiscardHandler)), now, uuid.New)
	return api.New(clienttest.Named{}, s, now, telemetry.Discard())
}

// failed is DynamoDB's answer if the condition of an update fails for the item.
func failed(item string) string {
	return exception("ConditionalCheckFailedException", `,"Item":`+item)
}

func exception(name, members string) string {
	return `{"__type":"com.amazonaws.dynamodb.v20120810#` + name + `","message":"no"` + members + `}`
}

// item is the item of the task, last written with a token.
func item(token string) string {
	return `{"pk":{"S":"ACCOUNT#demo-account"},"sk":{"S":"TASK#` + taskID + `"},"Version":{"N":"4"},"W0":{"S":"` + token + `"},"F0":{"S":"another update"}}`
}

// tokenOf is the write token of an update that the caller makes with an idempotency key.
func tokenOf(key string) string {
	sum := sha256.Sum256([]byte(caller.ClientID() + "\x00" + key))
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}
