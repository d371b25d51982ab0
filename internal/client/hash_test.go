package client_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/bcrypt"

	"accounttasks/internal/client"
)

// The hashes below are of this secret. Other programs made them.
const importedSecret = "Secret-4-Import!"

func importable(t *testing.T) map[string]client.ImportedSecret {
	t.Helper()
	secrets := map[string]client.ImportedSecret{}
	plain, err := client.PlainSecret(importedSecret)
	if err != nil {
		t.Fatal(err)
	}
	secrets["plain"] = plain
	for name, tagged := range taggedHashes {
		if secrets[name], err = client.ParseHash(tagged); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	return secrets
}

// importOne imports a client with the secret.
func (w *world) importOne(t *testing.T, id string, secret client.ImportedSecret) (created bool, err error) {
	t.Helper()
	return w.registry.Import(t.Context(), client.ImportedClient{Client: record(id), Secret: secret})
}

func TestASecretOfEachFormGetsATokenAndItsHashIsOurs(t *testing.T) {
	for name, secret := range importable(t) {
		t.Run(name, func(t *testing.T) {
			w := newWorld()
			if created, err := w.importOne(t, "old", secret); !created || err != nil {
				t.Fatalf("got created %t and %v", created, err)
			}
			w.refuse(t, credentials("old", importedSecret+"x"), client.InvalidClient)
			w.refuse(t, credentials("old", importedSecret[1:]), client.InvalidClient)
			for range 2 {
				w.issue(t, credentials("old", importedSecret))
				for _, hash := range w.hashes["old"] {
					if !strings.HasPrefix(string(hash), "bcrypt-sha256") {
						t.Errorf("got %s after the first use, want one of ours", hash)
					}
				}
			}
			if created, err := w.importOne(t, "old", secret); created || err != nil {
				t.Errorf("imported again: got created %t and %v, want nothing done", created, err)
			}
		})
	}
}

func TestASecretThatWeMadeHasAFastHash(t *testing.T) {
	w := newWorld()
	if secret := w.register(t, "demo"); len(secret) != 43 {
		t.Errorf("got a secret of %d characters, want 43", len(secret))
	}
	for _, hash := range w.hashes["demo"] {
		if !strings.HasPrefix(string(hash), "sha256:") {
			t.Errorf("got %s", hash)
		}
	}
}

// The response time must not show a caller whether a client exists, or what kind of hash it has.
func TestEveryRequestCostsTheSameComparisons(t *testing.T) {
	w := newWorld()
	w.register(t, "demo")
	for _, name := range []string{"plain", "bcrypt 5, 2y", "aspnet 2", "aspnet 3, SHA-256"} {
		if _, err := w.importOne(t, name, importable(t)[name]); err != nil {
			t.Fatal(err)
		}
	}
	w.register(t, "rotated")
	_, rotated, err := w.registry.RotateSecret(t.Context(), "rotated")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"bcrypt:4", "bcrypt:5", "pbkdf2:sha1:1000:32", "pbkdf2:sha256:10000:32", "sha256", "sha256"}
	for _, test := range []struct{ name, id, secret string }{
		{"an unknown client", "nobody", importedSecret},
		{"no id", "", ""},
		{"a wrong secret", "demo", "wrong"},
		{"a right one", "demo", w.secret},
		{"a wrong one of two", "rotated", "wrong"},
		{"a right one of two", "rotated", rotated},
		{"a wrong one, imported plain", "plain", "wrong"},
		{"a wrong one, bcrypt", "bcrypt 5, 2y", "wrong"},
		{"a wrong one, PBKDF2 of version 2", "aspnet 2", "wrong"},
		{"a wrong one, PBKDF2 of version 3", "aspnet 3, SHA-256", "wrong"},
		{"a right one, bcrypt, at first use", "bcrypt 5, 2y", importedSecret},
		{"a right one, bcrypt, at second use", "bcrypt 5, 2y", importedSecret},
		{"a right one, PBKDF2", "aspnet 3, SHA-256", importedSecret},
	} {
		w.compared = nil
		_, _ = w.issuer.Issue(t.Context(), credentials(test.id, test.secret))
		slices.Sort(w.compared)
		if !slices.Equal(w.compared, want) {
			t.Errorf("%s: got the comparisons %v, want %v", test.name, w.compared, want)
		}
	}
}

func TestWhichHashesCanBeImported(t *testing.T) {
	for _, tagged := range []string{
		"", "bcrypt", "bcrypt:", "md5:d41d8cd98f00b204e9800998ecf8427e", importedSecret,
		"bcrypt:$2a$13$" + strings.Repeat("a", 53),
		"bcrypt:$2a$03$" + strings.Repeat("a", 53),
		"bcrypt:$2a$+9$" + strings.Repeat("a", 53),
		"bcrypt:$2a$10x" + strings.Repeat("a", 53),
		"bcrypt:$2x$10$" + strings.Repeat("a", 53),
		"bcrypt:$2a$10$" + strings.Repeat("a", 52),
		"bcrypt:$2a$10$" + strings.Repeat("a", 52) + "!",
		"bcrypt:$2a$10$" + strings.Repeat("a", 53) + "\n",
		"aspnet:", "aspnet:AA==", "aspnet:Ag==", "aspnet:***",
		"aspnet:" + identity(t, 3, 10000, 16, 32),
		"aspnet:" + identity(t, 1, 0, 16, 32),
		"aspnet:" + identity(t, 1, 250_001, 16, 32),
		"aspnet:" + identity(t, 1, 10000, 8, 32),
		"aspnet:" + identity(t, 1, 10000, 16, 8),
		"aspnet:" + identity(t, 1, 10000, 16, 65),
		"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", // of an empty secret
		"sha256-salt-last:c2FsdA==:Y0ea1poJCyWCd+yPum+ZQZov+ySJgVEGV8lEzNEUjpc=",  // of an empty secret
		"sha256-salt-last:" + strings.Repeat("c2Fs", 342) + ":" + strings.Repeat("a", 64),
		"sha256:/MBOQQOcbh3p02QD+AEfdwLRZeF4s/44\nIbO9PwRyIRc=",
		"sha256:/MBOQQOcbh3p02QD+AEfdwLRZeF4s/44IbO9PwRyIRd=", // its last character has bits left over
		"sha256:", "sha256:ab", "sha256:" + strings.Repeat("g", 64),
		"sha256-salt-first:" + strings.Repeat("a", 64),
		"sha256-salt-first::" + strings.Repeat("a", 64),
		"sha256-salt-last:***:" + strings.Repeat("a", 64),
		"sha256-salt-last:c2FsdA==:abc",
	} {
		_, err := client.ParseHash(tagged)
		if err == nil {
			t.Errorf("%q was taken", tagged)
			continue
		}
		if _, rest, _ := strings.Cut(tagged, ":"); len(rest) > 9 && strings.Contains(err.Error(), rest) {
			t.Errorf("the error repeats the hash: %v", err)
		}
	}
	for _, plain := range []string{"", strings.Repeat("x", 16<<10+1)} {
		if _, err := client.PlainSecret(plain); err == nil {
			t.Errorf("a secret of %d bytes was taken", len(plain))
		}
	}
}

func TestAnEmptySecretNeverGetsAToken(t *testing.T) {
	w := newWorld()
	hashed, err := bcrypt.GenerateFromPassword(nil, bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	imported, err := client.ParseHash("bcrypt:" + string(hashed))
	if err == nil {
		_, err = w.importOne(t, "old", imported)
	}
	if err != nil {
		t.Fatal(err)
	}
	w.refuse(t, credentials("old", ""), client.InvalidClient)
}
