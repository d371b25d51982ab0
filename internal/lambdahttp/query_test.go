package lambdahttp_test

import "testing"

func TestQueryIsPassedOn(t *testing.T) {
	const id = "id=00000000-0000-0000-0000-000000000000"
	for name, test := range map[string]struct{ event, want string }{
		"v2, none":       {eventV2(), ""},
		"v2":             {eventV2(with("count=5&after=a%26b&count=6", "rawQueryString")), "count=5&after=a%26b&count=6"},
		"v2, an id":      {eventV2(with(id, "rawQueryString")), id},
		"v2, a map only": {eventV2(with(object{"after": "a&b", "count": "5"}, "queryStringParameters")), "after=a%26b&count=5"},
		"v1, none":       {eventV1(), ""},
		"v1":             {eventV1(with(object{"count": []string{"5", "6"}, "after": []string{"a&b"}}, "multiValueQueryStringParameters")), "after=a%26b&count=5&count=6"},
		"v1, a map only": {eventV1(with(object{"id": "x"}, "queryStringParameters")), "id=x"},
		"v1, null":       {eventV1(with(nil, "queryStringParameters"), with(nil, "multiValueQueryStringParameters")), ""},
	} {
		s := newStage()
		if r := s.invoke(t, test.event); r.StatusCode != 200 || s.updater.drafts[0].ID.String() != taskID {
			t.Errorf("%s: got %d and %s, want an update of the path's task", name, r.StatusCode, r.Body)
		}
		if got := s.request.URL.RawQuery; got != test.want {
			t.Errorf("%s: got the query %q, want %q", name, got, test.want)
		}
	}
}
