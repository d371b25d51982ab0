package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/dynamo"
	"accounttasks/internal/task"
)

// restoration brings items of a table that was restored to a point in time back into the table of the service.
type restoration struct {
	client *dynamodb.Client
	// from is the restored table, and into the service's.
	from, into string
	// partition limits the restoration to one partition key; empty means all.
	partition string
	// apply is false for a comparison that writes nothing. removeNewer also deletes the items that only into has.
	apply, removeNewer bool

	// found counts the items of the restored table, and seen those of the service's. The others count what was written, or
	// found where it is not to be written.
	found, seen             int
	changed, missing, newer atomic.Int64
}

// restoreTable makes the items of the table what they are in a restored one. An item that is already so is not written,
// so that an interrupted restoration can be repeated. Items that the restored table does not have stay, unless NEWER
// says otherwise. Whether runs are held stays too: an operator has decided that since.
func (a *admin) restoreTable(given arguments) (job, error) {
	r := &restoration{from: given["FROM"], apply: given["APPLY"] == "yes", removeNewer: given["NEWER"] == "remove"}
	var badAccount error
	if account := given["ACCOUNT"]; account != "" {
		badAccount = task.CheckAccountID(account)
		r.partition = dynamo.AccountPartition(account)
	}
	return job{run: func(ctx context.Context, t target) error { return a.restore(ctx, r, t) }}, errors.Join(
		badAccount, oneOf("APPLY", given["APPLY"], "yes"), oneOf("NEWER", given["NEWER"], "remove"))
}

// oneOf says what a variable can be, where it is neither empty nor that.
func oneOf(name, value, allowed string) error {
	if value == "" || value == allowed {
		return nil
	}
	return fmt.Errorf("%s=%s: it is either %s or not set", name, value, allowed)
}

func (a *admin) restore(ctx context.Context, r *restoration, t target) error {
	r.client, r.into = t.client, t.table
	if r.from == r.into {
		return fmt.Errorf("FROM=%s is the table of the service: name the restored one", r.from)
	}
	err := r.run(ctx)
	if errors.Is(err, errNothingToRestore) {
		return err
	}
	written := map[bool]string{false: "Compared, nothing is written", true: "Restored"}[r.apply]
	if err != nil {
		written += " (so far)"
	}
	kept := map[bool]string{false: "which stay", true: "which are removed"}[r.removeNewer]
	a.say("%s. Items that differed: %d; that were missing: %d; that only the table of the service has, %s: %d.",
		written, r.changed.Load(), r.missing.Load(), kept, r.newer.Load())
	if err == nil && !r.apply {
		a.say("APPLY=yes writes them.")
	}
	return err
}

// errNothingToRestore means that the restored table has no item to compare. FROM or ACCOUNT probably names another one.
var errNothingToRestore = errors.New("nothing was changed: the restored table has none of the items")

func (r *restoration) run(ctx context.Context) error {
	for page, err := range r.pages(ctx, r.from) {
		if err != nil {
			return err
		}
		r.found += len(page)
		if err := r.bringBack(ctx, page); err != nil {
			return err
		}
	}
	if r.found == 0 && r.partition == "" {
		return errNothingToRestore
	}
	for page, err := range r.pages(ctx, r.into) {
		if err != nil {
			return err
		}
		r.seen += len(page)
		if err := r.remove(ctx, page); err != nil {
			return err
		}
	}
	if r.found+r.seen == 0 {
		return fmt.Errorf("%w of this account, and neither has the table of the service", errNothingToRestore)
	}
	return nil
}

// put is an item to write, with the count that it belongs to.
type put struct {
	item
	count *atomic.Int64
}

// bringBack writes the items of a page that the table of the service has not, or has otherwise.
func (r *restoration) bringBack(ctx context.Context, page []item) error {
	present, err := r.read(ctx, r.into, page)
	if err != nil {
		return err
	}
	var wrong []put
	for _, was := range page {
		is, exists := present[identity(was)]
		switch {
		case !exists:
			wrong = append(wrong, put{was, &r.missing})
		case !reflect.DeepEqual(is, was):
			wrong = append(wrong, put{was, &r.changed})
		}
	}
	return r.each(ctx, r.apply, wrong, func(ctx context.Context, was item) error {
		_, err := r.client.PutItem(ctx, &dynamodb.PutItemInput{TableName: &r.into, Item: was})
		return err
	})
}

// remove deletes the items of a page that the restored table does not have.
func (r *restoration) remove(ctx context.Context, page []item) error {
	old, err := r.read(ctx, r.from, page)
	if err != nil {
		return err
	}
	var newer []put
	for _, is := range page {
		if _, exists := old[identity(is)]; !exists {
			newer = append(newer, put{keyOf(is), &r.newer})
		}
	}
	return r.each(ctx, r.apply && r.removeNewer, newer, func(ctx context.Context, key item) error {
		_, err := r.client.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: &r.into, Key: key})
		return err
	})
}

// each writes all items, if they are to be written, and counts each one: after its write, where there is one.
func (r *restoration) each(ctx context.Context, apply bool, all []put, write func(context.Context, item) error) error {
	return writeAll(ctx, all, func(ctx context.Context, p put) error {
		if apply {
			if err := write(ctx, p.item); err != nil {
				return err
			}
		}
		p.count.Add(1)
		return nil
	})
}
