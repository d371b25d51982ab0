package telemetry

// document is one line in embedded metric format. CloudWatch takes only the metrics that the line declares.
type document struct {
	AWS          declaration `json:"_aws"`
	Level        string      `json:"level"`
	Timestamp    string      `json:"timestamp"`
	FunctionName string
	Operation    string
	Code         string   `json:",omitempty"`
	Requests     int      `json:",omitempty"`
	Updates      int      `json:",omitempty"`
	Repeats      int      `json:",omitempty"`
	Conflicts    int      `json:",omitempty"`
	Rejections   int      `json:",omitempty"`
	TableLatency *float64 `json:",omitempty"`
	TableRetries *int     `json:",omitempty"`
}

type declaration struct {
	Timestamp         int64 // in milliseconds since 1970
	CloudWatchMetrics []directive
}

// directive declares metrics under sets of dimensions.
type directive struct {
	Namespace  string
	Dimensions [][]string
	Metrics    []metric
}

// metric is a metric as embedded metric format declares it.
type metric struct {
	Name string
	Unit string
}

// The sets of dimensions: every metric has the first two, rejections have all three.
var (
	byFunction  = []string{"FunctionName"}
	byOperation = []string{"FunctionName", "Operation"}
	byCode      = []string{"FunctionName", "Code"}
)
