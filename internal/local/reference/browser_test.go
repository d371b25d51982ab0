//go:build browser

package reference_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"accounttasks/internal/local/reference"
	"accounttasks/internal/local/stack"
)

// browserLimit bounds everything that a test does in the browser.
const browserLimit = 60 * time.Second

// The parts of the page that the test uses, as the renderer marks them.
const (
	operation    chromedp.CSS = "#operations-Tasks-updateAccountTask"
	openUp       chromedp.CSS = operation + " .opblock-summary-control"
	openDialogue chromedp.CSS = ".auth-wrapper .btn.authorize"
	askForToken  chromedp.CSS = ".dialog-ux .auth-btn-wrapper .authorize"
	tokenIsHeld  chromedp.CSS = ".dialog-ux .auth-btn-wrapper .btn-done"
	taskID       chromedp.CSS = operation + " tr[data-param-name=id] input"
	requestType  chromedp.CSS = operation + " .opblock-section-request-body .content-type"
	answerType   chromedp.CSS = operation + " .responses-wrapper .response-col_description .content-type"
	execute      chromedp.CSS = operation + " .btn.execute"
	answerStatus chromedp.CSS = operation + " .live-responses-table .response .response-col_status"
	answerBody   chromedp.CSS = operation + " .live-responses-table .response .highlight-code code"
	clearAnswer  chromedp.CSS = operation + " .btn-clear"
)

const demoTask = "a23b4ff9-5d7e-4603-b937-6e1f724316b9"

// TestUpdateFromThePage opens the page in a real browser, gets a token with what the page has filled in and carries out
// the documented update in each format.
func TestUpdateFromThePage(t *testing.T) {
	page := open(t)
	page.run(
		chromedp.Click(openDialogue),
		chromedp.WaitVisible(askForToken),
		chromedp.Click(askForToken),
		chromedp.WaitVisible(tokenIsHeld),
	)
	page.screenshot("authorized.png")
	page.run(chromedp.Click(tokenIsHeld), chromedp.Click(openUp), chromedp.WaitVisible(execute))
	for _, formats := range []struct{ name, request, answer, want string }{
		{"json", "application/json", "application/json", `"Result": "Success"`},
		{"xml", "application/xml", "application/xml", `<Result>Success</Result>`},
		{"form", "application/x-www-form-urlencoded", "application/json", `"Result": "Success"`},
	} {
		status, body := page.update(formats.request, formats.answer)
		page.screenshot("updated-with-" + formats.name + ".png")
		if status != "200" || !strings.Contains(body, formats.want) || !strings.Contains(body, demoTask) {
			t.Errorf("updating with %s: got %s %s, want 200 with %s and the task", formats.name, status, body, formats.want)
		}
		page.run(chromedp.Click(clearAnswer), chromedp.WaitNotPresent(answerStatus))
	}
	page.checkTraffic()
}

// page is the reference page in a browser.
type page struct {
	t       *testing.T
	ctx     context.Context
	origin  string
	mu      sync.Mutex
	asked   []string
	trouble []string
}

// open starts the local stack and the browser that the variable CHROMIUM names, and waits until the page shows
// the operation.
func open(t *testing.T) *page {
	t.Helper()
	browser := os.Getenv("CHROMIUM")
	if browser == "" {
		t.Fatal("CHROMIUM names no browser: run make test-browser")
	}
	running, err := stack.Start(t.Context(), stack.Config{
		Template: "../../../template.yaml", Functions: os.Getenv("FUNCTIONS_DIR"), Output: t.Output(),
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(running.Close)
	ctx, cancel := context.WithTimeout(t.Context(), browserLimit)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, flags(t, browser)...)
	t.Cleanup(cancel)
	p := &page{t: t, origin: running.URL()}
	p.ctx, cancel = chromedp.NewContext(ctx, chromedp.WithListener(p.notice))
	t.Cleanup(cancel)
	p.run(
		chromedp.EmulateViewport(1280, 1600),
		chromedp.Navigate(p.origin+reference.Path),
		chromedp.WaitVisible(operation),
	)
	return p
}

// flags start the browser without a window and without its background services. For root they turn off the sandbox,
// which root cannot use.
func flags(t *testing.T, browser string) []chromedp.ExecAllocatorOption {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(browser),
		chromedp.UserDataDir(t.TempDir()),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox)
	}
	return options
}

// notice records the requests and the errors of the page.
func (p *page) notice(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		p.asked = append(p.asked, e.Request.URL)
	case *runtime.EventExceptionThrown:
		p.trouble = append(p.trouble, e.ExceptionDetails.Text)
	case *log.EventEntryAdded:
		if e.Entry.Level == log.EntryLevelError {
			p.trouble = append(p.trouble, e.Entry.Text+" "+e.Entry.URL)
		}
	}
}

func (p *page) run(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.screenshot("failed.png")
		p.t.Fatalf("the page: %v", err)
	}
}

// update carries out the operation with what the page suggests for the request's media type, and gives what it
// shows of the answer.
func (p *page) update(request, answer string) (status, body string) {
	p.t.Helper()
	p.run(
		chromedp.SendKeys(requestType, request),
		chromedp.SendKeys(answerType, answer),
		chromedp.Click(execute),
		chromedp.WaitVisible(answerBody),
	)
	status, _, _ = strings.Cut(p.text(answerStatus), "\n")
	return status, p.text(answerBody)
}

func (p *page) text(part chromedp.CSS) string {
	p.t.Helper()
	text, err := chromedp.Run(p.ctx, chromedp.Text(part))
	if err != nil {
		p.t.Fatalf("the page: %v", err)
	}
	return strings.TrimSpace(text)
}

// screenshot writes a picture of the whole page into the folder that SCREENSHOTS names, for people to look at.
func (p *page) screenshot(name string) {
	p.t.Helper()
	folder := os.Getenv("SCREENSHOTS")
	if folder == "" {
		return
	}
	picture, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		p.t.Errorf("no screenshot: %v", err)
		return
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, name), picture, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

// checkTraffic fails the test if the page asked any other host for anything, or if something went wrong in it.
func (p *page) checkTraffic() {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.asked) == 0 {
		p.t.Error("the page asked for nothing: the test does not see its requests")
	}
	for _, address := range p.asked {
		if !strings.HasPrefix(address, p.origin+"/") && !strings.HasPrefix(address, "data:") {
			p.t.Errorf("the page asked for %s", address)
		}
	}
	for _, trouble := range p.trouble {
		p.t.Errorf("in the page: %s", trouble)
	}
}
