package task

import (
	"strings"

	"github.com/google/uuid"

	"accounttasks/internal/wellformed"
)

// ParametersLimit is how many bytes of UTF-8 Parameters may have (contract section 5.8).
const ParametersLimit = 256 << 10

// validate applies every rule that needs only the request, and brings ContentType into its canonical
// form. The rules are those of contract section 5, 4 to 8.
func (b *RequestBody) validate() {
	b.requireTaskID()
	if !b.Sent(FieldFrequency) {
		b.Problems.AddMissing(FieldFrequency)
	}
	b.validateDateOrder()
	b.validateContentType()
	b.validateParameters()
}

func (b *RequestBody) requireTaskID() {
	switch {
	case !b.Sent(FieldTaskID):
		b.Problems.AddMissing(FieldTaskID)
	case b.TaskID == uuid.Nil && !b.Problems.Has(FieldTaskID):
		b.Problems.AddInvalid(FieldTaskID, b.Name(FieldTaskID), "the all-zero GUID")
	}
}

func (b *RequestBody) validateDateOrder() {
	if b.StartDate.IsZero() || b.FinishDate.IsZero() || !b.FinishDate.Before(b.StartDate) {
		return
	}
	b.Problems.add(FieldFinishDate, "%s cannot be %s, which is before %s: send %s or a later date, or leave it out.",
		Quote(b.Name(FieldFinishDate)), FormatDate(b.FinishDate), Quote(b.Name(FieldStartDate)), FormatDate(b.StartDate))
}

// validateContentType compares without case or parameters.
func (b *RequestBody) validateContentType() {
	if b.Problems.Has(FieldContentType) {
		return
	}
	if strings.TrimSpace(b.ContentType) == "" {
		b.require(FieldContentType)
		return
	}
	mediaType, _, _ := strings.Cut(b.ContentType, ";")
	switch mediaType = strings.ToLower(strings.TrimSpace(mediaType)); mediaType {
	case ContentTypeJSON, ContentTypeXML:
		b.ContentType = mediaType
	default:
		b.Problems.AddInvalid(FieldContentType, b.Name(FieldContentType), QuoteValue(b.ContentType))
	}
}

func (b *RequestBody) validateParameters() {
	switch {
	case b.Problems.Has(FieldParameters):
	case strings.TrimSpace(b.Parameters) == "":
		b.require(FieldParameters)
	case len(b.Parameters) > ParametersLimit:
		b.Problems.addCode(CodePayloadTooLarge, FieldParameters,
			"%s cannot be %d bytes of UTF-8: send at most %d bytes.", Quote(b.Name(FieldParameters)), len(b.Parameters), ParametersLimit)
	default:
		b.validateText()
	}
}

// validateText looks at what Parameters says. The value itself is never repeated in an answer.
func (b *RequestBody) validateText() {
	if r, found := wellformed.ForbiddenInXML(b.Parameters); found {
		b.Problems.add(FieldParameters, "%s cannot contain the character U+%04X: send only characters that XML 1.0 allows.",
			Quote(b.Name(FieldParameters)), r)
		return
	}
	if b.Problems.Has(FieldContentType) {
		return
	}
	format, check := "JSON", wellformed.JSON
	if b.ContentType == ContentTypeXML {
		format, check = "XML", wellformed.XML
	}
	if err := check(b.Parameters); err != nil {
		b.Problems.add(FieldParameters, "%s is not well-formed %s (%v): send text in the format that %s names.",
			Quote(b.Name(FieldParameters)), format, err, Quote(b.Name(FieldContentType)))
	}
}

// require adds a problem: a required text is missing, null, empty or only white space.
func (b *RequestBody) require(f Field) {
	if b.Sent(f) {
		b.Problems.AddInvalid(f, b.Name(f), "empty")
		return
	}
	b.Problems.AddMissing(f)
}
