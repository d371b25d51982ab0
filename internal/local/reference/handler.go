package reference

import (
	"bytes"
	"embed"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"accounttasks/internal/local/demo"
	"accounttasks/internal/local/reference/document"
	"accounttasks/internal/openapi"
	"accounttasks/internal/openapi/quickstart"
)

// Path is where the page is. Everything that it needs is below it.
const Path = "/reference/"

//go:embed page
var files embed.FS

var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(functions).ParseFS(files, "page/*.html"))
})

// contents reads the document once, when the page is first asked for.
var contents = sync.OnceValues(func() (document.Document, error) { return document.Parse(openapi.Document) })

// policy keeps the page from asking any other host, and from running anything that is not a file of this handler.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// mediaTypes are those of the files that the handler serves.
var mediaTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
	".yaml": "application/yaml", ".xsd": "application/xml",
}

// Handler serves what is at Path and below it.
func Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+Path+"{$}", show("reference.html"))
	mux.HandleFunc("GET "+Path+"from-the-original", show("original.html"))
	mux.Handle("GET "+Path+"openapi.yaml", description(openapi.Document))
	mux.Handle("GET "+Path+"openapi-3.0.yaml", description(openapi.Twin))
	mux.Handle("GET "+Path+"events/", http.StripPrefix(Path, http.FileServerFS(openapi.EventSchemas)))
	for name, content := range assets() {
		mux.Handle("GET "+Path+name, file(name, content))
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		mux.ServeHTTP(w, r)
	})
}

// description serves an OpenAPI document in which the address of the service is the one that the request was sent to.
func description(content []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		file("openapi.yaml", openapi.ServedFrom(content, origin(r))).ServeHTTP(w, r)
	})
}

// origin is the scheme and the host that was called.
func origin(r *http.Request) string { return "http://" + r.Host }

// assets is every other file, by its name below Path.
func assets() map[string][]byte {
	served := map[string][]byte{"accounttasks.xsd": openapi.XMLSchema}
	for _, p := range quickstart.Programs() {
		served["first-clients/"+p.File] = p.Source()
	}
	names, err := fs.Glob(files, "page/*.[cjs]*")
	for _, name := range names {
		var content []byte
		if content, err = files.ReadFile(name); err != nil {
			break
		}
		served[path.Base(name)] = content
	}
	if err != nil {
		panic("reference: " + err.Error()) // the files are part of the program
	}
	return served
}

// show writes a template for the host that was called.
func show(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		document, err := contents()
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		var page bytes.Buffer
		v := view{Document: document, Origin: origin(r), Demo: demo.Clients()[0], Task: demo.TaskID.String()}
		if err := templates().ExecuteTemplate(&page, name, v); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page.Bytes())
	}
}

func file(name string, content []byte) http.Handler {
	mediaType, known := mediaTypes[name[strings.LastIndex(name, "."):]]
	if !known {
		mediaType = "text/plain; charset=utf-8"
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", mediaType)
		http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
	})
}
