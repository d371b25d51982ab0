package main

import (
	"archive/zip"
	"io"
	"os"
)

// binarySize is the size of a binary in MB.
func binarySize(path string) (float64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return float64(info.Size()) / 1e6, nil
}

// zipSize is the size in MB of a binary's deployment archive for Lambda.
func zipSize(path string) (float64, error) {
	binary, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer binary.Close()
	var size counter
	archive := zip.NewWriter(&size)
	file, err := archive.Create("bootstrap")
	if err != nil {
		return 0, err
	}
	if _, err := io.Copy(file, binary); err != nil {
		return 0, err
	}
	err = archive.Close()
	return float64(size) / 1e6, err
}

// counter counts what is written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
