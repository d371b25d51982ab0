package demo_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"

	"accounttasks/internal/client"
	"accounttasks/internal/dynamo"
	"accounttasks/internal/local/demo"
	"accounttasks/internal/local/table"
	"accounttasks/internal/run"
	"accounttasks/internal/task"
)

func emptyTable(t *testing.T) (db *dynamodb.Client, name string) {
	t.Helper()
	engine, err := table.StartEmbedded("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(engine.Close)
	if db, err = table.LocalAccess(engine.Endpoint()).Client(); err != nil {
		t.Fatal(err)
	}
	if err := table.CreateIfAbsent(t.Context(), db, "tasks"); err != nil {
		t.Fatal(err)
	}
	return db, "tasks"
}

func text(value string) types.AttributeValue { return &types.AttributeValueMemberS{Value: value} }

func keys(t *testing.T, db *dynamodb.Client, name string) []string {
	t.Helper()
	out, err := db.Scan(t.Context(), &dynamodb.ScanInput{TableName: &name})
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, item := range out.Items {
		pk, sk := item[dynamo.PartitionKey].(*types.AttributeValueMemberS), item[dynamo.SortKey].(*types.AttributeValueMemberS)
		found = append(found, pk.Value+" "+sk.Value)
	}
	return slices.Sorted(slices.Values(found))
}

func TestSeedingPutsTheDocumentedItems(t *testing.T) {
	db, name := emptyTable(t)
	for range 2 { // the second time finds everything there
		if err := demo.Seed(t.Context(), db, name); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		"ACCOUNT#11111111-1111-4111-8111-111111111111 TASK#3f2a9c10-5b7e-4d21-8c46-0e9b1a7d55f2",
		"ACCOUNT#11111111-1111-4111-8111-111111111111 TASK#7798c127-7f74-40c6-9bd4-caf4be84ca89",
		"ACCOUNT#11111111-1111-4111-8111-111111111111 TASK#a23b4ff9-5d7e-4603-b937-6e1f724316b9",
		"ACCOUNT#22222222-2222-4222-8222-222222222222 TASK#0dd0acc0-0000-4000-8000-000000000001",
		"CATALOG TASK#56c0f226-3d17-40df-8ddb-46b3ad09b70a",
		"CATALOG TASK#7798c127-7f74-40c6-9bd4-caf4be84ca89",
		"CATALOG TASK#c0ffee11-2233-4455-8899-aabbccddeeff",
		"CLIENT#demo CLIENT",
		"CLIENT#demo TOKEN#" + client.HashToken(demo.AccessToken),
		"CLIENT#demo TOKEN#" + client.HashToken(demo.ReadToken),
		"CLIENT#other CLIENT",
		"RUNS WINDOW",
		"SECRET#demo HASHES",
		"SECRET#other HASHES",
	}
	slices.Sort(want)
	if got := keys(t, db, name); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestSeedingOverwritesNothing(t *testing.T) {
	db, name := emptyTable(t)
	own := dynamo.CatalogueItem(demo.SendReport, "A name of the user's own")
	own["Extra"] = text("kept")
	if _, err := dynamo.PutIfAbsent(t.Context(), db, name, maps.Clone(own)); err != nil {
		t.Fatal(err)
	}
	if err := demo.Seed(t.Context(), db, name); err != nil {
		t.Fatal(err)
	}
	out, err := db.GetItem(t.Context(), &dynamodb.GetItemInput{
		TableName: &name, ConsistentRead: aws.Bool(true),
		Key: map[string]types.AttributeValue{dynamo.PartitionKey: own[dynamo.PartitionKey], dynamo.SortKey: own[dynamo.SortKey]},
	})
	if err != nil {
		t.Fatal(err)
	}
	if extra, ok := out.Item["Extra"].(*types.AttributeValueMemberS); !ok || extra.Value != "kept" {
		t.Errorf("the user's own item has become %v", out.Item)
	}
}

func TestTheRunnerKnowsTheDemoTasks(t *testing.T) {
	db, name := emptyTable(t)
	if err := demo.Seed(t.Context(), db, name); err != nil {
		t.Fatal(err)
	}
	due := 0
	for shard := range run.Shards {
		page, _, err := dynamo.NewTable(db, name).Runs().Due(t.Context(), shard, time.Now().Add(time.Minute), "")
		if err != nil {
			t.Fatal(err)
		}
		due += len(page)
	}
	if due != 4 {
		t.Errorf("got %d tasks to be looked at, want all four", due)
	}
}

func TestDemoClientsHaveTheirPublicSecretsAndTokens(t *testing.T) {
	db, name := emptyTable(t)
	if err := demo.Seed(t.Context(), db, name); err != nil {
		t.Fatal(err)
	}
	clients := dynamo.NewTable(db, name).Clients()
	issuer := client.NewIssuer(clients, time.Now, func(string) {})
	authenticator := client.NewAuthenticator(clients, time.Now)
	for _, c := range demo.Clients() {
		grant, err := issuer.Issue(t.Context(), client.TokenRequest{
			GrantType: client.GrantClientCredentials, Credentials: []client.Credential{{ClientID: c.ID, Secret: c.Secret}},
		})
		if err != nil {
			t.Fatalf("%s: %v", c.ID, err)
		}
		caller, err := authenticator.Authenticate(t.Context(), grant.AccessToken)
		if err != nil || caller.AccountID() != c.AccountID || caller.UserID() != c.UserID {
			t.Errorf("%s: got %+v and %v", c.ID, caller, err)
		}
	}
	for token, want := range map[string][]string{demo.AccessToken: client.Scopes(), demo.ReadToken: {task.ScopeRead}} {
		caller, err := authenticator.Authenticate(t.Context(), token)
		if err != nil || caller.AccountID() != demo.AccountID || !slices.Equal(caller.Scopes(), want) {
			t.Errorf("%s: got %+v and %v, want the demo account and %q", token, caller, err, want)
		}
	}
}
