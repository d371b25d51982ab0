//go:build browser

package reference_test

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"accounttasks/internal/local/reference"
)

const demoTask = "a23b4ff9-5d7e-4603-b937-6e1f724316b9"

// TestBrowser does on each screen what the page is for, then checks the layout of everything that it has opened.
func TestBrowser(t *testing.T) {
	origin := startStack(t)
	for _, on := range screens {
		t.Run(on.name, func(t *testing.T) {
			p := open(t, origin, on)
			p.picture("start", "body")
			p.getToken()
			p.walkThrough()
			p.watchRun()
			p.chooseLanguage()
			p.update()
			p.checkLayout() // it opens everything
			for _, part := range []string{"listAccountTaskRuns", "about", "shape-AccountTaskUpdateRequest"} {
				p.picture(part, chromedp.CSS("#"+part))
			}
			p.run(chromedp.Navigate(origin+reference.Path+"from-the-original"), chromedp.WaitVisible(chromedp.CSS("main.alone")))
			p.picture("from-the-original", "body")
			p.checkLayout()
			p.checkTraffic()
		})
	}
}

// getToken gets a token in one click, with the credentials that are filled in.
func (p *page) getToken() {
	p.t.Helper()
	p.run(chromedp.Click(chromedp.CSS("#token-form button")), chromedp.WaitVisible(chromedp.CSS("#token-answer .status")))
	if got := p.text("#token-answer .status"); got != "200 OK" {
		p.t.Errorf("a token: got %s, want 200", got)
	}
	if got := p.text("#token-answer .sample code"); !strings.HasPrefix(got, "export TOKEN='") {
		p.t.Errorf("the line for a shell is %q", got)
	}
	if got := p.text("#token-state"); !strings.HasPrefix(got, "token until ") {
		p.t.Errorf("the page says %q, want that it holds a token", got)
	}
	p.picture("token", "#token")
}

// walkThrough takes the steps and compares what each got.
func (p *page) walkThrough() {
	p.t.Helper()
	p.run(chromedp.Click(chromedp.CSS("#walk-all")))
	p.until(`document.querySelectorAll(".walk .done").length === 6`)
	for step, want := range map[string]string{
		"register": "200 OK", "change": "It is DAILY now", "repeat": "Idempotency-Replayed: true",
		"stale": "412 Precondition Failed", "wrong": "Frequency cannot be", "delete": "200 OK",
	} {
		if got := p.text(chromedp.CSS("[data-step=" + step + "] .verdict")); !strings.Contains(got, want) {
			p.t.Errorf("the step %s: got %q, want %q in it", step, got, want)
		}
	}
	p.picture("walk-through", "#walk-through")
}

// watchRun runs a task and follows the run until its worker has reported.
func (p *page) watchRun() {
	p.t.Helper()
	p.run(chromedp.Click(chromedp.CSS("#runs-form [type=submit]")))
	p.until(`document.querySelector("#runs-list .pill")?.textContent === "SUCCESS"`)
	if got := p.text("#runs-list > li:first-child"); !strings.Contains(got, "run by hand") {
		p.t.Errorf("the newest run is %q, want one that was run by hand", got)
	}
	p.picture("runs", "#runs")
}

// chooseLanguage chooses one at the first clients, and finds every request in it.
func (p *page) chooseLanguage() {
	p.t.Helper()
	p.run(chromedp.Click(chromedp.CSS("#first-clients [data-language=python]")))
	p.until(`[...document.querySelectorAll("[data-sample].shown")].every((e) => e.dataset.sample === "python") &&
		document.querySelectorAll("[data-sample].shown").length === document.querySelectorAll(".operation").length + 1`)
	p.picture("first-clients", "#first-clients")
}

// update carries out the documented update in each format.
func (p *page) update() {
	p.t.Helper()
	const operation = "#updateAccountTask"
	p.run(chromedp.Click(chromedp.CSS(operation + " > summary")))
	for _, format := range []struct{ name, option, answer, want string }{
		{"json", "JSON: Every field", "application/json", `"Result": "Success"`},
		{"xml", "XML: Every field", "application/xml", `<Result>Success</Result>`},
		{"form", "Form: Every field", "application/json", `"Result": "Success"`},
	} {
		p.run(
			chromedp.SendKeys(chromedp.CSS(operation+" [name=body-example]"), format.option),
			chromedp.SetValue(chromedp.CSS(operation+" [name=accept]"), format.answer),
			chromedp.Click(chromedp.CSS(operation+" .try [type=submit]")),
			chromedp.WaitVisible(chromedp.CSS(operation+" .answer-text")),
		)
		got := p.text(operation + " .answer-text")
		if !strings.HasPrefix(got, "200 ") || !strings.Contains(got, format.want) || !strings.Contains(got, demoTask) {
			p.t.Errorf("updating with %s: got %s, want 200 with %s and the task", format.name, got, format.want)
		}
		p.picture("update-"+format.name, operation)
		p.run(chromedp.Evaluate[chromedp.Void](`document.querySelector("` + operation + ` > .two .answer").replaceChildren()`))
	}
}
