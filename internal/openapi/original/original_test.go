package original_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"accounttasks/internal/openapi/original"
)

const contract = "../../../CONTRACT.md"

func read(t *testing.T, file string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.FromSlash(file))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

var (
	decision = regexp.MustCompile(`(?m)^(\d+)\. `)
	cited    = regexp.MustCompile(`\((\d+)\)|\| ([\d, ]+) \|\n`)
	digits   = regexp.MustCompile(`\d+`)
	fence    = regexp.MustCompile("(?s)```([a-z]+)\n(.*?)```")
	link     = regexp.MustCompile(`\]\(([^)#]+)\)`)
)

// TestThePageCitesEveryDecision holds the page against section 5 of the contract.
func TestThePageCitesEveryDecision(t *testing.T) {
	_, section, _ := strings.Cut(read(t, contract), "\n## 5. ")
	section, _, _ = strings.Cut(section, "\n## 6. ")
	decisions := decision.FindAllStringSubmatch(section, -1)
	if len(decisions) < 27 {
		t.Fatalf("found %d decisions", len(decisions))
	}
	var numbers []string
	for _, citation := range cited.FindAllString(string(original.Page), -1) {
		numbers = append(numbers, digits.FindAllString(citation, -1)...)
	}
	for _, d := range decisions {
		if !slices.Contains(numbers, d[1]) {
			t.Errorf("the page does not cite decision %s", d[1])
		}
	}
}

// TestThePageShowsTheFunctionsThatRun finds each function of the page in its program, apart from indentation.
func TestThePageShowsTheFunctionsThatRun(t *testing.T) {
	programs := map[string]string{
		"csharp": "dates/csharp/Dates.cs", "java": "dates/java/Dates.java", "php": "dates/php/dates.php",
		"python": "dates/python/dates.py", "javascript": "dates/javascript/dates.mjs", "go": "dates/go/dates.go",
	}
	for _, block := range fence.FindAllStringSubmatch(string(original.Page), -1) {
		program, ok := programs[block[1]]
		if !ok {
			t.Errorf("there is no program in %s", block[1])
			continue
		}
		if !strings.Contains(unindented(read(t, program)), unindented(block[2])) {
			t.Errorf("%s does not have the page's function:\n%s", program, block[2])
		}
		delete(programs, block[1])
	}
	for language := range programs {
		t.Errorf("the page has no function in %s", language)
	}
}

func unindented(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimSpace(line)
	}
	return strings.Join(lines, "\n")
}

func TestThePageLinksToFiles(t *testing.T) {
	for _, target := range link.FindAllStringSubmatch(string(original.Page), -1) {
		if _, err := os.Stat(filepath.FromSlash(target[1])); err != nil {
			t.Errorf("a link leads nowhere: %v", err)
		}
	}
}
