package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// mutant returns the file's text with the defect.
func (d defect) mutant() (string, error) {
	content, err := os.ReadFile(d.file)
	if err != nil {
		return "", err
	}
	if n := strings.Count(string(content), d.old); n != 1 {
		return "", fmt.Errorf("%q is %d times in %s, not once", d.old, n, d.file)
	}
	return strings.Replace(string(content), d.old, d.new, 1), nil
}

// overlay writes the mutant, and the overlay file for the go command.
func (d defect) overlay() (path string, remove func(), err error) {
	mutant, err := d.mutant()
	if err != nil {
		return "", nil, err
	}
	original, err := filepath.Abs(d.file)
	if err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "mutation-")
	if err != nil {
		return "", nil, err
	}
	beside, path := filepath.Join(dir, "mutant.go"), filepath.Join(dir, "overlay.json")
	description, err := json.Marshal(map[string]map[string]string{"Replace": {original: beside}})
	if err != nil {
		return "", nil, err
	}
	err = errors.Join(os.WriteFile(beside, []byte(mutant), 0o600), os.WriteFile(path, description, 0o600))
	return path, func() { os.RemoveAll(dir) }, err
}
