package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"accounttasks/internal/client"
	"accounttasks/internal/task"
)

// clientRow is one client of the file.
type clientRow struct {
	client.ImportedClient
	line int
}

// readClientRow reads and validates one line. No secret and no hash is repeated in the error.
func readClientRow(line string) (clientRow, error) {
	r := readRow(line, "ID", "AccountID", "UserID", "Name", "Scopes", "Secret", "Hash")
	var parsed clientRow
	parsed.Client.ID, _ = r.text("ID")
	parsed.Client.AccountID, _ = r.text("AccountID")
	parsed.Client.UserID, _ = r.text("UserID")
	parsed.Client.Name, _ = r.text("Name")
	parsed.Client.Scopes = r.scopes()
	parsed.Secret = r.secret()
	if len(r.problems) == 0 {
		r.add(parsed.Client.Validate())
	}
	return parsed, r.err()
}

// scopes reads an array of scopes. Left out, they are those for reading and changing tasks.
func (r *row) scopes() (scopes []string) {
	written, found := r.values["Scopes"]
	if !found {
		return defaultScopes()
	}
	if !strings.HasPrefix(written, "[") || json.Unmarshal([]byte(written), &scopes) != nil {
		r.refuse(`Scopes is not an array of strings such as ["%s"]`, strings.Join(defaultScopes(), `","`))
	}
	return scopes
}

func defaultScopes() []string { return []string{task.ScopeRead, task.ScopeWrite} }

// secret reads the plain secret or its tagged hash, of which a client has one.
func (r *row) secret() client.ImportedSecret {
	read, name := client.PlainSecret, "Secret"
	if r.has("Hash") {
		read, name = client.ParseHash, "Hash"
	}
	if r.has("Secret") == r.has("Hash") {
		r.refuse("there must be either a Secret or a Hash")
		return client.ImportedSecret{}
	}
	written, ok := r.text(name)
	if !ok {
		return client.ImportedSecret{}
	}
	secret, err := read(written)
	r.add(err)
	return secret
}

// clientRows reads the whole file. wrong are the lines that are left out.
func clientRows(path string) (rows []clientRow, wrong wrongLines, err error) {
	lines := map[string]int{}
	wrong, err = readLines(path, func(number int, line string) error {
		row, err := readClientRow(line)
		if err != nil {
			return err
		}
		if other, twice := lines[row.Client.ID]; twice {
			return fmt.Errorf("client %q is on line %d already", row.Client.ID, other)
		}
		lines[row.Client.ID], row.line = number, number
		rows = append(rows, row)
		return nil
	})
	return rows, wrong, err
}
