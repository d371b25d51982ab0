package demo

import "accounttasks/internal/dynamo"

// The two accounts: what one has, the other must not see.
const (
	AccountID      = "11111111-1111-4111-8111-111111111111"
	OtherAccountID = "22222222-2222-4222-8222-222222222222"
)

// Scope is what changes to tasks ask for; ReadScope is one that does not suffice.
const (
	Scope     = "tasks/write"
	ReadScope = "tasks/read"
)

// Client is a client with its secret, which is as public as all demo data.
type Client struct{ ID, Secret, AccountID, UserID string }

// Clients returns the clients.
func Clients() []Client {
	return []Client{
		{ID: "demo", Secret: "demo-secret", AccountID: AccountID, UserID: "demo.user"},
		{ID: "other", Secret: "other-secret", AccountID: OtherAccountID, UserID: "other.user"},
	}
}

// clientItems are the same clients as the table knows them, without secrets.
func clientItems() []item {
	var items []item
	for _, client := range Clients() {
		items = append(items, dynamo.ClientItem(dynamo.Client{
			ID: client.ID, AccountID: client.AccountID, UserID: client.UserID, Name: "Local client " + client.ID,
		}))
	}
	return items
}
