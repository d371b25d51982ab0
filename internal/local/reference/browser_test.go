//go:build browser

package reference_test

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"accounttasks/internal/local/reference"
	"accounttasks/internal/local/stack"
)

// browserLimit bounds everything that a test does in the browser.
const browserLimit = 2 * time.Minute

// screen is a size of the window and a colour scheme.
type screen struct {
	name   string
	width  int64
	height int64
	scheme string
}

var screens = []screen{
	{"desktop-light", 1280, 900, "light"},
	{"desktop-dark", 1280, 900, "dark"},
	{"phone-light", 400, 860, "light"},
	{"phone-dark", 400, 860, "dark"},
	{"small-phone", 320, 640, "light"},
}

// page is the reference page in a browser.
type page struct {
	t       *testing.T
	ctx     context.Context
	origin  string
	screen  screen
	mu      sync.Mutex
	asked   []string
	trouble []string
}

// open starts the browser that the variable CHROMIUM names with a screen, and opens the page.
func open(t *testing.T, origin string, on screen) *page {
	t.Helper()
	browser := os.Getenv("CHROMIUM")
	if browser == "" {
		t.Fatal("CHROMIUM names no browser: run make test-browser")
	}
	ctx, cancel := context.WithTimeout(t.Context(), browserLimit)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, flags(t, browser)...)
	t.Cleanup(cancel)
	p := &page{t: t, origin: origin, screen: on}
	p.ctx, cancel = chromedp.NewContext(ctx, chromedp.WithListener(p.notice))
	t.Cleanup(cancel)
	p.run(chromedp.EmulateViewport(on.width, on.height))
	scheme := emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: on.scheme}},
	}
	if _, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, scheme); err != nil {
		t.Fatal(err)
	}
	p.run(chromedp.Navigate(origin+reference.Path), chromedp.WaitVisible(chromedp.CSS("body.ready")))
	return p
}

// startStack starts the local stack and gives its address.
func startStack(t *testing.T) (origin string) {
	t.Helper()
	running, err := stack.Start(t.Context(), stack.Config{
		Template: "../../../template.yaml", Functions: os.Getenv("FUNCTIONS_DIR"), Output: t.Output(), DemoWorker: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(running.Close)
	return running.URL()
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

// refusal is what the browser says of the refusals of the walk-through.
var refusal = regexp.MustCompile(`status of (400|412) `)

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
		if e.Entry.Level == log.EntryLevelError && !refusal.MatchString(e.Entry.Text) {
			p.trouble = append(p.trouble, e.Entry.Text+" "+e.Entry.URL)
		}
	}
}

func (p *page) run(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.picture("failed", "body")
		p.t.Fatalf("the page: %v", err)
	}
}

func (p *page) text(part chromedp.CSS) string {
	p.t.Helper()
	text, err := chromedp.Run(p.ctx, chromedp.Text(part))
	if err != nil {
		p.t.Fatalf("the page: %s: %v", part, err)
	}
	return strings.TrimSpace(text)
}

// until waits until an expression of JavaScript is true.
func (p *page) until(expression string) {
	p.t.Helper()
	if _, err := chromedp.Run(p.ctx, chromedp.Poll[bool](expression)); err != nil {
		p.picture("failed", "body")
		p.t.Fatalf("the page: %s does not become true: %v", expression, err)
	}
}

// picture writes a part of the page into the folder that SCREENSHOTS names, for people to look at.
func (p *page) picture(name string, part chromedp.CSS) {
	p.t.Helper()
	folder := os.Getenv("SCREENSHOTS")
	if folder == "" {
		return
	}
	// The header stays at the top of the window, which is in the middle of a picture that is higher.
	p.run(chromedp.Evaluate[chromedp.Void](`document.querySelector(".top").style.position = "static"`))
	picture, err := chromedp.Run(p.ctx, chromedp.Screenshot(part))
	p.run(chromedp.Evaluate[chromedp.Void](`document.querySelector(".top").style.position = ""`))
	if err != nil {
		p.t.Errorf("no screenshot of %s: %v", part, err)
		return
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, p.screen.name+"-"+name+".png"), picture, 0o644); err != nil {
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
