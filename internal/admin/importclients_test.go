package main

import (
	"fmt"
	"strings"
	"testing"

	"accounttasks/internal/client"
)

// imports are the forms in which a secret can come, each of the secret "secret of 2019". Those of ASP.NET Identity were made
// by its PasswordHasher's algorithms.
var imports = []struct{ id, member string }{
	{"plain", `"Secret":"secret of 2019"`},
	{"SHA-256 in hexadecimal", `"Hash":"sha256:fcc04e41039c6e1de9d36403f8011f7702d165e178b3fe3821b3bd3f04722117"`},
	{"SHA-256 in base64", `"Hash":"sha256:/MBOQQOcbh3p02QD+AEfdwLRZeF4s/44IbO9PwRyIRc="`},
	{"SHA-256 after a salt", `"Hash":"sha256-salt-first:YSBzYWx0IG9mIHNvbWUgYnl0ZXM=:nHktfy9Y9VS+6cvm/+9+3tyhluncIuoRtf9WZbjayas="`},
	{"SHA-256 before a salt", `"Hash":"sha256-salt-last:YSBzYWx0IG9mIHNvbWUgYnl0ZXM=:c29a765bee611e95c6fe288e2990efc9ff43cacc41326a85ec56de25bff50c63"`},
	{"bcrypt", `"Hash":"bcrypt:$2a$04$QABB4B6qrQ.JNLqVhCp8bOOSnYoCMx5d9R2WWAP9CuFibt.mq48s."`},
	{"ASP.NET Identity 2", `"Hash":"aspnet:AAECAwQFBgcICQoLDA0ODxDIsRfk2Vy6HuvxE8s+mvv25Aq/G8C3a+6UUwqBCcmtHw=="`},
	{"ASP.NET Identity 3", `"Hash":"aspnet:AQAAAAEAACcQAAAAEAECAwQFBgcICQoLDA0ODxAhW1vPWN5ntE8aR3Z4KbqbssFWVAf+5qapjVWgnFAj6Q=="`},
	{"ASP.NET Core 8", `"Hash":"aspnet:AQAAAAIAAAPoAAAAEAECAwQFBgcICQoLDA0ODxApRsXKdxq04qONdXzJ4LGWSv0AhWArZqbGqzdpyiH6zA=="`},
}

// clientLine is a line of the file of clients.
func clientLine(id, secret string) string {
	return fmt.Sprintf(`{"ID":%q,"AccountID":"42","UserID":"a.user","Name":"A client",%s}`, id, secret)
}

func allForms() (lines []string) {
	for _, form := range imports {
		lines = append(lines, clientLine(form.id, form.member))
	}
	return lines
}

func TestImportedClientsGetTokensWithTheSecretsTheyHave(t *testing.T) {
	d := deploy(t)
	d.mustRun(t, "import-clients", files(t, allForms()...), fmt.Sprintf("Clients imported: %d; there already and unchanged: 0.", len(imports)))
	if d.token(t, client.Credential{ClientID: imports[0].id, Secret: "Secret of 2019"}) != "" {
		t.Error("a wrong secret gets a token")
	}
	for _, form := range imports {
		for range 2 { // at first use the hash is renewed
			d.mustGetToken(t, client.Credential{ClientID: form.id, Secret: "secret of 2019"}, "42", "a.user")
		}
	}
	d.mustRun(t, "import-clients", files(t, allForms()...), fmt.Sprintf("Clients imported: 0; there already and unchanged: %d.", len(imports)))
}

func TestAnImportRunAgainChangesNothing(t *testing.T) {
	d := deploy(t)
	d.mustRun(t, "import-clients", files(t, allForms()[:1]...))
	d.mustRun(t, "import-clients", files(t, allForms()...), fmt.Sprintf("Clients imported: %d; there already and unchanged: 1.", len(imports)-1))
	before := fmt.Sprint(d.items(t))
	d.mustRun(t, "import-clients", files(t, allForms()...), fmt.Sprintf("Clients imported: 0; there already and unchanged: %d.", len(imports)))
	if after := fmt.Sprint(d.items(t)); after != before {
		t.Errorf("the table changed from %s to %s", before, after)
	}
}

