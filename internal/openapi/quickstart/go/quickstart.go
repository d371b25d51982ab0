// Command go is a first client of the account tasks API. It needs Go 1.22 or later and no module.
//
//	API=http://127.0.0.1:3000 CLIENT_ID=demo CLIENT_SECRET=demo-secret go run quickstart.go
package main

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"net/url"
	"os"
	"time"
)

var (
	api    = cmp.Or(os.Getenv("API"), "http://127.0.0.1:3000")
	tasks  = api + "/api/v1/admin/tasks/account"
	client = http.Client{Timeout: 35 * time.Second}
	token  struct {
		AccessToken string `json:"access_token"`
		ExpiresIn   int    `json:"expires_in"`
	}
)

// task is what is sent to register or update a task, and a part of what is answered.
type task struct {
	ID           string `json:",omitempty"`
	Name         string `json:",omitempty"`
	TaskID       string
	Frequency    string
	StartDate    string
	Parameters   string
	ContentType  string
	Notification string
}

// envelope is every answer. Error is null after a success. Detail is what the operation shows.
type envelope[T any] struct {
	Error        *struct{ ErrorCode, ErrorReason string }
	ResponseData struct{ Detail T }
}

func main() {
	// Get a token. It is valid for eight hours: keep it, and send it with every request.
	granted, err := client.PostForm(api+"/Token", url.Values{
		"grant_type":    {"client_credentials"},
		"client_id":     {cmp.Or(os.Getenv("CLIENT_ID"), "demo")},
		"client_secret": {cmp.Or(os.Getenv("CLIENT_SECRET"), "demo-secret")},
	})
	check(err)
	if granted.StatusCode != http.StatusOK {
		log.Fatal(granted.Status)
	}
	check(json.NewDecoder(granted.Body).Decode(&token))
	fmt.Println("Token: valid for", token.ExpiresIn, "seconds")

	// Register a task. TaskID is an entry of the catalogue, which GET /api/v1/admin/tasks lists.
	report := task{
		TaskID:       "7798c127-7f74-40c6-9bd4-caf4be84ca89",
		Frequency:    "WEEKLY",
		StartDate:    "2026-06-01T06:00:00Z",
		Parameters:   `{"report":"usage"}`,
		ContentType:  "application/json",
		Notification: "ON_FAILURE",
	}
	answer, registered := call[task]("POST", api+"/api/v2/admin/tasks/account", report, "Idempotency-Key", key())
	if registered.Error != nil {
		log.Fatal(answer.Status, " ", registered.Error.ErrorReason)
	}
	id := registered.ResponseData.Detail.ID
	fmt.Println("Registered:", id, registered.ResponseData.Detail.Name)

	// Read it. The ETag is the version that was read.
	answer, read := call[task]("GET", tasks+"/"+id, nil)
	etag := answer.Header.Get("ETag")
	fmt.Println("Read:", read.ResponseData.Detail.Frequency)

	// Update it, unless it has changed since it was read. An update replaces every field, so send them all.
	report.Frequency = "DAILY"
	updateKey := key()
	_, updated := call[task]("PUT", tasks+"/"+id, report, "Idempotency-Key", updateKey, "If-Match", etag)
	fmt.Println("Updated:", updated.ResponseData.Detail.Frequency)

	// If no answer comes, or a 429 or 5xx, send the same request with the same key again. It is applied once.
	answer, _ = call[task]("PUT", tasks+"/"+id, report, "Idempotency-Key", updateKey, "If-Match", etag)
	fmt.Println("Repeated:", answer.StatusCode, answer.Header.Get("Idempotency-Replayed"))

	// Another update with the old ETag is refused, and the answer shows the task as it is now.
	answer, updated = call[task]("PUT", tasks+"/"+id, report, "Idempotency-Key", key(), "If-Match", etag)
	fmt.Println("Changed since:", answer.StatusCode, updated.ResponseData.Detail.Frequency)

	// List the account's tasks, page by page. A Link with rel="next" leads to the next page.
	_, list := call[[]task]("GET", tasks+"?count=100&summary=true", nil)
	fmt.Println("Listed:", len(list.ResponseData.Detail), "tasks")

	// A request with errors changes nothing, and the reason names all of them.
	bad := report
	bad.Frequency, bad.Parameters = "FORTNIGHTLY", "{"
	answer, refused := call[task]("PUT", tasks+"/"+id, bad)
	fmt.Println("Refused:", answer.StatusCode, refused.Error.ErrorReason)

	// Delete it.
	answer, _ = call[task]("DELETE", tasks+"/"+id, nil, "Idempotency-Key", key())
	fmt.Println("Deleted:", answer.StatusCode)
}

// call sends a request with the token. The headers are names and values in turn.
func call[T any](method, address string, body any, headers ...string) (*http.Response, envelope[T]) {
	var content bytes.Buffer
	if body != nil {
		check(json.NewEncoder(&content).Encode(body))
	}
	request, err := http.NewRequest(method, address, &content)
	check(err)
	request.Header.Set("Authorization", "Bearer "+token.AccessToken)
	request.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer, err := client.Do(request)
	check(err)
	defer answer.Body.Close()
	var decoded envelope[T]
	check(json.NewDecoder(answer.Body).Decode(&decoded))
	return answer, decoded
}

// key makes an Idempotency-Key: a new one for each change, the same for its repeats.
func key() string {
	random := make([]byte, 16)
	_, err := rand.Read(random)
	check(err)
	return hex.EncodeToString(random)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
