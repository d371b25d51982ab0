package endtoend_test

import (
	"strings"
	"sync"
	"testing"
)

func TestUpdateInEveryFormat(t *testing.T) {
	c := start(t)
	for _, test := range []struct{ contentType, body, want string }{
		{
			"application/json",
			`{"Enabled":true,"TaskID":"` + reportTask + `","Frequency":0,"StartDate":"2026-06-04T03:45:03.2545297+00:00",` +
				`"FinishDate":"2026-06-04T03:45:03.2545297+00:00","Parameters":"{}","ContentType":"application/json","Notification":0}`,
			`"StartDate":"2026-06-04T03:45:03.2545297+00:00"`,
		},
		{
			"application/xml",
			`<AccountTaskUpdateRequest xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><TaskID>` + reportTask + `</TaskID>` +
				`<Frequency>NONE</Frequency><StartDate>2026-06-04T03:45:03.2545297+00:00</StartDate><FinishDate xsi:nil="true"/>` +
				`<Parameters>&lt;p/&gt;</Parameters><ContentType>application/xml</ContentType></AccountTaskUpdateRequest>`,
			`<StartDate>2026-06-04T03:45:03.2545297+00:00</StartDate><FinishDate xsi:nil="true" /><Parameters>&lt;p/&gt;</Parameters>`,
		},
		{
			"application/x-www-form-urlencoded",
			"TaskID=" + reportTask + "&Frequency=daily&StartDate=2026-06-04T03%3A45%3A03.2545297%2B00%3A00&Parameters=%22a+b%22&ContentType=application%2Fjson",
			`"StartDate":"2026-06-04T03:45:03.2545297+00:00","FinishDate":null,"Parameters":"\"a b\""`,
		},
	} {
		got := c.send("PUT", pathOf(demoTask), test.body, "Content-Type", test.contentType)
		if got.StatusCode != 200 || !strings.Contains(got.body, test.want) {
			t.Errorf("%s: got %d %s\nwant %s in it", test.contentType, got.StatusCode, got.body, test.want)
		}
	}
}

func TestLargestParametersComeBackExactly(t *testing.T) {
	c := start(t)
	parameters := `"` + strings.Repeat("Grüße 😀 <&> ", 262_142/19) + `"`
	got := c.put(demoTask, update(parameters)).mustBe(t, 200, "").envelope(t)
	if got.ResponseData.Detail.Parameters != parameters {
		t.Errorf("got %d bytes back that are not the %d sent", len(got.ResponseData.Detail.Parameters), len(parameters))
	}
}

func TestRacingOnOneTagHasOneWinner(t *testing.T) {
	c := start(t)
	tag := c.put(demoTask, update("0")).mustBe(t, 200, "").Header.Get("ETag")
	replies := make([]reply, 2)
	var racing sync.WaitGroup
	for i := range replies {
		racing.Go(func() { replies[i] = c.put(demoTask, update(`"`+string(rune('a'+i))+`"`), "If-Match", tag) })
	}
	racing.Wait()
	if replies[0].StatusCode != 200 {
		replies[0], replies[1] = replies[1], replies[0]
	}
	won := replies[0].mustBe(t, 200, "")
	lost := replies[1].mustBe(t, 412, "PreconditionFailed")
	if got, want := lost.envelope(t).ResponseData.Detail.Parameters, won.envelope(t).ResponseData.Detail.Parameters; got != want {
		t.Errorf("the loser was shown %s, want the winner's %s", got, want)
	}
	if got, want := lost.Header.Get("ETag"), won.Header.Get("ETag"); got != want {
		t.Errorf("the loser got the tag %s, want the winner's %s", got, want)
	}
}

func TestRepeatIsOneStep(t *testing.T) {
	c := start(t)
	first := c.put(demoTask, update("1"), "Idempotency-Key", "k").mustBe(t, 200, "")
	again := c.put(demoTask, update("1"), "Idempotency-Key", "k").mustBe(t, 200, "")
	if got, want := again.Header.Get("ETag"), first.Header.Get("ETag"); got != want {
		t.Errorf("the repeat changed the ETag from %s to %s", want, got)
	}
	if again.Header.Get("Idempotency-Replayed") != "true" || first.Header.Get("Idempotency-Replayed") != "" {
		t.Error("Idempotency-Replayed must mark the repeat and only the repeat")
	}
	c.put(demoTask, update("2"), "Idempotency-Key", "k").mustBe(t, 422, "IdempotencyKeyReused")
}

func TestAccountsAreIsolated(t *testing.T) {
	demo := start(t)
	other := demo.as("other")
	before := other.put(otherTask, update("0")).mustBe(t, 200, "")
	denied := demo.put(otherTask, update("1"), "If-Match", before.Header.Get("ETag")).mustBe(t, 404, "TaskNotFound")
	absent := demo.put("00000000-0000-4000-8000-00000000dead", update("1")).mustBe(t, 404, "TaskNotFound")
	if got, want := strings.ReplaceAll(denied.body, otherTask, "X"), strings.ReplaceAll(absent.body, "00000000-0000-4000-8000-00000000dead", "X"); got != want {
		t.Errorf("another account's task is answered differently from a task that does not exist:\n%s\n%s", got, want)
	}
	other.put(otherTask, update("2"), "If-Match", before.Header.Get("ETag")).mustBe(t, 200, "")
}

func TestAThousandUpdatesInOneInstance(t *testing.T) {
	c := start(t)
	first := c.put(secondTask, update("0")).mustBe(t, 200, "").Header.Get("ETag")
	for range 999 {
		c.put(secondTask, update("0")).mustBe(t, 200, "")
	}
	last := c.put(secondTask, update("0")).mustBe(t, 200, "").Header.Get("ETag")
	if got, want := versionOf(t, last), versionOf(t, first)+1000; got != want {
		t.Errorf("got version %d, want %d", got, want)
	}
	c.stack.Close() // so that everything is printed
	if strings.Contains(c.output.String(), "instance-2") {
		t.Error("updates one after another took more than one instance")
	}
}
