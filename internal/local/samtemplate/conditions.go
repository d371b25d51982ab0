package samtemplate

import "fmt"

// choose is Fn::If.
func (r *resolver) choose(argument any) (any, error) {
	arguments, _ := argument.([]any)
	if len(arguments) != 3 {
		return nil, fmt.Errorf("!If %v is not a condition and two values", argument)
	}
	name, _ := arguments[0].(string)
	holds, err := r.condition(name)
	if err != nil {
		return nil, err
	}
	if holds {
		return r.resolve(arguments[1])
	}
	return r.resolve(arguments[2])
}

// condition evaluates a named condition with the parameters' defaults.
func (r *resolver) condition(name string) (bool, error) {
	definition, known := r.conditions[name]
	if !known {
		return false, fmt.Errorf("there is not a condition %q", name)
	}
	if r.evaluating[name] {
		return false, fmt.Errorf("condition %s refers to itself", name)
	}
	r.evaluating[name] = true
	defer delete(r.evaluating, name)
	holds, err := r.holds(definition)
	if err != nil {
		return false, fmt.Errorf("condition %s: %w", name, err)
	}
	return holds, nil
}

func (r *resolver) holds(definition any) (bool, error) {
	call, _ := definition.(map[string]any)
	if len(call) != 1 {
		return false, fmt.Errorf("%v is not a condition", definition)
	}
	for function, argument := range call {
		if name, ok := argument.(string); ok && function == "Condition" {
			return r.condition(name)
		}
		arguments, _ := argument.([]any)
		switch function {
		case "Fn::Equals":
			return r.equals(arguments)
		case "Fn::Not":
			holds, err := r.count(arguments, 1, 1)
			return holds == 0, err
		case "Fn::And":
			holds, err := r.count(arguments, 2, 10)
			return holds == len(arguments), err
		case "Fn::Or":
			holds, err := r.count(arguments, 2, 10)
			return holds > 0, err
		}
	}
	return false, fmt.Errorf("%v is not a condition", definition)
}

// count returns how many of the conditions are true. It refuses fewer and more conditions than CloudFormation accepts.
func (r *resolver) count(conditions []any, least, most int) (int, error) {
	if len(conditions) < least || len(conditions) > most {
		return 0, fmt.Errorf("%v has %d conditions, not %d to %d", conditions, len(conditions), least, most)
	}
	total := 0
	for _, condition := range conditions {
		holds, err := r.holds(condition)
		if err != nil {
			return 0, err
		}
		if holds {
			total++
		}
	}
	return total, nil
}

func (r *resolver) equals(arguments []any) (bool, error) {
	if len(arguments) != 2 {
		return false, fmt.Errorf("!Equals compares two values, not %d", len(arguments))
	}
	left, err := r.text(arguments[0])
	if err != nil {
		return false, err
	}
	right, err := r.text(arguments[1])
	return left == right, err
}
