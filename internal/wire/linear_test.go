package wire_test

import (
	"net/http"
	"testing"

	"accounttasks/internal/verify/linear"
	"accounttasks/internal/wire"
)

func TestReadingIsLinear(t *testing.T) {
	for _, hostile := range hostileBodies {
		t.Run(hostile.name, func(t *testing.T) {
			linear.Check(t, hostile.of, func(body []byte) { wire.Read(wire.Body{Bytes: body, ContentType: hostile.contentType}) })
		})
	}
}

// hostileHeaders are headers of any size that are made to be expensive to read.
var hostileHeaders = map[string]func(size int) string{
	"q-values":           between("text/xml", numbered(",text/xml;q=0.%d"), ""),
	"a long q-value":     between("text/xml;q=0.", same("9"), ",text/json"),
	"parameters":         between("text/xml", numbered(";p%d=1"), ""),
	"one parameter":      between("text/xml", same(";q=1"), ""),
	"commas":             between("", same(" ,"), "text/xml"),
	"open quotation":     between(`text/xml;p="`, same(`\"`), ""),
	"quotations":         between("text/xml", same(`;p="\""`), ""),
	"spaces":             between("text/xml", same(" "), ";q=1"),
	"ranges":             between("*/*", same(",*/*"), ""),
	"types not produced": between("a/b", numbered(",a/b%d;q=0"), ""),
}

func TestReadingHeadersIsLinear(t *testing.T) {
	for name, of := range hostileHeaders {
		t.Run("Accept of "+name, func(t *testing.T) {
			linear.Check(t, of, func(value []byte) { wire.Negotiate(http.Header{"Accept": {string(value)}}) })
		})
		t.Run("Content-Type of "+name, func(t *testing.T) {
			linear.Check(t, of, func(value []byte) { wire.Read(wire.Body{Bytes: []byte("{}"), ContentType: string(value)}) })
		})
	}
}
