package apigateway

import (
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// hopByHop lists the headers that concern one connection and are never passed on, in either direction.
var hopByHop = []string{
	"connection", "keep-alive", "proxy-authenticate", "proxy-authorization", "proxy-connection",
	"te", "trailer", "transfer-encoding", "upgrade",
}

// eventHeaders joins repeated headers, lower-cases names, and adds what the real
// gateway adds. Cookies are in another member of the event.
func eventHeaders(s eventSource) map[string]string {
	r := s.request
	dropped := perConnection(r.Header)
	headers := map[string]string{}
	for name, values := range r.Header {
		name = strings.ToLower(name)
		if !dropped[name] && name != "cookie" && name != "expect" {
			headers[name] = strings.Join(values, ",")
		}
	}
	headers["host"] = r.Host
	headers["x-amzn-trace-id"] = s.identity.traceID
	headers["x-forwarded-for"] = forwardedFor(r)
	headers["x-forwarded-proto"] = "http"
	if _, port, err := net.SplitHostPort(r.Host); err == nil {
		headers["x-forwarded-port"] = port
	}
	if len(s.body) > 0 {
		headers["content-length"] = strconv.Itoa(len(s.body))
	}
	return headers
}

// perConnection returns the lower-case names of the headers that are not passed on, including those that the Connection
// header names.
func perConnection(h http.Header) map[string]bool {
	names := map[string]bool{}
	for _, name := range hopByHop {
		names[name] = true
	}
	for _, value := range h.Values("Connection") {
		for name := range strings.SplitSeq(value, ",") {
			names[strings.ToLower(strings.TrimSpace(name))] = true
		}
	}
	return names
}

// forwardedFor adds the client's address to those that earlier proxies have added.
func forwardedFor(r *http.Request) string {
	return strings.Join(append(r.Header.Values("X-Forwarded-For"), hostname(r.RemoteAddr)), ", ")
}

// eventCookies returns each cookie of all Cookie headers.
func eventCookies(h http.Header) []string {
	var cookies []string
	for _, value := range h.Values("Cookie") {
		for cookie := range strings.SplitSeq(value, ";") {
			if cookie = strings.TrimSpace(cookie); cookie != "" {
				cookies = append(cookies, cookie)
			}
		}
	}
	return cookies
}

// eventQuery returns the decoded parameters, or nil. Repeated ones are joined in their order. Assumed: a value that
// cannot be decoded is passed on as it was sent.
func eventQuery(raw string) map[string]string {
	var parameters map[string]string
	for pair := range strings.SplitSeq(raw, "&") {
		if pair == "" {
			continue
		}
		name, value, _ := strings.Cut(pair, "=")
		name, value = queryDecoded(name), queryDecoded(value)
		if parameters == nil {
			parameters = map[string]string{}
		}
		if earlier, repeated := parameters[name]; repeated {
			value = earlier + "," + value
		}
		parameters[name] = value
	}
	return parameters
}

func queryDecoded(text string) string {
	plain, err := url.QueryUnescape(text)
	if err != nil {
		return text
	}
	return plain
}
