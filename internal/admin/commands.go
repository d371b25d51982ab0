package main

// commands are what the program can do, by the Makefile's names for it.
var commands = []command{
	{
		name: "status", takes: []string{"ALL"}, prepare: (*admin).status,
		help: "show versions, alarms, tasks, what is due, runs, tokens and clients; it reads the whole table",
	},
	{
		name: "load-catalogue", needs: []string{"FILE"}, prepare: (*admin).loadCatalogue,
		help: "add the file's entries to the task catalogue, and rename those that it has",
	},
	{
		name: "check-import", needs: []string{"FROM"}, prepare: (*admin).checkImport,
		help: "check a folder's catalogue, clients and tasks and compare them with the table; nothing is written",
	},
	{
		name: "import", needs: []string{"FROM"}, takes: []string{"GONE"}, prepare: (*admin).importFolder,
		help: "import a folder's catalogue, clients and tasks; repeat it to import the changes",
	},
	{
		name: "import-tasks", needs: []string{"FILE"}, prepare: (*admin).importTasks,
		help: "import the tasks of one file; what was changed here stays as it is",
	},
	{
		name: "export-tasks", needs: []string{"FILE"}, prepare: (*admin).exportTasks,
		help: "write the tasks that were changed, registered, deleted or run here since the last import to a new file, and list the clients registered here",
	},
	{
		name: "fill-due", prepare: (*admin).fillDue,
		help: "let the runner find tasks that are older than the runner",
	},
	{
		name: "start-runs", takes: []string{"AT", "MISSED"}, prepare: (*admin).startRuns,
		help: "run tasks that are due from a time on",
	},
	{
		name: "stop-runs", takes: []string{"AT"}, prepare: (*admin).stopRuns,
		help: "run no task that is due from a time on",
	},
	{
		name: "import-clients", needs: []string{"FILE"}, prepare: (*admin).importClients,
		help: "register the file's clients with the secrets they have; those that are there stay as they are",
	},
	{
		name: "register-client", needs: []string{"NAME", "ACCOUNT", "USER_ID"}, takes: []string{"SCOPES", "SECRET_FILE"},
		prepare: (*admin).registerClient, help: "register a client; its secret goes to a new file, or is shown once",
	},
	{
		name: "list-clients", takes: []string{"ACCOUNT"}, prepare: (*admin).listClients,
		help: "show the clients, of one account or of all, and the ids of their secrets",
	},
	{
		name: "rotate-secret", needs: []string{"CLIENT"}, takes: []string{"SECRET_FILE"}, prepare: (*admin).rotateSecret,
		help: "give a client a second secret",
	},
	{
		name: "retire-secret", needs: []string{"CLIENT"}, takes: []string{"SECRET_ID"}, prepare: (*admin).retireSecret,
		help: "remove the older of a client's two secrets, or the one that is named",
	},
	{
		name: "remove-client", needs: []string{"CLIENT"}, prepare: (*admin).removeClient,
		help: "remove a client with its secrets and tokens",
	},
	{
		name: "revoke-tokens", takes: []string{"CLIENT", "ALL"}, prepare: (*admin).revokeTokens,
		help: "end all tokens of a client, or with ALL=yes of every client",
	},
	{
		name: "restore-table", needs: []string{"FROM"}, takes: []string{"ACCOUNT", "NEWER", "APPLY"}, prepare: (*admin).restoreTable,
		help: "compare the table with a restored one, and with APPLY=yes bring its items back",
	},
}
