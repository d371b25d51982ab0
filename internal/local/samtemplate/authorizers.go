package samtemplate

import (
	"fmt"
	"slices"
	"strings"

	"accounttasks/internal/local/apigateway"
)

// identitySource is the only place that the local gateway takes a token from.
const identitySource = "$request.header.Authorization"

// authorizer is an authorizer of the API with the scopes that its routes ask for
// unless they name others.
type authorizer struct {
	jwt    apigateway.JWTAuthorizer
	scopes []string
}

// readAuthorizers reads the API's Auth and replaces the parameters in it: local
// tokens come from the local issuer.
func readAuthorizers(auth block, local Substitutes) (map[string]authorizer, error) {
	declared, err := auth.child("Authorizers")
	if err != nil {
		return nil, err
	}
	authorizers := map[string]authorizer{}
	for _, name := range declared.names() {
		settings, err := declared.child(name)
		if err != nil {
			return nil, err
		}
		if authorizers[name], err = readAuthorizer(settings, local); err != nil {
			return nil, err
		}
	}
	return authorizers, nil
}

func readAuthorizer(settings block, local Substitutes) (authorizer, error) {
	if err := settings.only("JwtConfiguration", "IdentitySource", "AuthorizationScopes"); err != nil {
		return authorizer{}, err
	}
	source, err := settings.text("IdentitySource")
	if err != nil {
		return authorizer{}, err
	}
	if source != "" && !strings.EqualFold(source, identitySource) {
		return authorizer{}, fmt.Errorf("%s.IdentitySource: the local stack can honour %s only", settings.path, identitySource)
	}
	jwt, err := readJWT(settings, local)
	if err != nil {
		return authorizer{}, err
	}
	scopes, err := settings.texts("AuthorizationScopes")
	return authorizer{jwt, scopes}, err
}

func readJWT(settings block, local Substitutes) (apigateway.JWTAuthorizer, error) {
	jwt, err := settings.child("JwtConfiguration")
	if err != nil {
		return apigateway.JWTAuthorizer{}, err
	}
	jwt = lowerCased(jwt) // SAM takes issuer and audience in any case
	if err := jwt.only("issuer", "audience"); err != nil {
		return apigateway.JWTAuthorizer{}, err
	}
	issuer, err := jwt.text("issuer")
	if err != nil {
		return apigateway.JWTAuthorizer{}, err
	}
	audience, err := jwt.texts("audience")
	if err != nil {
		return apigateway.JWTAuthorizer{}, err
	}
	if issuer != local.Issuer || !slices.Contains(audience, local.Audience) {
		return apigateway.JWTAuthorizer{}, fmt.Errorf("%s: issuer and audience must each refer to a parameter, in whose place the local stack can put its own", jwt.path)
	}
	return apigateway.JWTAuthorizer{Issuer: issuer, Audience: audience}, nil
}

// substituteIssuer puts the local issuer and audience in the place of the parameters
// that authorizers refer to, so that a template that makes an issuer of its own
// where none is given makes none here.
func (r *resolver) substituteIssuer(local Substitutes) {
	for name := range r.resources {
		if r.kindOf(name) != typeHTTPAPI {
			continue
		}
		for _, settings := range members(r.resources[name], "Properties", "Auth", "Authorizers") {
			for setting, value := range members(settings, "JwtConfiguration") {
				switch strings.ToLower(setting) {
				case "issuer":
					r.substitute(value, local.Issuer)
				case "audience":
					r.substitute(value, local.Audience)
				}
			}
		}
	}
}

// members follows a path of names into a value as it is written; what is not
// there has no members.
func members(value any, path ...string) map[string]any {
	found, _ := value.(map[string]any)
	for _, name := range path {
		found, _ = found[name].(map[string]any)
	}
	return found
}

// substitute puts a local value in the place of every parameter that a value refers
// to, wherever else the template uses it.
func (r *resolver) substitute(value any, local string) {
	switch v := value.(type) {
	case []any:
		for _, member := range v {
			r.substitute(member, local)
		}
	case map[string]any:
		for name, argument := range v {
			parameter, isText := argument.(string)
			if _, isParameter := r.parameters[parameter]; name == "Ref" && isText && isParameter {
				r.values[parameter] = local
				continue
			}
			r.substitute(argument, local)
		}
	}
}

func lowerCased(b block) block {
	members := make(map[string]any, len(b.members))
	for name, value := range b.members {
		members[strings.ToLower(name)] = value
	}
	return block{path: b.path, members: members, r: b.r}
}
