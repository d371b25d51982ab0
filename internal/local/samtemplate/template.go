package samtemplate

import (
	"fmt"
	"os"
	"time"

	"accounttasks/internal/local/apigateway"
	"accounttasks/internal/local/eventbus"
	"accounttasks/internal/local/schedule"
)

// Substitutes are the local values of what otherwise only a deployment decides.
type Substitutes struct {
	// TableName is the name of every table of the template.
	TableName string
	// Region and AccountID are the pseudo parameters' values.
	Region, AccountID string
}

// Template is what the template says, with all references resolved.
type Template struct {
	// Functions are in the order of their logical ids.
	Functions []Function
	// Routes lead to the functions. They are in the order of the functions and,
	// within a function, of the events' names.
	Routes []apigateway.Route
	// Schedules and Rules invoke functions, too. What is disabled is left out.
	Schedules []schedule.Schedule
	Rules     []eventbus.Rule
	// Buses are the names of the event buses.
	Buses []string
}

// Function is an AWS::Serverless::Function.
type Function struct {
	// Name is its logical id.
	Name string
	// Handler is passed on to the function as it is.
	Handler string
	// Timeout and MemoryMB are Lambda's defaults where the template has none.
	Timeout  time.Duration
	MemoryMB int
	// Retries is how often an event is tried again that came without a caller who
	// waits.
	Retries int
	// Environment holds the declared variables and those that Lambda derives
	// from the logging configuration.
	Environment map[string]string
}

// ReadFile reads the template at path.
func ReadFile(path string, s Substitutes) (Template, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return Template{}, fmt.Errorf("read the template: %w", err)
	}
	t, err := Read(data, s)
	if err != nil {
		return Template{}, fmt.Errorf("template %s: %w", path, err)
	}
	return t, nil
}

// Read reads a template in YAML or JSON.
func Read(data []byte, s Substitutes) (Template, error) {
	members, err := parse(data)
	if err != nil {
		return Template{}, err
	}
	r, err := newResolver(members, s)
	if err != nil {
		return Template{}, err
	}
	resources, err := selectResources(block{path: "template", members: members, r: r})
	if err != nil {
		return Template{}, err
	}
	operations, err := readAPI(resources.api.properties)
	if err != nil {
		return Template{}, err
	}
	var t Template
	for _, declared := range resources.functions {
		if err := t.addFunction(declared, resources.api.name); err != nil {
			return Template{}, err
		}
	}
	if err := checkOperations(operations, t.Routes); err != nil {
		return Template{}, err
	}
	return t, t.addBuses(resources)
}

// addFunction adds a function and what invokes it.
func (t *Template) addFunction(declared resource, apiName string) error {
	function, err := readFunction(declared)
	if err != nil {
		return err
	}
	t.Functions = append(t.Functions, function)
	return t.addEvents(declared, apiName)
}
