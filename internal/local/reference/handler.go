package reference

import (
	"bytes"
	"net/http"
	"time"

	"github.com/swaggest/swgui"
	"github.com/swaggest/swgui/v5emb"

	"accounttasks/internal/openapi"
)

// Path is where the page is. Everything that it needs is below it.
const Path = "/reference/"

const (
	documentPath  = Path + "openapi.yaml"
	twinPath      = Path + "openapi-3.0.yaml"
	xmlSchemaPath = Path + "accounttasks.xsd"
)

// settings are the renderer's, as JavaScript: requests can be edited at once, a token survives a reload, and
// the form for a token is filled in with the demo client's id and secret.
var settings = map[string]string{
	"tryItOutEnabled":          "true",
	"persistAuthorization":     "true",
	"displayRequestDuration":   "true",
	"docExpansion":             `"list"`,
	"defaultModelsExpandDepth": "0",
	"plugins":                  xmlExamples,
	"onComplete": `function() {
		ui.initOAuth({clientId: "demo", clientSecret: "demo-secret", scopes: "tasks/read tasks/write"})
	}`,
}

// xmlExamples makes the renderer show the document's examples of XML as they are. It would put them into an element that
// has the name of their schema.
const xmlExamples = `[SwaggerUIBundle.plugins.DownloadUrl, () => ({ afterLoad() {
		const sample = this.fn.getSampleSchema;
		this.fn.getSampleSchema = (schema, mediaType, config, example) =>
			/xml/.test(mediaType) && typeof example === "string" ? example : sample(schema, mediaType, config, example);
	}})]`

// notice tells how to get a token. The demo clients and their secrets are public.
const notice = `<p class="notice">This is the local stack. To try an operation, choose <b>Authorize</b> and then <b>Authorize</b>
again: the page asks <code>POST /Token</code> for a token. The client <code>demo</code> and its secret
<code>demo-secret</code> are filled in.</p>`

// style fits the notice to the page and hides a column that is always empty here.
const style = `<style>
.notice { margin: 0; padding: 12px 20px; background: #e8f1fb; color: #3b4151; font: 14px sans-serif; text-align: center }
.swagger-ui .response-col_links { display: none }
</style>`

// policy keeps the page from asking any other host. The renderer needs inline scripts and styles.
const policy = "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"

// Handler serves what is at Path and below it.
func Handler() http.Handler {
	page := v5emb.NewHandlerWithConfig(swgui.Config{
		Title:       "Account tasks",
		SwaggerJSON: documentPath,
		BasePath:    Path,
		SettingsUI:  settings,
		AppendHead:  style,
		PrependHTML: notice,
	})
	mux := http.NewServeMux()
	mux.Handle("GET "+Path, page)
	mux.Handle("GET "+documentPath, document(openapi.Document))
	mux.Handle("GET "+twinPath, document(openapi.Twin))
	mux.Handle("GET "+xmlSchemaPath, file("application/xml", openapi.XMLSchema))
	mux.Handle("GET "+Path+"events/", http.StripPrefix(Path, http.FileServerFS(openapi.EventSchemas)))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		mux.ServeHTTP(w, r)
	})
}

// document serves an OpenAPI document in which the address of the service is the one that the request was sent to.
func document(content []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		file("application/yaml", openapi.ServedFrom(content, "http://"+r.Host)).ServeHTTP(w, r)
	})
}

func file(mediaType string, content []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", mediaType)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
	})
}
