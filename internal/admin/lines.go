package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

// lineLimit is above the largest task: Parameters of 256 KiB, each byte escaped as \u00XX.
const lineLimit = 4 << 20

// wrongLines collects what is wrong with the lines of a file.
type wrongLines []wrongLine

type wrongLine struct {
	number int
	err    error
}

func (w *wrongLines) add(number int, err error) { *w = append(*w, wrongLine{number, err}) }

// list names every line, in the file's order; nil where there is none.
func (w wrongLines) list() error {
	slices.SortStableFunc(w, func(a, b wrongLine) int { return cmp.Compare(a.number, b.number) })
	var all []error
	for _, line := range w {
		all = append(all, fmt.Errorf("line %d: %w", line.number, line.err))
	}
	return errors.Join(all...)
}

// err is for a file that must be right as a whole.
func (w wrongLines) err() error {
	if list := w.list(); list != nil {
		return fmt.Errorf("nothing was written, because the file is wrong:\n%w", list)
	}
	return nil
}

var errNoLine = errors.New("is empty: it should have one JSON object on each line")

// readLines hands each line of a file to read, with its number from 1 on, and collects what read finds wrong.
// Lines of white space alone are left out. The error is for a file that cannot be read or has no line.
func readLines(path string, read func(number int, line string) error) (wrong wrongLines, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("the file cannot be read: %w", err)
	}
	defer file.Close()
	lines, found := bufio.NewReaderSize(file, 1<<16), false
	for number := 1; ; number++ {
		line, tooLong, err := nextLine(lines)
		if err != nil && err != io.EOF {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		if number == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		switch line = strings.Trim(line, " \t\r\n"); {
		case tooLong:
			wrong.add(number, fmt.Errorf("it is longer than %d bytes", lineLimit))
		case line == "":
		case !utf8.ValidString(line):
			wrong.add(number, errors.New("it is not UTF-8: save the file in that encoding"))
		default:
			if err := read(number, line); err != nil {
				wrong.add(number, err)
			}
		}
		found = found || tooLong || line != ""
		if err == io.EOF {
			break
		}
	}
	if !found {
		return nil, fmt.Errorf("%s %w", path, errNoLine)
	}
	return wrong, nil
}

// nextLine reads to the end of a line, also of one that is too long to keep.
func nextLine(lines *bufio.Reader) (line string, tooLong bool, err error) {
	var kept []byte
	for {
		part, err := lines.ReadSlice('\n')
		if tooLong = tooLong || len(kept)+len(part) > lineLimit; !tooLong {
			kept = append(kept, part...)
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return string(kept), tooLong, err
		}
	}
}
