package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"accounttasks/internal/client"
	"accounttasks/internal/task"
)

// listClients shows the clients of one account, or all of them, in the order of accounts and ids.
func (a *admin) listClients(given arguments) (job, error) {
	account := given["ACCOUNT"]
	if account != "" {
		if err := task.CheckAccountID(account); err != nil {
			return job{}, err
		}
	}
	return job{run: func(ctx context.Context, t target) error { return a.list(ctx, t, account) }}, nil
}

func (a *admin) list(ctx context.Context, t target, account string) error {
	found, bad, err := clients(ctx, t.registry(a.now))
	if err != nil {
		return err
	}
	if account != "" {
		found = slices.DeleteFunc(found, func(c client.Client) bool { return c.AccountID != account })
	}
	sortClients(found)
	table := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, "CLIENT\tACCOUNT\tUSER\tNAME\tSCOPES\tSECRETS, THE OLDEST FIRST")
	for _, c := range found {
		_, _ = fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", c.ID, c.AccountID, c.UserID, c.Name,
			strings.Join(c.Scopes, " "), strings.Join(c.Secrets, " "))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	a.say("Clients: %d.", len(found))
	return errors.Join(bad...)
}

// sortClients puts clients into the order of accounts and ids.
func sortClients(all []client.Client) {
	slices.SortFunc(all, func(x, y client.Client) int {
		return cmp.Or(cmp.Compare(x.AccountID, y.AccountID), cmp.Compare(x.ID, y.ID))
	})
}