func TestAClientThatDiffersFromTheFileStaysAndIsNamed(t *testing.T) {
	d := deploy(t)
	d.mustRun(t, "import-clients", files(t, clientLine("a", `"Secret":"secret of 2019"`)))
	d.mustFail(t, "import-clients", files(t, "", strings.Replace(clientLine("a", `"Secret":"secret of 2019"`), `"42"`, `"43"`, 1)),
		"stay as they are", "line 2: client a")
	d.mustGetToken(t, client.Credential{ClientID: "a", Secret: "secret of 2019"}, "42", "a.user")
}

func TestAWrongClientKeepsTheWholeFileOut(t *testing.T) {
	const secret = `"Secret":"secret of 2019"`
	tests := []struct{ line, want string }{
		{clientLine("b", `"secret":"secret of 2019"`), `"secret" must be spelled Secret; there must be either a Secret or a Hash`},
		{clientLine("b", secret+","+secret), "Secret is there twice"},
		{clientLine("b", secret+`,"Hash":"sha256:x"`), "either a Secret or a Hash"},
		{clientLine("b", `"Secret":""`), "the secret is empty"},
		{clientLine("b", `"Secret":null`), "Secret is not a string"},
		{clientLine("b", `"Hash":"md5:x"`), "the hash does not begin with bcrypt:"},
		{clientLine("b", `"Hash":"bcrypt:$2a$13$`+strings.Repeat("a", 53)+`"`), "cost 13"},
		{clientLine("b", secret+`,"Scopes":"tasks/read"`), "Scopes is not an array"},
		{clientLine("b", secret+`,"Scopes":null`), "Scopes is not an array"},
		{clientLine("b", secret+`,"Scopes":["tasks/all"]`), `"tasks/all" is unknown`},
		{clientLine("b", secret+`,"Scopes":[]`), "the scopes: "},
		{clientLine("", secret), "the client's id: "},
		{clientLine("b ", secret), "the client's id: "},
		{strings.Replace(clientLine("b", secret), `"42"`, `"4#2"`, 1), `the account "4#2"`},
		{strings.Replace(clientLine("b", secret), `"42"`, `42`, 1), "AccountID is not a string"},
		{strings.Replace(clientLine("b", secret), `"A client"`, `"\u0000"`, 1), "the name: "},
		{strings.Replace(clientLine("b", secret), `"Name":"A client",`, ``, 1), "Name is missing"},
		{clientLine("a", secret), `client "a" is on line 1 already`},
	}
	d := deploy(t)
	var lines []string
	for _, test := range tests {
		lines = append(lines, test.line)
		d.mustFail(t, "import-clients", files(t, clientLine("a", secret), test.line), "nothing was written", "line 2: ", test.want)
	}
	_, err := d.run(t, "import-clients", files(t, append([]string{clientLine("a", secret)}, lines...)...)...)
	if err == nil || strings.Count(err.Error(), "\nline ") != len(tests) || strings.Contains(err.Error(), "secret of 2019") {
		t.Errorf("got %v, want each of the %d wrong lines named once, and no secret", err, len(tests))
	}
	if d.connected > 0 {
		t.Error("credentials were requested before the file was validated")
	}
}

func TestALineThatCannotBeReadIsToldToBeThatAlone(t *testing.T) {
	d := deploy(t)
	for _, line := range []string{`a,b,c`, `["a"]`, `{"ID":"\ud800"}`} {
		_, err := d.run(t, "import-clients", files(t, line)...)
		if err == nil || !strings.Contains(err.Error(), "line 1: it is not ") || strings.Contains(err.Error(), ";") {
			t.Errorf("%s: got %v, want what is wrong with the line as a whole, and nothing of its members", line, err)
		}
	}
}
