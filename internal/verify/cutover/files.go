package cutover

import (
	"bufio"
	"cmp"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// line is a line of a file of tasks.
type line struct {
	AccountID, ID  string
	ClientID       string     `json:",omitempty"`
	Definition     Definition `json:",omitzero"`
	DateCreated    time.Time  `json:",omitzero"`
	DateModified   time.Time  `json:",omitzero"`
	LastModifiedBy string     `json:",omitempty"`
	LastRunOn      *time.Time
	LastRunBy      string     `json:",omitempty"`
	Status         string     `json:",omitempty"`
	Deleted        *time.Time `json:",omitempty"`
}

// Export writes the platform to the files of a folder that an import reads.
func (p *Platform) Export(folder string) error {
	var catalogue, clients, tasks []any
	for id, name := range p.Catalogue {
		catalogue = append(catalogue, map[string]string{"TaskID": id, "Name": name})
	}
	for _, c := range p.Clients {
		clients = append(clients, map[string]string{"ID": c.ID, "AccountID": c.AccountID, "UserID": c.UserID, "Name": c.Name, "Hash": c.hash()})
	}
	for _, t := range p.sorted() {
		l := line{AccountID: t.AccountID, ID: t.ID, ClientID: t.ClientID, Definition: t.Definition, DateCreated: t.Created,
			DateModified: t.Modified, LastModifiedBy: t.ModifiedBy, LastRunBy: t.LastRunBy}
		if !t.LastRunOn.IsZero() {
			l.LastRunOn = &t.LastRunOn
		}
		tasks = append(tasks, l)
	}
	for name, lines := range map[string][]any{"catalogue.jsonl": catalogue, "clients.jsonl": clients, "tasks.jsonl": tasks} {
		if err := writeLines(filepath.Join(folder, name), lines); err != nil {
			return err
		}
	}
	return nil
}

func (p *Platform) sorted() []*Task {
	all := make([]*Task, 0, len(p.Tasks))
	for _, t := range p.Tasks {
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b *Task) int { return cmp.Or(cmp.Compare(a.AccountID, b.AccountID), cmp.Compare(a.ID, b.ID)) })
	return all
}

func writeLines(path string, lines []any) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	defer file.Close()
	out := bufio.NewWriter(file)
	encoder := json.NewEncoder(out)
	for _, l := range lines {
		if err := encoder.Encode(l); err != nil {
			return err
		}
	}
	return cmp.Or(out.Flush(), file.Close())
}

// TakeBack brings what another platform has exported, and says how many tasks that were.
func (p *Platform) TakeBack(path string) (count int, err error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	for lines := json.NewDecoder(file); lines.More(); count++ {
		var l line
		if err := lines.Decode(&l); err != nil {
			return count, err
		}
		p.takeBack(l)
	}
	return count, nil
}

func (p *Platform) takeBack(l line) {
	ref := Ref{l.AccountID, l.ID}
	if l.Deleted != nil {
		delete(p.Tasks, ref)
		return
	}
	t := p.Tasks[ref]
	if t == nil {
		t = &Task{Ref: ref, Created: l.DateCreated, ClientID: l.ClientID}
		p.Tasks[ref] = t
	}
	t.Definition, t.Modified, t.ModifiedBy = l.Definition, l.DateModified, l.LastModifiedBy
	if l.LastRunOn != nil {
		t.LastRunOn, t.LastRunBy = *l.LastRunOn, l.LastRunBy
	}
}
