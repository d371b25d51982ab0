package samtemplate

import (
	"fmt"
	"os"
	"time"

	"accounttasks/internal/local/apigateway"
)

// Substitutes are the local values of what only a deployment knows.
type Substitutes struct {
	// TableName stands for every table of the template.
	TableName string
	// Issuer and Audience replace the parameters that the authorizers refer to.
	Issuer, Audience string
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
	document, err := parse(data)
	if err != nil {
		return Template{}, err
	}
	r := newResolver(document, s)
	// Before anything else: conditions and the function's variables may refer to
	// the parameters in whose place the local issuer stands.
	r.standIssuer(s)
	resources, err := selectResources(document, r)
	if err != nil {
		return Template{}, err
	}
	auth, err := readAPI(resources.api.properties, s)
	if err != nil {
		return Template{}, err
	}
	var t Template
	for _, resource := range resources.functions {
		function, err := readFunction(resource)
		if err != nil {
			return Template{}, err
		}
		routes, err := readRoutes(resource, resources.api.name, auth)
		if err != nil {
			return Template{}, err
		}
		t.Functions, t.Routes = append(t.Functions, function), append(t.Routes, routes...)
	}
	return t, nil
}
