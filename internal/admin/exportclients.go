package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"accounttasks/internal/client"
)

// showUnexportedClients lists the clients that were registered or changed here since the last import. Their secrets are
// stored as hashes, so no file can bring them to the other platform.
func (a *admin) showUnexportedClients(ctx context.Context, registry *client.Registry) error {
	found, bad, err := clients(ctx, registry)
	if err != nil {
		return err
	}
	sortClients(found)
	var registered, changed int
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, c := range found {
		why := "registered here"
		switch {
		case c.IsAsImported():
			continue
		case c.Imported == "":
			registered++
		default:
			why = "has another secret here"
			changed++
		}
		if registered+changed == 1 {
			_, _ = fmt.Fprintln(table, "CLIENT\tACCOUNT\tUSER\tNAME\tSCOPES\tWHY")
		}
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", c.ID, c.AccountID, c.UserID, c.Name, strings.Join(c.Scopes, " "), why)
	}
	a.say("Clients that are not in the file: registered here %d, with another secret here %d.", registered, changed)
	if registered+changed > 0 {
		a.say("Register or change them on the other platform by hand, with new secrets. Theirs cannot be read, because only hashes are stored.")
	}
	return errors.Join(append(bad, table.Flush())...)
}
