package task

// RequestBody is the body of a registration or an update as a reader found it, before the rules are applied. What
// could not be read is among its Problems and has the zero value.
type RequestBody struct {
	// Enabled is nil where the caller left it out.
	Enabled *bool
	Definition
	Reading
}

// Slot is a field with a pointer to its value: **bool, *uuid.UUID, *time.Time, *string, or an Enumerated.
type Slot struct {
	Field Field
	Value any
}

// Slots are the body's fields with the places for their values, in their published order.
func (b *RequestBody) Slots() []Slot {
	slots := make([]Slot, len(BodyFields))
	for i, f := range BodyFields {
		slots[i] = Slot{f, f.value(b)}
	}
	return slots
}

// Slot is one of the body's fields with the place for its value.
func (b *RequestBody) Slot(f Field) Slot { return Slot{f, f.value(b)} }

// fingerprinted is how many fields the fingerprints of the first version had.
const fingerprinted = 8

// fingerprint identifies what the request does, as decoded: two requests with the same fingerprint are the same,
// however they were written (contract section 5.13). The first fields always take part; a later one only where it
// is set, with its name, so that adding it changes no fingerprint of an earlier version.
func (b *RequestBody) fingerprint() string {
	parts := make([]string, 0, fingerprinted)
	for i, field := range BodyFields {
		slot := b.Slot(field)
		text, set := TextOf(slot.Value)
		switch {
		case i < fingerprinted && slot.Field == FieldEnabled && !set:
			parts = append(parts, "kept")
		case i < fingerprinted:
			parts = append(parts, text)
		case set:
			parts = append(parts, slot.Field.name, text)
		}
	}
	return digest(parts...)
}

// Reading is what is known about a body besides its values: the names under which its fields were sent, and what is wrong
// with them.
type Reading struct {
	Problems Problems
	sent     map[Field]string
}

// SetSentName records that the caller sent the field, and under which name.
func (r *Reading) SetSentName(f Field, name string) {
	if r.sent == nil {
		r.sent = make(map[Field]string, len(BodyFields))
	}
	r.sent[f] = name
}

// Sent reports whether the caller sent the field at all.
func (r *Reading) Sent(f Field) bool {
	_, sent := r.sent[f]
	return sent
}

// Name is the field's name as the caller wrote it, or as published where it was not sent.
func (r *Reading) Name(f Field) string {
	if name, sent := r.sent[f]; sent {
		return name
	}
	return f.name
}
