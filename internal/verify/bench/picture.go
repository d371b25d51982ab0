package main

import (
	"fmt"
	"math"
	"strings"
)

// The measures of the picture, in pixels. A bar has room beside its name and before its value.
const (
	pictureWidth = 720
	barsLeft     = 200
	barsRight    = 640
	barHeight    = 22
	barStep      = 34
	barsTop      = 64
)

// The picture follows the reader's colour scheme, because its page may be dark.
const pictureStyle = `<style>
text { font: 14px system-ui, sans-serif; fill: #1f2328 }
.title { font-weight: 600 }
.note { font-size: 12px; fill: #59636e }
.start { fill: #0969da }
.first { fill: #bc4c00 }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc }
  .note { fill: #9198a1 }
  .start { fill: #4493f8 }
  .first { fill: #db6d28 }
}
</style>
`

// picture draws start and first request of each program at the smallest share. The scale is linear.
func picture(f figures) ([]byte, error) {
	bars := make([]bar, len(f.Programs))
	var longest float64
	for i, program := range f.Programs {
		start, err := f.value(program, shares[0].metric(startWall))
		if err != nil {
			return nil, err
		}
		both, err := f.value(program, shares[0].metric(startAndFirst))
		if err != nil {
			return nil, err
		}
		bars[i] = bar{program, start.Median, both.Median}
		longest = max(longest, both.Median)
	}
	var b strings.Builder
	bottom := barsTop + barStep*len(bars)
	title := "Start and first request, ms, at the share of CPU time of " + shares[0].name + " (emulated)"
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img" aria-label="%s">`+"\n",
		pictureWidth, bottom+28, title)
	b.WriteString(pictureStyle)
	fmt.Fprintf(&b, `<text class="title" x="8" y="22">%s</text>`+"\n", title)
	fmt.Fprintf(&b, `<rect class="start" x="8" y="36" width="12" height="12"/><text class="note" x="26" y="47">start, not throttled</text>`+"\n")
	fmt.Fprintf(&b, `<rect class="first" x="%d" y="36" width="12" height="12"/><text class="note" x="%d" y="47">first request</text>`+"\n", barsLeft, barsLeft+18)
	for i, bar := range bars {
		bar.draw(&b, barsTop+barStep*i, (barsRight-barsLeft)/longest)
	}
	fmt.Fprintf(&b, `<text class="note" x="8" y="%d">Medians. The peers put one item; the function checks a token and the rules, and updates. Against a stub of DynamoDB.</text>`+"\n", bottom+16)
	b.WriteString("</svg>\n")
	return []byte(b.String()), nil
}

// bar is a program's times in milliseconds.
type bar struct {
	program     string
	start, both float64
}

// draw draws the bar; scale is the number of pixels for each millisecond.
func (r bar) draw(b *strings.Builder, top int, scale float64) {
	start, both := math.Round(r.start*scale), math.Round(r.both*scale)
	fmt.Fprintf(b, `<text x="8" y="%d">%s</text>`, top+16, r.program)
	fmt.Fprintf(b, `<rect class="start" x="%d" y="%d" width="%.0f" height="%d"/>`, barsLeft, top, start, barHeight)
	fmt.Fprintf(b, `<rect class="first" x="%.0f" y="%d" width="%.0f" height="%d"/>`, barsLeft+start, top, both-start, barHeight)
	fmt.Fprintf(b, `<text x="%.0f" y="%d">%s</text>`+"\n", barsLeft+both+8, top+16, figure(r.both))
}
