// Package quickstart holds a first client of the API in each of several languages. The programs do the same and print
// the same lines. `make test-quickstarts` runs them against the local stack; the reference page shows them.
package quickstart

import "embed"

// Program is a first client in one language. Its settings are in the variables API, CLIENT_ID and CLIENT_SECRET.
type Program struct {
	// ID is the language's name in addresses. It is also the program's folder.
	ID string
	// Language is the language's name for people.
	Language string
	// File is the program's file, below this package's folder.
	File string
	// Command runs the program in the folder of its file.
	Command string
}

// Programs returns the programs in the order in which people are to see them.
func Programs() []Program {
	return []Program{
		{"curl", "curl", "curl/quickstart.sh", "sh quickstart.sh"},
		{"csharp", "C#", "csharp/QuickStart.cs", "dotnet run"},
		{"php", "PHP", "php/quickstart.php", "php quickstart.php"},
		{"java", "Java", "java/QuickStart.java", "java QuickStart.java"},
		{"python", "Python", "python/quickstart.py", "python3 quickstart.py"},
		{"javascript", "JavaScript", "javascript/quickstart.mjs", "node quickstart.mjs"},
		{"go", "Go", "go/quickstart.go", "go run quickstart.go"},
	}
}

//go:embed curl csharp php java python javascript go
var files embed.FS

// Source returns the text of the program's file.
func (p Program) Source() []byte {
	source, err := files.ReadFile(p.File)
	if err != nil {
		panic("quickstart: " + err.Error()) // Programs names only files that the package embeds; a test reads them all
	}
	return source
}
