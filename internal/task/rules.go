package task

import (
	"strings"

	"github.com/google/uuid"

	"accounttasks/internal/wellformed"
)

// ParametersLimit is how many bytes of UTF-8 Parameters may have (contract section 5.8).
const ParametersLimit = 256 << 10

// validate applies every rule that needs nothing but the draft, and brings ContentType into its canonical
// form. The rules are those of contract section 5, 4 to 8.
func (d *RequestBody) validate() {
	d.requireTaskID()
	if !d.Sent(FieldFrequency) {
		d.Problems.AddMissing(FieldFrequency)
	}
	d.validateDateOrder()
	d.validateContentType()
	d.validateParameters()
}

func (d *RequestBody) requireTaskID() {
	switch {
	case !d.Sent(FieldTaskID):
		d.Problems.AddMissing(FieldTaskID)
	case d.TaskID == uuid.Nil && !d.Problems.Has(FieldTaskID):
		d.Problems.AddInvalid(FieldTaskID, d.Name(FieldTaskID), "the all-zero GUID")
	}
}

func (d *RequestBody) validateDateOrder() {
	if d.StartDate.IsZero() || d.FinishDate.IsZero() || !d.FinishDate.Before(d.StartDate) {
		return
	}
	d.Problems.add(FieldFinishDate, "%s cannot be %s, which is before %s: send %s or a later date, or leave it out.",
		Quote(d.Name(FieldFinishDate)), FormatDate(d.FinishDate), Quote(d.Name(FieldStartDate)), FormatDate(d.StartDate))
}

// validateContentType compares without case or parameters.
func (d *RequestBody) validateContentType() {
	if d.Problems.Has(FieldContentType) {
		return
	}
	if strings.TrimSpace(d.ContentType) == "" {
		d.require(FieldContentType)
		return
	}
	mediaType, _, _ := strings.Cut(d.ContentType, ";")
	switch mediaType = strings.ToLower(strings.TrimSpace(mediaType)); mediaType {
	case ContentTypeJSON, ContentTypeXML:
		d.ContentType = mediaType
	default:
		d.Problems.AddInvalid(FieldContentType, d.Name(FieldContentType), QuoteValue(d.ContentType))
	}
}

func (d *RequestBody) validateParameters() {
	switch {
	case d.Problems.Has(FieldParameters):
	case strings.TrimSpace(d.Parameters) == "":
		d.require(FieldParameters)
	case len(d.Parameters) > ParametersLimit:
		d.Problems.addCode(CodePayloadTooLarge, FieldParameters,
			"%s cannot be %d bytes of UTF-8: send at most %d bytes.", Quote(d.Name(FieldParameters)), len(d.Parameters), ParametersLimit)
	default:
		d.validateText()
	}
}

// validateText looks at what Parameters says. The value itself is never repeated in an answer.
func (d *RequestBody) validateText() {
	if r, found := wellformed.ForbiddenInXML(d.Parameters); found {
		d.Problems.add(FieldParameters, "%s cannot contain the character U+%04X: send only characters that XML 1.0 allows.",
			Quote(d.Name(FieldParameters)), r)
		return
	}
	if d.Problems.Has(FieldContentType) {
		return
	}
	format, check := "JSON", wellformed.JSON
	if d.ContentType == ContentTypeXML {
		format, check = "XML", wellformed.XML
	}
	if err := check(d.Parameters); err != nil {
		d.Problems.add(FieldParameters, "%s is not well-formed %s (%v): send text in the format that %s names.",
			Quote(d.Name(FieldParameters)), format, err, Quote(d.Name(FieldContentType)))
	}
}

// require notes that a required text is missing, null, empty or only white space.
func (d *RequestBody) require(f Field) {
	if d.Sent(f) {
		d.Problems.AddInvalid(f, d.Name(f), "empty")
		return
	}
	d.Problems.AddMissing(f)
}
