package api_test

import (
	"net/http"
	"testing"

	"accounttasks/internal/task"
)

// TestErrorTable checks the contract's error table: the answer to each error of the domain.
func TestErrorTable(t *testing.T) {
	for want, statuses := range map[int][]task.Code{
		http.StatusBadRequest:            {task.CodeMalformedBody, task.CodeInvalidRequest, task.CodeUnknownTask},
		http.StatusUnauthorized:          {task.CodeUnauthorized},
		http.StatusForbidden:             {task.CodeForbidden},
		http.StatusNotFound:              {task.CodeTaskNotFound, task.CodeRouteNotFound},
		http.StatusMethodNotAllowed:      {task.CodeMethodNotAllowed},
		http.StatusPreconditionFailed:    {task.CodePreconditionFailed},
		http.StatusRequestEntityTooLarge: {task.CodePayloadTooLarge},
		http.StatusUnsupportedMediaType:  {task.CodeUnsupportedMediaType},
		http.StatusUnprocessableEntity:   {task.CodeIdempotencyKeyReused},
		http.StatusTooManyRequests:       {task.CodeTooManyRequests},
		http.StatusServiceUnavailable:    {task.CodeUnavailable},
		http.StatusInternalServerError:   {task.CodeInternalError, "CodeOfTheFuture"},
	} {
		for _, c := range statuses {
			s := newService()
			s.updater.err = &task.Error{Code: c, Reason: "It says why."}
			w := s.send(request())
			e := read(t, w)
			if w.Code != want || e.Error.ErrorCode != string(c) || e.Error.ErrorReason != "It says why." {
				t.Errorf("%s: got %d and %s, want %d", c, w.Code, w.Body, want)
			}
			if e.ResponseData.Result != "Failure" || e.ResponseData.Detail != nil || e.ResponseData.Identification.UserID != "demo.user" {
				t.Errorf("%s: got %s, want a failure without Detail", c, w.Body)
			}
			wantRetry := ""
			if want == http.StatusTooManyRequests || want == http.StatusServiceUnavailable {
				wantRetry = "1"
			}
			for name, wantHeader := range map[string]string{"Retry-After": wantRetry, "ETag": "", "Allow": "", "Idempotency-Replayed": ""} {
				if got := w.Header().Get(name); got != wantHeader {
					t.Errorf("%s: got %s %q, want %q", c, name, got, wantHeader)
				}
			}
		}
	}
}

func TestStalePreconditionShowsTheCurrentTask(t *testing.T) {
	s := newService()
	s.updater.err = &task.Error{Code: task.CodePreconditionFailed, Reason: "It has changed.", Current: &stored}
	w := s.send(request())
	e := read(t, w)
	if w.Code != http.StatusPreconditionFailed || e.ResponseData.Detail == nil || e.ResponseData.Detail.ID != taskID {
		t.Errorf("got %d and %s, want 412 with the current task", w.Code, w.Body)
	}
	if got, want := w.Header().Get("ETag"), `"4-bmV3"`; got != want {
		t.Errorf("got ETag %s, want %s", got, want)
	}
}

func TestUnknownErrorSaysNoMoreThanThatItHappened(t *testing.T) {
	s := newService()
	s.updater.err = http.ErrHandlerTimeout
	w := s.send(request())
	if got := read(t, w).Error; w.Code != 500 || got.ErrorCode != "InternalError" || got.ErrorReason != task.AsError(http.ErrBodyNotAllowed).Reason {
		t.Errorf("got %d and %s, want 500 and nothing of the cause", w.Code, w.Body)
	}
}

func TestIdentificationIsNullUntilTheCallerIsKnown(t *testing.T) {
	w := newService().send(request(from()))
	if got := read(t, w).ResponseData.Identification; got != nil {
		t.Errorf("got Identification %+v, want null", got)
	}
}
