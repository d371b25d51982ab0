package api

import "strings"

// authorizations returns the values of the Authorization header, without those that are empty. An HTTP API joins several
// lines with commas. Credentials of Bearer and Basic have no comma in them; those of other schemes may have.
func authorizations(lines []string) []string {
	var values []string
	for _, line := range lines {
		for i, part := range strings.Split(line, ",") {
			part = strings.Trim(part, " \t")
			last := len(values) - 1
			switch {
			case part == "":
			case i > 0 && last >= 0 && !isOfOwnScheme(values[last]) && !isOfOwnScheme(part):
				values[last] += "," + part
			default:
				values = append(values, part)
			}
		}
	}
	return values
}

// isOfOwnScheme reports whether a value has a scheme that the service takes.
func isOfOwnScheme(value string) bool {
	return isOfScheme(value, "Bearer") || isOfScheme(value, "Basic")
}

func isOfScheme(value, scheme string) bool {
	sent, _, _ := strings.Cut(value, " ")
	return strings.EqualFold(sent, scheme)
}
