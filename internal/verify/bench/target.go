package main

// target is a ratio, or a size, that the function must stay below. A value of zero was not measured.
type target struct {
	what  string
	limit float64
	got   func(r results) float64
}

var floorTargets = []target{
	{"binary, to the floor's", 1.25, to(function, binaryHost, floor, binaryHost)},
	{"zip, to the floor's", 1.25, to(function, zipHost, floor, zipHost)},
	{"zip for arm64, MB", 3.80, func(r results) float64 { return r.values(function, zipArm)[0] }},
	{"start to first /next without warm-up, to the floor's", 1.25, to(unwarmed, startWall, floor, startWall)},
	// The first call of a token asks the table for it before it updates: two requests, where a warm one has one.
	{"first invocation, to a warm one of its own", 2.5, to(function, firstWall, function, warmMedian)},
	{"warm invocation's CPU, to the floor's", 1.25, to(function, warmCPU, floor, warmCPU)},
	{"peak memory, to the floor's", 1.25, to(function, peakMemory, floor, peakMemory)},
	{"DynamoDB requests per update, more or less than one", 0, awayFromOne(function)},
	{"DynamoDB requests per registration, more or less than one", 0, awayFromOne(register)},
	{"DynamoDB requests per read, more or less than one", 0, awayFromOne(read)},
}

// init adds that registering and reading cost at most a tenth more than an update.
func init() {
	for _, operation := range []string{register, read} {
		for _, m := range []metric{startWall, firstWall, warmMedian, warmCPU} {
			floorTargets = append(floorTargets, target{operation + ": " + string(m) + ", to the update's", 1.1, to(operation, m, function, m)})
		}
	}
}

// awayFromOne is by how much a program's requests to DynamoDB for an invocation differ from one.
func awayFromOne(name string) func(results) float64 {
	return func(r results) float64 {
		least, most := r.extremes(name, requests)
		return max(1-least, most-1)
	}
}

func to(name string, m metric, base string, baseMetric metric) func(results) float64 {
	return func(r results) float64 { return r.ratio(name, m, base, baseMetric) }
}

// peerTargets compare with the best peer, whichever that is, with the best one that makes the function's requests to
// DynamoDB, and the warm CPU time with the sample in the same language.
var peerTargets = []target{
	{"start and first invocation, to the fastest peer's", 1.4, toFastestPeer(whole)},
	{"128 MB: start and first invocation, to the fastest peer's", 1.4, toFastestPeer(shares[0])},
	{"256 MB: start and first invocation, to the fastest peer's", 1.4, toFastestPeer(shares[1])},
	{"start and first invocation, to the peer's with the same requests", 1.4, toTheSameRequests(whole)},
	{"128 MB: start and first invocation, to the peer's with the same requests", 1.4, toTheSameRequests(shares[0])},
	{"256 MB: start and first invocation, to the peer's with the same requests", 1.4, toTheSameRequests(shares[1])},
	{"warm invocation's CPU, to the Go sample's", 1, to(function, warmCPU, goSample, warmCPU)},
}

// toFastestPeer is the largest of the function's ratios to the peers.
func toFastestPeer(s share) func(results) float64 {
	return func(r results) float64 {
		m := s.metric(startAndFirst)
		return max(r.ratio(function, m, goSample, m), r.ratio(function, m, rustAWSLC, m), r.ratio(function, m, rustRing, m))
	}
}

// toTheSameRequests is the function's ratio to the peer that makes the same requests to DynamoDB.
func toTheSameRequests(s share) func(results) float64 {
	m := s.metric(startAndFirst)
	return to(function, m, rustReads, m)
}
