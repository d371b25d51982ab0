package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
)

// lineLimit is above the largest task: Parameters of 256 KiB, every character escaped.
const lineLimit = 4 << 20

// readLines reads a file of JSON objects, one to a line; empty lines are left out. read judges one line. The
// error names every line that is wrong.
func readLines[T any](path string, read func(T) error) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open what FILE names: %w", err)
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, lineLimit)
	var wrong []error
	for number := 1; lines.Scan(); number++ {
		line := bytes.TrimSpace(lines.Bytes())
		if len(line) == 0 {
			continue
		}
		row, err := decode[T](line)
		if err == nil {
			err = read(row)
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("line %d: %w", number, err))
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	return errors.Join(wrong...)
}

// decode takes one object with the known members only: a misspelt one would be lost unseen.
func decode[T any](line []byte) (row T, err error) {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&row); err != nil {
		return row, err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return row, errors.New("there is more than one object")
	}
	return row, nil
}
