package wire_test

import (
	"net/http"
	"testing"

	"accounttasks/internal/verify/hostile"
	"accounttasks/internal/verify/linear"
	"accounttasks/internal/wire"
)

func TestReadingIsLinear(t *testing.T) {
	for _, body := range hostile.Bodies {
		t.Run(body.Name, func(t *testing.T) {
			linear.Check(t, body.Of, func(content []byte) { wire.ReadUpdate(wire.Body{Bytes: content, ContentType: body.ContentType}) })
		})
	}
}

// hostileHeaders are headers of any size that are made to be expensive to read.
var hostileHeaders = map[string]func(size int) string{
	"q-values":           hostile.Between("text/xml", hostile.Numbered(",text/xml;q=0.%d"), ""),
	"a long q-value":     hostile.Between("text/xml;q=0.", hostile.Same("9"), ",text/json"),
	"parameters":         hostile.Between("text/xml", hostile.Numbered(";p%d=1"), ""),
	"one parameter":      hostile.Between("text/xml", hostile.Same(";q=1"), ""),
	"commas":             hostile.Between("", hostile.Same(" ,"), "text/xml"),
	"open quotation":     hostile.Between(`text/xml;p="`, hostile.Same(`\"`), ""),
	"quotations":         hostile.Between("text/xml", hostile.Same(`;p="\""`), ""),
	"spaces":             hostile.Between("text/xml", hostile.Same(" "), ";q=1"),
	"ranges":             hostile.Between("*/*", hostile.Same(",*/*"), ""),
	"types not produced": hostile.Between("a/b", hostile.Numbered(",a/b%d;q=0"), ""),
}

func TestReadingHeadersIsLinear(t *testing.T) {
	for name, of := range hostileHeaders {
		t.Run("Accept of "+name, func(t *testing.T) {
			linear.Check(t, of, func(value []byte) { wire.Negotiate(http.Header{"Accept": {string(value)}}) })
		})
		t.Run("Content-Type of "+name, func(t *testing.T) {
			linear.Check(t, of, func(value []byte) { wire.ReadUpdate(wire.Body{Bytes: []byte("{}"), ContentType: string(value)}) })
		})
	}
}
