// Package original holds the page for authors of clients of the original. The reference page shows it. The programs below
// dates have the page's functions in them: `make test-quickstarts` runs them.
package original

import _ "embed"

// Page is the page, in Markdown.
//
//go:embed from-the-original.md
var Page []byte
