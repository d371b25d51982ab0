package faults

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Fault is one kind of failure of an attempt.
type Fault string

// The faults. Those that end in before lose the request. Those that end in after lose only its answer.
const (
	Delivered     Fault = "delivered"      // no fault
	DropRequest   Fault = "drop-request"   // the connection ends before the request arrives
	DropAnswer    Fault = "drop-answer"    // the connection ends after the table has processed the request
	CutAnswer     Fault = "cut-answer"     // only half of the answer arrives
	ResetBefore   Fault = "reset-before"   // the connection is reset
	ResetAfter    Fault = "reset-after"    //
	StallBefore   Fault = "stall-before"   // no answer until the attempt's limit
	StallAfter    Fault = "stall-after"    //
	FailBefore    Fault = "fail-before"    // status 500
	FailAfter     Fault = "fail-after"     //
	Throttle      Fault = "throttle"       // the table throttles the request
	Delay         Fault = "delay"          // the request is slow, perhaps slower than the attempt's limit
	Hold          Fault = "hold"           // no answer; the request arrives seconds later
	Duplicate     Fault = "duplicate"      // the request arrives twice, and the first answer comes after the second arrival
	LateDuplicate Fault = "late-duplicate" // the request arrives, and again seconds later
)

// Mix is how many of a hundred attempts meet each fault; the others are delivered.
type Mix map[Fault]int

// Mixes are the mixes with a name.
var Mixes = map[string]Mix{
	"none": {},
	"all": {
		DropRequest: 3, DropAnswer: 6, CutAnswer: 3, ResetBefore: 2, ResetAfter: 4, StallBefore: 1, StallAfter: 2,
		FailBefore: 3, FailAfter: 4, Throttle: 5, Delay: 4, Hold: 3, Duplicate: 6, LateDuplicate: 8,
	},
	"lost-answers": {DropAnswer: 15, CutAnswer: 10, ResetAfter: 15, StallAfter: 3, FailAfter: 15},
	// For tasks that are updated many times a second: all faults that change the order of attempts.
	"hot": {
		DropAnswer: 4, ResetAfter: 3, FailAfter: 3, StallAfter: 1, CutAnswer: 2, Delay: 6, Hold: 6, Duplicate: 6, LateDuplicate: 12,
	},
	"late": {Delay: 10, Hold: 8, Duplicate: 20, LateDuplicate: 30},
	"busy": {Throttle: 60, FailBefore: 5, DropAnswer: 5, LateDuplicate: 5},
}

// ParseMix reads the name of a mix, or a list of faults with their shares, as in "hold=10,drop-answer=20".
func ParseMix(text string) (Mix, error) {
	if named, ok := Mixes[text]; ok {
		return named, nil
	}
	mix, sum := Mix{}, 0
	for entry := range strings.SplitSeq(text, ",") {
		name, percent, _ := strings.Cut(entry, "=")
		share, err := strconv.Atoi(percent)
		if _, known := treatments[Fault(name)]; !known || err != nil || share < 0 {
			return nil, fmt.Errorf("%q is not a share of a fault: name one of the mixes %s, or list faults among %s as in %s=10,%s=20",
				entry, names(Mixes), names(treatments), Hold, DropAnswer)
		}
		mix[Fault(name)] += share
		sum += share
	}
	if sum > 100 {
		return nil, fmt.Errorf("the mix %q makes %d of 100 attempts fail", text, sum)
	}
	return mix, nil
}

func names[K ~string, V any](of map[K]V) string {
	sorted := slices.Sorted(maps.Keys(of))
	return strings.Trim(fmt.Sprint(sorted), "[]")
}
