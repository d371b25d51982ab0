package main

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"accounttasks/internal/local/demo"
	benchsample "accounttasks/internal/verify/bench/sample"
	"accounttasks/internal/verify/hostile"
)

// worstBody is the most expensive body of a format, of those that are made to be expensive, at the largest size that
// the service reads. Times are zero where the share was not measured.
type worstBody struct {
	Format, Name string
	CPU          float64            // ms
	Times        map[string]float64 // ms, by the name of the share
}

// hostileSize is the size of the bodies: the service's limit.
const hostileSize = 2 << 20

// worstBodies invokes a process with every hostile body, and then measures each format's most expensive one under the
// shares.
func (b *bench) worstBodies(p program) ([]worstBody, error) {
	running, err := b.startForAll(p)
	if err != nil {
		return nil, err
	}
	defer running.stop()
	var worst []worstBody
	for _, body := range hostile.Bodies {
		cost, err := costOf(running, body)
		if err != nil {
			return nil, err
		}
		found := slices.IndexFunc(worst, func(w worstBody) bool { return w.Format == body.ContentType })
		switch {
		case found < 0:
			worst = append(worst, worstBody{Format: body.ContentType, Name: body.Name, CPU: cost})
		case cost > worst[found].CPU:
			worst[found].Name, worst[found].CPU = body.Name, cost
		}
	}
	for i := range worst {
		if worst[i].Times, err = b.throttledTimes(p, worst[i].Name); err != nil {
			return nil, err
		}
	}
	return worst, nil
}

// startForAll starts the program and invokes it until it has settled.
func (b *bench) startForAll(p program) (*process, error) {
	running, err := startProcess(p.binary, b.environment(p))
	if err != nil {
		return nil, err
	}
	_, err = running.awaitNext()
	for range settling {
		if err == nil {
			_, err = invoke(running, p)
		}
	}
	if err != nil {
		running.stop()
		return nil, err
	}
	return running, nil
}

// costOf is the least CPU time, of three times, that the process takes for the body.
func costOf(running *process, body hostile.Body) (float64, error) {
	event, least := eventOf(body), 0.0
	for range 3 {
		before, err := running.cpuTime()
		if err != nil {
			return 0, err
		}
		if _, _, err := running.invoke(event); err != nil {
			return 0, fmt.Errorf("%s: %w", body.Name, err)
		}
		after, err := running.cpuTime()
		if err != nil {
			return 0, err
		}
		if cost := milliseconds(after - before); least == 0 || cost < least {
			least = cost
		}
	}
	return least, nil
}

// throttledTimes are the times of the body's answer under each share.
func (b *bench) throttledTimes(p program, name string) (map[string]float64, error) {
	body := hostile.Bodies[slices.IndexFunc(hostile.Bodies, func(h hostile.Body) bool { return h.Name == name })]
	times := map[string]float64{}
	for _, share := range b.shares()[1:] {
		running, err := b.startForAll(p)
		if err != nil {
			return nil, err
		}
		defer running.stop()
		if err := running.throttle(b.groups, share); err != nil {
			return nil, err
		}
		if err := running.awaitPeriod(); err != nil {
			return nil, err
		}
		_, took, err := running.invoke(eventOf(body))
		if err != nil {
			return nil, fmt.Errorf("%s at %s: %w", name, share.name, err)
		}
		times[share.name] = milliseconds(took)
	}
	return times, nil
}

// eventOf is the event of an HTTP API that carries the body. The gateway sends forms in base64.
func eventOf(body hostile.Body) []byte {
	content, inBase64 := body.Of(hostileSize), strings.Contains(body.ContentType, "form")
	if inBase64 {
		content = base64.StdEncoding.EncodeToString([]byte(content))
	}
	quoted, err := json.Marshal(content)
	if err != nil {
		panic(err) // a string always encodes
	}
	return fmt.Appendf(nil, `{"version":"2.0","routeKey":"PUT /api/v1/admin/tasks/account/{id}",`+
		`"rawPath":"/api/v1/admin/tasks/account/%s","pathParameters":{"id":"%[1]s"},`+
		`"headers":{"authorization":"Bearer %s","content-type":"%s"},"requestContext":{"http":{"method":"PUT"},"stage":"$default"},`+
		`"body":%s,"isBase64Encoded":%t}`, benchsample.ID, demo.AccessToken, body.ContentType, quoted, inBase64)
}

// worstTable writes the bodies as a table.
func worstTable(worst []worstBody) string {
	if len(worst) == 0 {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n| most expensive body of 2 MiB | | CPU ms | %s, ms | %s, ms | %s, ms |\n|---|---|---|---|---|---|\n",
		shares[0].name, shares[1].name, shares[2].name)
	for _, w := range worst {
		fmt.Fprintf(&b, "| %s | %s | %s", w.Format, w.Name, figure(w.CPU))
		for _, s := range shares {
			fmt.Fprintf(&b, " | %s", figure(w.Times[s.name]))
		}
		b.WriteString(" |\n")
	}
	return b.String()
}
