# Everything there is to do with this project: `make` prints the list.
#
# `make run` and `make test` need Go and make. The other targets install what they use into .build/tools, at the
# versions given here and in .tools/; SAM, the template's linter and moto need Python 3.10 or later.

STATICCHECK_VERSION := v0.8.2
GOVULNCHECK_VERSION := v1.9.0

# norpc leaves out Lambda's retired RPC mode; -s -w and -trimpath what only a debugger reads: a smaller binary starts
# sooner. Without the commit stamped in, the same source gives the same binary, and a deployment changes only what
# changed.
GO_BUILD := CGO_ENABLED=0 go build -buildvcs=false -tags lambda.norpc -trimpath -ldflags "-s -w"

BUILD    := .build
FUNCTION := $(BUILD)/local/bootstrap
PYTHON   ?= python3
VENV     := $(BUILD)/tools/python
TOOLS    := $(VENV)/.installed
SAM      := SAM_CLI_TELEMETRY=0 $(VENV)/bin/sam

# The environment of samconfig.toml, and the stage it deploys.
CONFIG ?= default
STAGE   = $(if $(filter prod,$(CONFIG)),prod,dev)

.PHONY: help
help: ## Print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# exec: the stack itself hears Ctrl-C, and make ends as it does, without a message of its own.
.PHONY: run
run: function ## Start the local stack (PORT, DYNAMODB_ENDPOINT); Ctrl-C ends it
	@go build -buildvcs=false -o $(BUILD)/local/stack ./internal/local
	@exec $(BUILD)/local/stack -function $(FUNCTION) -template template.yaml

# -count=1: Go's test cache does not see a change of the function's binary, which the end-to-end tests run.
# The race detector needs cgo, and that a C compiler. Where CI has none the run fails: it never checks less unseen.
# DYNAMODB_ENDPOINT is for the targets that say so: the tests use the embedded table, whatever the shell exports.
.PHONY: test
test: function ## Run all tests, with the race detector where there is a C compiler
	@if [ -n "$(CI)" ] || [ "$$(go env CGO_ENABLED)" = 1 ]; then \
		export CGO_ENABLED=1; race=-race; \
	else \
		race=; echo "test: no C compiler here: running WITHOUT the race detector"; \
	fi; \
	unset DYNAMODB_ENDPOINT; export FUNCTION_BINARY="$(CURDIR)/$(FUNCTION)"; \
	set -x; go test $$race -count=1 ./...

.PHONY: test-dynamodb
test-dynamodb: ## Run the table's conformance tests on DYNAMODB_ENDPOINT, or on moto where that is not set
ifdef DYNAMODB_ENDPOINT
	go test -count=1 -run TestConformance ./internal/dynamo/...
else
test-dynamodb: $(TOOLS)
	$(VENV)/bin/python .tools/with_moto.py go test -count=1 -run TestConformance ./internal/dynamo/...
endif

.PHONY: lint
lint: lint-go lint-template ## Check the Go code, its dependencies and the template

.PHONY: lint-go
lint-go:
	@unformatted=$$(gofmt -l functions internal); \
		[ -z "$$unformatted" ] || { echo "lint: run gofmt -w on:"; echo "$$unformatted"; exit 1; }
	go vet ./...
	go run honnef.co/go/tools/cmd/staticcheck@$(STATICCHECK_VERSION) -checks all ./...
	go mod tidy -diff
	.tools/govulncheck.sh $(GOVULNCHECK_VERSION)

# cfn-lint checks the template and what SAM makes of it, notes included; SAM's own validation checks SAM's schema.
.PHONY: lint-template
lint-template: $(TOOLS)
	$(VENV)/bin/cfn-lint --include-checks I --template template.yaml
	$(SAM) validate --lint

.PHONY: build
build: $(TOOLS) ## Build with SAM what is deployed (CONFIG=x86_64: for sam local on such a machine)
	$(SAM) build --config-env $(CONFIG)

.PHONY: validate
validate: $(TOOLS) ## Check the template with SAM
	$(SAM) validate --lint

.PHONY: deploy
deploy: build ## Build and deploy (ISSUER=… AUDIENCE=… the first time; CONFIG=prod for production)
	$(SAM) deploy --config-env $(CONFIG) $(if $(ISSUER)$(AUDIENCE),--parameter-overrides Stage=$(STAGE) \
		$(if $(ISSUER),"Issuer=$(ISSUER)") $(if $(AUDIENCE),"Audience=$(AUDIENCE)"))

.PHONY: clean
clean: ## Remove everything the other targets made
	rm -rf $(BUILD) .aws-sam

# The function for this machine, with the tags and flags it has in Lambda.
.PHONY: function
function:
	@$(GO_BUILD) -o $(FUNCTION) ./functions/accounttasks

# SAM runs this with ARTIFACTS_DIR and says nothing of the architecture; but it has just noted it for itself, in
# build.toml beside the artifacts' folder. (A build of one function by name, `sam build AccountTasksFunction`, finds
# the note of the last full one.) Where there is none it is the template's default.
ARCHITECTURE = $(or $(shell sed -n 's/^architecture = "\(.*\)"$$/\1/p' "$(ARTIFACTS_DIR)/../../build.toml" 2>/dev/null | sort -u),arm64)
GOARCH_arm64  := arm64
GOARCH_x86_64 := amd64

.PHONY: build-AccountTasksFunction
build-AccountTasksFunction:
	GOOS=linux GOARCH=$(or $(GOARCH_$(ARCHITECTURE)),$(error unknown architecture "$(ARCHITECTURE)")) \
		$(GO_BUILD) -o "$(ARTIFACTS_DIR)/bootstrap" ./functions/accounttasks

$(TOOLS): .tools/requirements.txt .tools/constraints.txt
	@$(PYTHON) -c 'import sys, venv, ensurepip; assert sys.version_info >= (3, 10)' 2>/dev/null || { \
		echo "This target needs Python 3.10 or later with venv and pip: on Debian and Ubuntu, apt-get install" \
			"python3-venv. PYTHON=… names another Python."; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r .tools/requirements.txt -c .tools/constraints.txt
	@touch $@
