package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Where the figures are kept and shown, below the root of the checkout.
const (
	dataFile    = "internal/verify/bench/figures.json"
	benchReadme = "internal/verify/bench/README.md"
	readme      = "README.md"
	pictureFile = "internal/verify/bench/peers.svg"
)

// record keeps the figures of a comparison beside those of the others.
func record(root, comparison string, f figures) error {
	all, err := readFigures(root)
	if err != nil {
		return err
	}
	all[comparison] = f
	written, err := json.MarshalIndent(all, "", "\t")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, dataFile), append(written, '\n'), 0o644)
}

// show writes the recorded figures into the documents and the picture.
func show(root string) error {
	all, err := readFigures(root)
	if err != nil {
		return err
	}
	documents, err := documentsOf(root, all)
	if err != nil {
		return err
	}
	for file, content := range documents {
		if err := os.WriteFile(filepath.Join(root, file), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// readFigures returns the figures that were recorded, by the name of their comparison.
func readFigures(root string) (map[string]figures, error) {
	all := map[string]figures{}
	content, err := os.ReadFile(filepath.Join(root, dataFile))
	if os.IsNotExist(err) {
		return all, nil
	}
	if err == nil {
		err = json.Unmarshal(content, &all)
	}
	return all, err
}

// documentsOf are the documents and the picture with these figures.
func documentsOf(root string, all map[string]figures) (map[string][]byte, error) {
	documents := map[string][]byte{}
	for _, comparison := range []string{"floors", "peers"} {
		if len(all[comparison].Programs) == 0 {
			return nil, fmt.Errorf("%s has no figures of %s: measure them first", dataFile, comparison)
		}
	}
	for _, part := range []struct {
		file, marker string
		content      func() (string, error)
	}{
		{benchReadme, "floors", func() (string, error) { return all["floors"].markdown(), nil }},
		{benchReadme, "peers", func() (string, error) { return all["peers"].markdown(), nil }},
		{readme, "speed", func() (string, error) { return sentence(all["peers"]) }},
	} {
		if documents[part.file] == nil {
			content, err := os.ReadFile(filepath.Join(root, part.file))
			if err != nil {
				return nil, err
			}
			documents[part.file] = content
		}
		content, err := part.content()
		if err != nil {
			return nil, err
		}
		if documents[part.file], err = replaced(documents[part.file], part.marker, content); err != nil {
			return nil, fmt.Errorf("%s: %w", part.file, err)
		}
	}
	picture, err := picture(all["peers"])
	documents[pictureFile] = picture
	return documents, err
}

// replaced is a document with other content between the two comments of a marker.
func replaced(document []byte, marker, content string) ([]byte, error) {
	begin, end := "<!-- "+marker+": written by make bench-figures -->\n", "<!-- /"+marker+" -->"
	before, rest, found := strings.Cut(string(document), begin)
	_, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		return nil, fmt.Errorf("the comments %q and %q are not there", begin, end)
	}
	return []byte(before + begin + content + end + after), nil
}

// sentence says how fast the start and the first request together are, beside the fastest peer.
func sentence(f figures) (string, error) {
	small := shares[0].metric(startAndFirst)
	fastest, err := fastestPeer(f, small)
	if err != nil {
		return "", err
	}
	var values []string
	for _, program := range []string{function, fastest, rustReads, goSample} {
		c, err := f.value(program, small)
		if err != nil {
			return "", err
		}
		values = append(values, figure(c.Median))
	}
	return fmt.Sprintf("With the share of CPU time that Lambda gives to %s, emulated on one machine, start and first request together take %s ms; "+
		"a put by the fastest peer, *%s*, takes %s ms, %s ms with the function's two reads before it, and a put by *%s* %s ms.\n",
		shares[0].name, values[0], fastest, values[1], values[2], goSample, values[3]), nil
}

// fastestPeer is the program besides the function with the smallest median.
func fastestPeer(f figures, m metric) (fastest string, err error) {
	var least float64
	for _, program := range f.Programs {
		if program == function {
			continue
		}
		c, err := f.value(program, m)
		if err != nil {
			return "", err
		}
		if fastest == "" || c.Median < least {
			fastest, least = program, c.Median
		}
	}
	return fastest, nil
}
