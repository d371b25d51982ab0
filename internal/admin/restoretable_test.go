package main

import (
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/local/table"
)

// restored makes a second table that has the items of the first, as a restore to this moment does.
func (d *deployed) restored(t *testing.T) {
	t.Helper()
	if err := table.CreateIfAbsent(t.Context(), d.table, "restored"); err != nil {
		t.Fatal(err)
	}
	pages := dynamodb.NewScanPaginator(d.table, &dynamodb.ScanInput{TableName: aws.String("tasks")})
	for pages.HasMorePages() {
		page, err := pages.NextPage(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range page.Items {
			if _, err := d.table.PutItem(t.Context(), &dynamodb.PutItemInput{TableName: aws.String("restored"), Item: i}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// damaged is a stack whose task of account 42 is gone, whose task of account 43 was updated, and which got a task for
// account 44, all after the moment to which its table was restored. It gives what the table had at that moment.
func damaged(t *testing.T) (*deployed, map[string]string) {
	t.Helper()
	d := loaded(t)
	d.mustRun(t, "import-tasks", files(t, taskLine("42", first, daily), taskLine("43", first, daily)))
	d.restored(t)
	before := d.items(t)
	key := dynamo.TaskItem("42", d.update(t, "42", first))
	if _, err := d.table.DeleteItem(t.Context(), &dynamodb.DeleteItemInput{TableName: aws.String("tasks"), Key: keyOf(key)}); err != nil {
		t.Fatal(err)
	}
	d.update(t, "43", first)
	d.mustRun(t, "import-tasks", files(t, taskLine("44", first, daily)))
	return d, before
}

// mustDiffer demands that the table has exactly so many items which it did not have before, or had otherwise, or has
// no longer.
func (d *deployed) mustDiffer(t *testing.T, before map[string]string, want int) {
	t.Helper()
	after, got := d.items(t), 0
	for key, item := range after {
		if before[key] != item {
			got++
		}
	}
	for key := range before {
		if _, exists := after[key]; !exists {
			got++
		}
	}
	if got != want {
		t.Errorf("%d items differ from the restored table, want %d", got, want)
	}
}

func TestARestorationIsComparedFirst(t *testing.T) {
	d, _ := damaged(t)
	before := d.items(t)
	d.mustRun(t, "restore-table", []string{"FROM=restored"}, "Compared, nothing is written. Items that differed: 1; that were missing: 1; "+
		"that only the table of the service has, which stay: 1.", "APPLY=yes")
	d.mustDiffer(t, before, 0)
}

func TestARestorationBringsItemsBackAndKeepsNewerOnes(t *testing.T) {
	d, before := damaged(t)
	d.mustRun(t, "restore-table", []string{"FROM=restored", "APPLY=yes"}, "Restored. Items that differed: 1; that were missing: 1;")
	d.mustDiffer(t, before, 1)
	d.mustRun(t, "restore-table", []string{"FROM=restored", "APPLY=yes", "NEWER=remove"}, "differed: 0; that were missing: 0;", "which are removed: 1.")
	d.mustDiffer(t, before, 0)
}

func TestARestorationMayBeOfOneAccount(t *testing.T) {
	d, before := damaged(t)
	d.mustRun(t, "restore-table", []string{"FROM=restored", "ACCOUNT=42", "APPLY=yes", "NEWER=remove"},
		"Items that differed: 0; that were missing: 1; that only the table of the service has, which are removed: 0.")
	d.mustDiffer(t, before, 2)
}

func TestARestorationLeavesRunsHeldOrNotAsTheyAre(t *testing.T) {
	d, before := damaged(t)
	d.mustRun(t, "start-runs", []string{"AT=" + morning.Format(time.RFC3339)})
	d.mustRun(t, "restore-table", []string{"FROM=restored", "APPLY=yes", "NEWER=remove"})
	d.mustDiffer(t, before, 1)
	d.restored(t)
	d.mustRun(t, "stop-runs", nil)
	held := d.items(t)
	d.mustRun(t, "restore-table", []string{"FROM=restored", "APPLY=yes"})
	d.mustDiffer(t, held, 0)
}

func TestARestorationNamesItsMistakes(t *testing.T) {
	d, _ := damaged(t)
	if err := table.CreateIfAbsent(t.Context(), d.table, "empty"); err != nil {
		t.Fatal(err)
	}
	for want, variables := range map[string][]string{
		"APPLY=true: it is either yes or not set":                  {"FROM=restored", "APPLY=true"},
		"NEWER=delete: it is either remove or not set":             {"FROM=restored", "NEWER=delete"},
		"is the table of the service":                              {"FROM=tasks"},
		"read table other":                                         {"FROM=other"},
		`the account "4*" is not`:                                  {"FROM=restored", "ACCOUNT=4*", "APPLY=yes"},
		"the restored table has none of the items of this account": {"FROM=restored", "ACCOUNT=24", "APPLY=yes"},
		"nothing was changed: the restored table has none":         {"FROM=empty", "APPLY=yes", "NEWER=remove"},
	} {
		d.mustFail(t, "restore-table", variables, want)
	}
}

func TestARestorationThatBreaksOffCountsWhatIsWritten(t *testing.T) {
	d, _ := damaged(t)
	d.meddle(t, func(operation string) (isLost bool) { return operation == "PutItem" })
	said, err := d.run(t, "restore-table", "FROM=restored", "APPLY=yes")
	if err == nil {
		t.Error("no error")
	}
	mustSay(t, said, "Restored (so far). Items that differed: 0; that were missing: 0;")
}

func numbered(n int) string { return fmt.Sprintf("a23b4ff9-5d7e-4603-b937-%012d", n) }

func TestALargeTableIsRestoredPageByPage(t *testing.T) {
	d := loaded(t)
	var lines []string
	for n := range pageSize + 5 {
		lines = append(lines, taskLine("42", numbered(n), daily))
	}
	d.mustRun(t, "import-tasks", files(t, lines...))
	d.restored(t)
	before := d.items(t)
	for n := range pageSize + 5 {
		d.update(t, "42", numbered(n))
	}
	d.mustRun(t, "restore-table", []string{"FROM=restored", "ACCOUNT=42", "APPLY=yes"}, "Items that differed: 105;")
	d.mustDiffer(t, before, 0)
}
