package main

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"sync/atomic"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb"

	"accounttasks/internal/dynamo"
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

	changed, missing, newer atomic.Int64
}

// restoreTable makes the items of the table what they are in a restored one. An item that is already so is not written,
// so that an interrupted restoration can be repeated. Items that the restored table does not have stay, unless NEWER
// says otherwise. Whether runs are held stays too: an operator has decided that since.
func (a *admin) restoreTable(given arguments) (job, error) {
	r := &restoration{from: given["FROM"], apply: given["APPLY"] == "yes", removeNewer: given["NEWER"] == "remove"}
	if given["ACCOUNT"] != "" {
		r.partition = dynamo.AccountPartition(given["ACCOUNT"])
	}
	return job{run: func(ctx context.Context, t target) error { return a.restore(ctx, r, t) }}, errors.Join(
		oneOf("APPLY", given["APPLY"], "yes"), oneOf("NEWER", given["NEWER"], "remove"))
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
	written := map[bool]string{false: "Compared, nothing is written", true: "Restored"}[r.apply]
	kept := map[bool]string{false: "which stay", true: "which are removed"}[r.removeNewer]
	a.say("%s. Items that differed: %d; that were missing: %d; that only the table of the service has, %s: %d.",
		written, r.changed.Load(), r.missing.Load(), kept, r.newer.Load())
	if err == nil && !r.apply {
		a.say("APPLY=yes writes them.")
	}
	return err
}

func (r *restoration) run(ctx context.Context) error {
	for page, err := range r.pages(ctx, r.from) {
		if err != nil {
			return err
		}
		if err := r.bringBack(ctx, page); err != nil {
			return err
		}
	}
	for page, err := range r.pages(ctx, r.into) {
		if err != nil {
			return err
		}
		if err := r.remove(ctx, page); err != nil {
			return err
		}
	}
	return nil
}

// bringBack writes the items of a page that the table of the service has not, or has otherwise.
func (r *restoration) bringBack(ctx context.Context, page []item) error {
	present, err := r.read(ctx, r.into, page)
	if err != nil {
		return err
	}
	var wrong []item
	for _, was := range page {
		is, exists := present[identity(was)]
		switch {
		case !exists:
			r.missing.Add(1)
		case reflect.DeepEqual(is, was):
			continue
		default:
			r.changed.Add(1)
		}
		wrong = append(wrong, was)
	}
	if !r.apply {
		return nil
	}
	return writeAll(ctx, wrong, func(ctx context.Context, was item) error {
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
	var newer []item
	for _, is := range page {
		if _, exists := old[identity(is)]; !exists {
			r.newer.Add(1)
			newer = append(newer, keyOf(is))
		}
	}
	if !r.apply || !r.removeNewer {
		return nil
	}
	return writeAll(ctx, newer, func(ctx context.Context, key item) error {
		_, err := r.client.DeleteItem(ctx, &dynamodb.DeleteItemInput{TableName: &r.into, Key: key})
		return err
	})
}
