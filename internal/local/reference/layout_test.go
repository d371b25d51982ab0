//go:build browser

package reference_test

import "github.com/chromedp/chromedp"

// layoutProblems opens everything that is folded and lists what is wrong: a page that is wider than the window, a control
// that is not whole in it, pills that overlap, and GUIDs that are broken or cut.
const layoutProblems = `(() => {
	for (const folded of document.querySelectorAll("main details")) folded.open = true;
	const problems = [];
	const visible = (e) => e.checkVisibility();
	const box = (e) => e.getBoundingClientRect();
	const inside = (r) => r.left >= -0.5 && r.right <= innerWidth + 0.5;
	const name = (e) => e.tagName + " " + e.id + " " + e.className + " " + (e.textContent || e.value || "").trim().slice(0, 60);
	const scroller = (e) => e.closest(".wide");

	if (document.documentElement.scrollWidth > innerWidth) {
		problems.push("the page is " + document.documentElement.scrollWidth + " wide, the window " + innerWidth);
	}
	for (const e of document.querySelectorAll("main *, header *")) {
		if (visible(e) && !scroller(e) && !inside(box(e))) problems.push("off the screen: " + name(e));
	}
	const pills = [...document.querySelectorAll(".pill, .method, .status, button, .languages button")].filter(visible);
	const boxes = pills.map((e) => ({ e, r: box(e) })).filter(({ r }) => r.width > 0);
	boxes.forEach(({ e, r }, i) => {
		if (e.scrollWidth > e.clientWidth + 1) problems.push("cut: " + name(e));
		for (const other of boxes.slice(i + 1)) {
			const o = other.r;
			if (e.closest("header, .side") || other.e.closest("header, .side")) continue;
			if (r.left < o.right - 1 && o.left < r.right - 1 && r.top < o.bottom - 1 && o.top < r.bottom - 1) {
				problems.push("overlapping: " + name(e) + " and " + name(other.e));
			}
		}
	});
	const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
	const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	let guids = 0;
	while (texts.nextNode()) {
		const node = texts.currentNode;
		if (!visible(node.parentElement) || node.parentElement.closest("select, script")) continue;
		for (const match of node.data.matchAll(guid)) {
			const range = document.createRange();
			range.setStart(node, match.index);
			range.setEnd(node, match.index + match[0].length);
			guids++;
			if (range.getClientRects().length !== 1) problems.push("broken GUID: " + name(node.parentElement));
			if (!inside(range.getBoundingClientRect())) problems.push("cut GUID: " + name(node.parentElement));
		}
	}
	for (const input of document.querySelectorAll("input")) {
		if (!visible(input) || !input.value.match(guid)) continue;
		guids++;
		if (input.scrollWidth > input.clientWidth) problems.push("cut GUID in the field " + input.name);
	}
	if (location.pathname === "/reference/" && guids < 50) problems.push("found only " + guids + " GUIDs");
	return problems;
})()`

// checkLayout fails the test for each problem of the page.
func (p *page) checkLayout() {
	p.t.Helper()
	problems, err := chromedp.Run(p.ctx, chromedp.Evaluate[[]string](layoutProblems))
	if err != nil {
		p.t.Fatal(err)
	}
	for i, problem := range problems {
		if i == 20 {
			p.t.Errorf("and %d more", len(problems)-i)
			break
		}
		p.t.Error(problem)
	}
}
