# The targets of this project. `make` lists them.
#
# `make run` and `make test` need Go and make. The other targets say what else they need. They install their tools into
# .build/tools, at the versions given here and in .tools/python. "Python" is Python 3.11 or later. If a program that is
# "installed for root on Debian" is missing, the target installs Debian's package, if it runs as root.

STATICCHECK_VERSION := v0.8.2
GOVULNCHECK_VERSION := v1.9.0
ACTIONLINT_VERSION  := v1.7.12
UV_VERSION          := 0.13.9
CYCLONEDX_VERSION   := v1.9.0
MAVEN_DEPENDENCIES  := org.apache.maven.plugins:maven-dependency-plugin:3.9.0

# The project's version. A test compares CHANGELOG.md with it.
VERSION = $(shell sed -n 's/^  version: //p' internal/openapi/openapi.yaml)

# A smaller binary starts sooner. norpc leaves out Lambda's retired RPC mode. nethttpomithttp2 leaves out HTTP/2, which
# neither DynamoDB nor the Runtime API uses. -s -w and -trimpath leave out what only a debugger needs. Without the commit
# in it, the same source gives the same binary, and a deployment changes only the functions whose source has changed.
GO_BUILD := CGO_ENABLED=0 go build -buildvcs=false -tags lambda.norpc,nethttpomithttp2 -trimpath -ldflags "-s -w"

# The functions' logical ids in the template. The source of AccountTasksFunction is in functions/accounttasks, and so on.
FUNCTIONS := AccountTasksFunction TokenFunction RunnerFunction

BUILD    := .build
LOCAL    := $(BUILD)/local
PYTHON   ?= python3
VENV     := $(BUILD)/tools/python
TOOLS    := $(VENV)/.installed
SAM      := SAM_CLI_TELEMETRY=0 $(VENV)/bin/sam
CHECKOV  := $(BUILD)/tools/checkov
OAUTH    := $(BUILD)/tools/oauth
EMULATOR := $(BUILD)/tools/emulator
TWIN     := $(BUILD)/tools/openapi-twin
CLIENTS  := $(BUILD)/tools/clients

# The clients whose classes are generated.
GENERATED := internal/verify/clients/generated

# The environment of samconfig.toml, and the stack that it names.
CONFIG ?= default
STACK  ?= $(shell sed -n '\|^\[$(CONFIG)\.global\.parameters\]|,/^$$/s/^stack_name = "\(.*\)"$$/\1/p' samconfig.toml)

.PHONY: help
help: ## Print this list
	@awk -F ':.*## ' '/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-21s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

##@ Run it

# exec: Ctrl-C goes to the stack itself, and make ends with its status and without a message.
.PHONY: run
run: first-build functions ## Start the service on this machine; Ctrl-C ends it (PORT, DYNAMODB_ENDPOINT, TABLE_NAME, WORKER; RUNS=held: no task runs)
	@go build -buildvcs=false -o $(BUILD)/local/stack ./internal/local
	@$(if $(filter-out http://% https://%,$(WORKER)),cd "$(WORKER)" && CGO_ENABLED=0 go build -buildvcs=false -tags lambda.norpc -o "$(CURDIR)/$(LOCAL)/worker/bootstrap" .)
	@exec $(BUILD)/local/stack -functions $(LOCAL) -template template.yaml $(if $(WORKER),-worker $(or $(filter http://% https://%,$(WORKER)),$(LOCAL)/worker))

.PHONY: table
table: ## Serve a table with the demo data for the containers of `sam local`; Ctrl-C ends it (TABLE_NAME)
	@go build -buildvcs=false -o $(BUILD)/local/stack ./internal/local
	@host=$$(.tools/sam_local_host.sh) && exec $(BUILD)/local/stack table -listen "$$host:8000" -bus "$$host:8001"

# A first build prints nothing for a minute or two.
.PHONY: first-build
first-build:
	@[ -e $(LOCAL)/stack ] || echo "Building the service. The first time, this takes a minute or two."

##@ Test it

# -count=1: Go's test cache does not see a change of the functions' binaries, which the end-to-end tests run.
# The race detector needs cgo, which needs a C compiler. In CI the run fails without one, so that it never silently checks
# less. The tests use the embedded table even if the shell exports DYNAMODB_ENDPOINT, which is for other targets. -p: some
# packages mostly wait, for instance for a table that stalls. Without getconf, the machine is taken to have two processors.
.PHONY: test
test: functions ## Run all tests, with the race detector if there is a C compiler
	@if [ -n "$(CI)" ] || [ "$$(go env CGO_ENABLED)" = 1 ]; then \
		export CGO_ENABLED=1; race=-race; \
	else \
		race=; echo "test: no C compiler here: running WITHOUT the race detector"; \
	fi; \
	unset DYNAMODB_ENDPOINT; export FUNCTIONS_DIR="$(CURDIR)/$(LOCAL)"; \
	processors=$$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); \
	set -x; go test $$race -count=1 -p $$((2 * processors)) ./...

.PHONY: test-bare
test-bare: ## Check that `make run` and `make test` need only Go and make, without a C compiler, Python and caches
	go run ./internal/verify/bare

.PHONY: test-dynamodb
test-dynamodb: ## Run the table's conformance tests on DYNAMODB_ENDPOINT, or on moto (needs Python)
ifdef DYNAMODB_ENDPOINT
	go test -count=1 -run TestConformance ./internal/dynamo/...
else
test-dynamodb: $(TOOLS)
	$(VENV)/bin/python .tools/with_moto.py go test -count=1 -run TestConformance ./internal/dynamo/...
endif

# The configuration follows this machine's processor, because containers for another one would be emulated. The tests have
# a build tag because only this target can run them.
LOCAL_CONFIG := $(if $(filter x86_64 amd64,$(shell uname -m)),x86_64,default)

.PHONY: test-sam-local
test-sam-local: CONFIG := $(LOCAL_CONFIG)
test-sam-local: build build-worker ## Send every event of events/ to the functions in containers of sam local (needs Python and Docker: installed for root on Debian)
	SAM_CLI="$(CURDIR)/$(VENV)/bin/sam" SAM_LOCAL_CONFIG=$(LOCAL_CONFIG) .tools/sam_local_engine.sh \
		go test -count=1 -timeout 15m -tags samlocal -run '^TestSAMLocal' ./functions/accounttasks

# XMLLINT is the validator that the tests with the build tag use.
.PHONY: test-xsd
test-xsd: ## Check every XML document against the XML schema (needs xmllint: installed for root on Debian)
	XMLLINT="$$(.tools/find_program.sh libxml2-utils xmllint)" \
		go test -count=1 -tags xmllint -run XMLSchema ./internal/openapi ./functions/accounttasks

.PHONY: test-browser
test-browser: functions ## Use the reference page in a browser, wide and narrow, light and dark (needs Chromium: installed for root on Debian)
	CHROMIUM="$$(.tools/find_program.sh chromium chromium chromium-browser google-chrome)" \
		FUNCTIONS_DIR="$(CURDIR)/$(LOCAL)" SCREENSHOTS="$(CURDIR)/$(BUILD)/screenshots" \
		go test -count=1 -tags browser -run TestBrowser ./internal/local/reference

CSHARP := mono-mcs libmono-system-net-http4.0-cil libmono-system-web-extensions4.0-cil libnewtonsoft-json5.0-cil tzdata

.PHONY: test-dotnet
test-dotnet: functions ## Update tasks with old .NET clients and PHP (needs Mono, Json.NET and PHP: installed for root on Debian)
	@.tools/find_program.sh "$(CSHARP)" mcs
	@.tools/find_program.sh "php-cli php-xml php-curl" php
	FUNCTIONS_DIR="$(CURDIR)/$(LOCAL)" go test -count=1 -tags dotnet ./internal/verify/clients

.PHONY: test-oauth
test-oauth: functions $(OAUTH)/.installed ## Get tokens with public OAuth clients (needs Python, Node.js, Mono, PHP: the last three installed for root on Debian)
	@.tools/find_program.sh "$(CSHARP)" mcs
	@.tools/find_program.sh "php-cli php-xml php-curl" php
	@.tools/find_program.sh "nodejs npm" npm
	@mkdir -p $(BUILD)/tools/node && cp internal/verify/clients/node/* $(BUILD)/tools/node
	npm ci --prefix $(BUILD)/tools/node --silent --no-audit --no-fund --ignore-scripts
	FUNCTIONS_DIR="$(CURDIR)/$(LOCAL)" OAUTH_PYTHON="$(CURDIR)/$(OAUTH)/bin/python" OAUTH_NODE="$(CURDIR)/$(BUILD)/tools/node" \
		go test -count=1 -tags oauth ./internal/verify/clients

.PHONY: test-quickstarts
test-quickstarts: functions ## Run the first client in each language (needs curl, Mono, PHP, Java, Python, Node.js: installed for root on Debian)
	@.tools/find_program.sh "$(CSHARP)" mcs
	@.tools/find_program.sh "php-cli php-xml php-curl" php
	@.tools/find_program.sh default-jdk-headless javac
	@.tools/find_program.sh nodejs node
	@.tools/find_program.sh curl curl
	FUNCTIONS_DIR="$(CURDIR)/$(LOCAL)" go test -count=1 -tags quickstarts ./internal/verify/clients

# The first line's tools are downloaded at the same time. -parallel: two cores.
.PHONY: test-clients
test-clients: functions ## Generate clients from the API documents and use each of them (needs Python; Node.js, Java, Maven, Mono: installed for root on Debian)
	@.tools/find_program.sh "$(CSHARP) mono-devel" xsd
	@.tools/find_program.sh default-jdk-headless javac
	@.tools/find_program.sh maven mvn
	@.tools/find_program.sh "nodejs npm" npm
	@$(MAKE) --no-print-directory -j4 $(TWIN)/.installed $(CLIENTS)/python/.installed $(CLIENTS)/node/.installed $(CLIENTS)/java/.installed
	FUNCTIONS_DIR="$(CURDIR)/$(LOCAL)" CLIENT_TOOLS="$(CURDIR)/$(CLIENTS)" TWIN_TOOLS="$(CURDIR)/$(TWIN)" \
		go test -count=1 -parallel 2 -tags clients ./internal/verify/clients

.PHONY: test-deploy
test-deploy: $(TOOLS) $(EMULATOR)/.installed ## Rehearse deployment, operation and deletion of a stack on an emulator of AWS (needs Python)
	@$(EMULATOR)/bin/python .tools/rehearsal/rehearse.py

##@ Test it for longer

.PHONY: nightly
nightly: test-faults test-runner test-cutover fuzz test-load test-template-faults test-mutation ## Run all of this section, one after the other

# The long fault run takes MINUTES for each mix of faults, from the seed SEED (0 draws one).
MINUTES ?= 2
SEED    ?= 0
MIX     ?=

.PHONY: test-faults
test-faults: ## Check linearizability under faults for longer (MINUTES, SEED, MIX, DYNAMODB_ENDPOINT)
	go test -count=1 -timeout 120m -v -run TestOperationsAreLinearizable ./internal/verify/linearizability \
		-args -seconds=$$(( $(MINUTES) * 60 )) -seed=$(SEED) -mix="$(MIX)"

# The number of plays of each kind in the long run of the runner; the first has the seed SEED.
PLAYS ?= 2000

.PHONY: test-runner
test-runner: ## Play days of due tasks under faults for longer (PLAYS, SEED)
	go test -count=1 -timeout 120m -v ./internal/verify/runner -args -plays=$(PLAYS) -seed=$(SEED)

# How long each of the two phases of `make test-load` lasts, and the rate of the first in requests per second.
DURATION ?= 1m
RATE     ?= 200

# The size of the old platform in the rehearsal of a cut-over. `make test` rehearses a smaller one.
OLD_TASKS   ?= 10000
OLD_CLIENTS ?= 500

.PHONY: test-cutover
test-cutover: ## Rehearse the commands of CUTOVER.md between a made-up old platform and this one (OLD_TASKS, OLD_CLIENTS, SEED)
	go test -count=1 -timeout 60m -v -run TestCutOver ./internal/admin -args -tasks=$(OLD_TASKS) -clients=$(OLD_CLIENTS) -seed=$(SEED)

.PHONY: test-load
test-load: functions ## Put load on the local stack, then compare the table with the answers (DURATION, RATE)
	go run ./internal/verify/load -functions $(LOCAL) -duration $(DURATION) -rate $(RATE)

.PHONY: test-template-faults
test-template-faults: $(TOOLS) ## Plant faults in the template one by one and show which test notices each (needs Python)
	$(VENV)/bin/python .tools/template_faults.py

.PHONY: test-mutation
test-mutation: ## Plant deliberate defects one by one and show which test catches each
	go test -count=1 -tags mutation ./internal/verify/mutation
	go run ./internal/verify/mutation

# How long `make fuzz` spends on each target.
FUZZTIME ?= 30s

# Go fuzzes one target at a time. -fuzzminimizetime: by default Go takes a minute to minimize each new input.
.PHONY: fuzz
fuzz: ## Fuzz every target in turn (FUZZTIME=30s for each); a finding is a failure and is kept in testdata/fuzz
	@grep -roE '^func Fuzz[A-Za-z0-9]+' --include='*_fuzz_test.go' functions internal | sort | \
	while IFS=: read -r file declaration; do \
		target=$${declaration#func }; echo "fuzz: $$target"; \
		go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 5s "./$$(dirname "$$file")" \
			</dev/null || exit 1; \
	done

##@ Measure it

# How long the stub of DynamoDB takes to answer in `make bench`.
ANSWER_TIME ?= 3ms

BENCH := $(BUILD)/bench

# The compared programs are built with the flags of a deployment, under the names that the command expects. The shares of
# CPU time of 128, 256 and 1,769 MB are measured where this user can make control groups (as root on Linux).
.PHONY: bench
bench: bench-floors-programs ## Measure start, first and warm invocation, memory and size, and compare them with programs that do less (ANSWER_TIME)
	go run ./internal/verify/bench $(BENCH_FLAGS)

.PHONY: bench-peers
bench-peers: bench-peers-programs ## Compare an update with functions that put an item with AWS's SDKs for Go and Rust (needs Rust; its first build takes minutes)
	go run ./internal/verify/bench $(BENCH_FLAGS) -peers

# It takes four minutes, besides the first build in Rust. Run it on a machine that does nothing else.
.PHONY: bench-figures
bench-figures: bench-floors-programs bench-peers-programs ## Run both, and write the figures into the documents and the picture
	go run ./internal/verify/bench $(BENCH_FLAGS) -record .
	go run ./internal/verify/bench $(BENCH_FLAGS) -record . -peers
	go run ./internal/verify/bench -record . -show

BENCH_FLAGS = -host $(BENCH)/host -arm64 $(BENCH)/arm64 -answer-time $(ANSWER_TIME)

.PHONY: bench-floors-programs
bench-floors-programs:
	$(call bench_programs,accounttasks=./functions/accounttasks empty=./internal/verify/bench/empty \
		floor=./internal/verify/bench/floor unwarmed=./internal/verify/bench/unwarmed)

# The builds of the Rust program, each under the name of the last of its features. They share what they have in common.
.PHONY: bench-peers-programs
bench-peers-programs:
	$(call bench_programs,accounttasks=./functions/accounttasks gosample=./internal/verify/bench/peers/gosample)
	@command -v $(CARGO) >/dev/null || { echo "This target needs Rust: https://rustup.rs, or CARGO=… names a cargo."; exit 1; }
	@for features in aws-lc ring ring,reads; do \
		$(CARGO) build --quiet --locked --release --manifest-path internal/verify/bench/peers/rust/Cargo.toml \
			--target-dir $(BENCH)/rust --features $$features && \
		cp $(BENCH)/rust/release/put $(BENCH)/host/rust-$${features#*,} || exit 1; \
	done

CARGO ?= $(firstword $(shell command -v cargo) $(wildcard $(HOME)/.cargo/bin/cargo) cargo)

define bench_programs
	@mkdir -p $(BENCH)/host $(BENCH)/arm64
	@for program in $(1); do \
		$(GO_BUILD) -o $(BENCH)/host/$${program%%=*} $${program#*=} && \
		GOOS=linux GOARCH=arm64 $(GO_BUILD) -o $(BENCH)/arm64/$${program%%=*} $${program#*=} || exit 1; \
	done
endef

# How many tasks are due in each tick of `make bench-runner`.
DUE ?= 10 1000 10000

.PHONY: bench-runner
bench-runner: ## Measure ticks of the runner on the embedded table (DUE="10 1000 10000")
	go run ./internal/verify/benchrunner $(DUE)

# The number of runs of each benchmark in `make bench-go`; benchstat needs ten.
COUNT ?= 1

.PHONY: bench-go
bench-go: ## Run the Go benchmarks: each format, four sizes, the most expensive bodies (COUNT=10 for benchstat)
	go test -run '^$$' -bench . -count $(COUNT) ./functions/... ./internal/...

##@ Check it

# Known vulnerabilities are a separate target, because the database is on the network and changes independently of this
# repository. The message says that this target has not checked them.
.PHONY: lint
lint: lint-go lint-template lint-workflows ## Check the Go code, the template and the workflows (needs Python)
	@echo "lint: NOT CHECKED: known vulnerabilities of the dependencies. Run make lint-vulnerabilities."

# It fails if the database cannot be reached, because nothing was checked then.
.PHONY: lint-vulnerabilities
lint-vulnerabilities: ## Check the dependencies and Go for known vulnerabilities (needs the network)
	go run golang.org/x/vuln/cmd/govulncheck@$(GOVULNCHECK_VERSION) ./...

# The build tags of tests that have a target each.
TEST_TAGS := browser,clients,dotnet,mutation,oauth,quickstarts,samlocal,xmllint

.PHONY: lint-go
lint-go:
	@unformatted=$$(gofmt -l functions internal examples); \
		[ -z "$$unformatted" ] || { echo "lint: run gofmt -w on:"; echo "$$unformatted"; exit 1; }
	go vet -tags $(TEST_TAGS) ./...
	go run honnef.co/go/tools/cmd/staticcheck@$(STATICCHECK_VERSION) -checks all -tags $(TEST_TAGS) ./...
	go mod tidy -diff

# cfn-lint, with the serverless rules, checks the template and SAM's result, informational findings included. SAM's own
# validation checks SAM's schema. checkov checks for security problems. The tests check the transformed template for the
# promises of this service. LOG_LEVEL and --skip-download keep checkov from calling its maker's service.
WORKER_TEMPLATE := examples/worker/template.yaml
TEMPLATES       := template.yaml deployment/domain.yaml $(WORKER_TEMPLATE)

.PHONY: lint-template
lint-template: $(TOOLS) $(CHECKOV)/.installed
	$(VENV)/bin/cfn-lint --include-checks I --append-rules cfn_lint_serverless.rules --template $(TEMPLATES)
	$(SAM) validate --lint
	$(SAM) validate --lint --template $(WORKER_TEMPLATE)
	LOG_LEVEL=ERROR $(CHECKOV)/bin/checkov --framework cloudformation --compact --quiet --skip-download --file $(TEMPLATES)
	$(VENV)/bin/python .tools/template_test.py
	$(VENV)/bin/python .tools/alarms_test.py
	$(VENV)/bin/python .tools/worker_test.py

# Actions run with this repository's permissions. Their tags can be moved to other code; commits cannot.
.PHONY: lint-workflows
lint-workflows: $(TOOLS)
	$(VENV)/bin/python .tools/workflows_test.py
	go run github.com/rhysd/actionlint/cmd/actionlint@$(ACTIONLINT_VERSION)
	@moving=$$(grep -n 'uses:' .github/workflows/*.yml | grep -vE '@[0-9a-f]{40} # v[0-9.]+$$'); \
		[ -z "$$moving" ] || { echo "lint: pin these actions to a commit:"; echo "$$moving"; exit 1; }

# uv resolves for every platform and every Python from 3.11 on.
.PHONY: lock
lock: ## Pin the newest versions of the Python tools, with hashes (needs Python)
	$(PYTHON) -m venv --clear $(BUILD)/tools/uv
	$(BUILD)/tools/uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@cd .tools/python && for name in tools checkov emulator oauth clients; do \
		{ echo "# Written by \`make lock\` from $$name.in: every package with the hashes of its files."; \
		"$(CURDIR)/$(BUILD)/tools/uv/bin/uv" pip compile --quiet --universal --generate-hashes --upgrade --no-header \
			--no-annotate --python-version 3.11 $$name.in; } >$$name.new && mv $$name.new $$name.txt || exit 1; \
	done

# Many tools know only OpenAPI 3.0. A test fails if this version does not match the document.
.PHONY: openapi-twin
openapi-twin: ## Make the OpenAPI 3.0 version of the OpenAPI document (needs Node.js: installed for root on Debian)
	@.tools/find_program.sh "nodejs npm" npm
	@$(MAKE) --no-print-directory $(TWIN)/.installed
	@node $(TWIN)/convert.cjs internal/openapi/openapi.yaml >$(TWIN)/openapi-3.0.yaml
	@mv $(TWIN)/openapi-3.0.yaml internal/openapi/openapi-3.0.yaml

##@ Deploy it

.PHONY: tag
tag: ## Tag this commit with the project's version
	git tag -a "v$(VERSION)" -m "Version $(VERSION)"

.PHONY: build
build: known-config $(TOOLS) ## Build the deployment with SAM (needs Python; CONFIG=x86_64: for `sam local` on such a machine)
	$(SAM) build --config-env $(CONFIG)

.PHONY: known-config
known-config:
	@[ -n "$(STACK)" ] || { echo "samconfig.toml has no stack_name for CONFIG=$(CONFIG): copy the sections [prod.…] to" \
		"[$(CONFIG).…] and name the new stack, or use one of: $$(sed -n 's/^\[\(.*\)\.global\..*/\1/p' samconfig.toml | xargs)"; exit 1; }

.PHONY: validate
validate: $(TOOLS) ## Check the template with SAM (needs Python)
	$(SAM) validate --lint

.PHONY: deploy
deploy: build ## Build and deploy the development stack (needs Python and AWS credentials; CONFIG=prod: production)
	$(SAM) deploy --config-env $(CONFIG) $(DEPLOY_FLAGS)

# The example worker has SAM's flags in its own samconfig.toml, under the same names of environments.
WORKER_SAM = cd examples/worker && GOARCH=$(if $(filter x86_64,$(CONFIG)),amd64,arm64) SAM_CLI_TELEMETRY=0 "$(CURDIR)/$(VENV)/bin/sam"

.PHONY: build-worker
build-worker: $(TOOLS) ## Build the example worker with SAM (needs Python; CONFIG=x86_64)
	$(WORKER_SAM) build --config-env $(CONFIG)

.PHONY: deploy-worker
deploy-worker: build-worker ## Build and deploy the example worker beside the stack (needs Python and AWS credentials; CONFIG=prod)
	$(WORKER_SAM) deploy --config-env $(CONFIG) $(DEPLOY_FLAGS)

# Parameters that are not given stay as they are.
.PHONY: domain
domain: known-config $(TOOLS) ## Point the host name DOMAIN to the stack's API (CERTIFICATE: needed the first time)
	@[ -n "$(DOMAIN)" ] || { echo "domain: DOMAIN is not set: name the host, such as DOMAIN=api.example.com"; exit 1; }
	$(SAM) deploy --template-file deployment/domain.yaml --stack-name account-tasks-domain-$(subst .,-,$(DOMAIN)) \
		--no-fail-on-empty-changeset $(DEPLOY_FLAGS) --parameter-overrides DomainName=$(DOMAIN) ApiStack=$(STACK) \
		$(if $(CERTIFICATE),CertificateArn=$(CERTIFICATE))

.PHONY: release
release: ## Pack the functions for each architecture, with SBOMs and checksums (needs Python)
	@rm -rf $(BUILD)/release
	@for function in $(FUNCTIONS:%Function=%); do for architecture in arm64 x86_64; do \
		folder=$(BUILD)/release/$$architecture/$${function}Function; \
		source=functions/$$(echo $$function | tr A-Z a-z); \
		case $$architecture in arm64) goarch=$(GOARCH_arm64);; *) goarch=$(GOARCH_x86_64);; esac; \
		GOOS=linux GOARCH=$$goarch $(GO_BUILD) -o $$folder/bootstrap ./$$source && \
		go run github.com/CycloneDX/cyclonedx-gomod/cmd/cyclonedx-gomod@$(CYCLONEDX_VERSION) bin -json -noserial -std \
			-version v$(VERSION) -output $$folder/bootstrap.cdx.json $$folder/bootstrap || exit 1; \
	done; done
	@$(PYTHON) .tools/release.py $(VERSION) $(BUILD)/release

##@ Operate it (AWS credentials, or DYNAMODB_ENDPOINT and TABLE_NAME)

# The operator's commands read their variables from the environment, to which make exports those of its command line. With
# DYNAMODB_ENDPOINT and TABLE_NAME they work on that table, which may be the one of `make run`. exec: Ctrl-C goes to the
# command itself, which completes what it has begun.
ADMIN = exec env STACK="$(STACK)" $(BUILD)/local/admin

.PHONY: admin
admin:
	@go build -buildvcs=false -o $(BUILD)/local/admin ./internal/admin

.PHONY: status
status: admin ## Show versions, alarms, tasks, what is due, runs, tokens and clients (ALL=yes: also for a table over 1 GB)
	@$(ADMIN) $@

.PHONY: load-catalogue
load-catalogue: admin ## Add the entries of FILE to the task catalogue, and rename existing ones
	@$(ADMIN) $@

.PHONY: check-import
check-import: admin ## Check the catalogue, clients and tasks of the folder FROM and compare them with the table; nothing is written
	@$(ADMIN) $@

.PHONY: import
import: admin ## Import the catalogue, clients and tasks of the folder FROM; repeat it to import the changes (GONE=delete or keep)
	@$(ADMIN) $@

.PHONY: import-tasks
import-tasks: admin ## Import the tasks of FILE; repeat it to import the changes
	@$(ADMIN) $@

.PHONY: export-tasks
export-tasks: admin ## Write the tasks that changed here since the last import to the new file FILE, and list the clients registered here
	@$(ADMIN) $@

.PHONY: fill-due
fill-due: admin ## Let the runner find tasks that are older than the runner; safe during traffic and when repeated
	@$(ADMIN) $@

.PHONY: start-runs
start-runs: admin ## Run tasks that are due at the time AT or later (AT=2026-12-05T22:00:00Z; after stop-runs: MISSED=catch-up or skip)
	@$(ADMIN) $@

.PHONY: stop-runs
stop-runs: admin ## Hold tasks that are due at the time AT or later (default: in one to two minutes)
	@$(ADMIN) $@

.PHONY: import-clients
import-clients: admin ## Register the clients of FILE with their existing secrets; existing clients do not change
	@$(ADMIN) $@

.PHONY: register-client
register-client: admin ## Register a client (NAME, ACCOUNT, USER_ID, SCOPES; SECRET_FILE, or the secret is shown once)
	@$(ADMIN) $@

.PHONY: list-clients
list-clients: admin ## Show the clients and the ids of their secrets (ACCOUNT: only those of one account)
	@$(ADMIN) $@

.PHONY: rotate-secret
rotate-secret: admin ## Give a client a second secret (CLIENT; SECRET_FILE, or the secret is shown once)
	@$(ADMIN) $@

.PHONY: retire-secret
retire-secret: admin ## Remove the older of a client's two secrets (CLIENT), or the one that SECRET_ID names
	@$(ADMIN) $@

.PHONY: remove-client
remove-client: admin ## Remove a client (CLIENT) with its secrets and tokens
	@$(ADMIN) $@

.PHONY: revoke-tokens
revoke-tokens: admin ## End all tokens of a client (CLIENT), or of every client (ALL=yes)
	@$(ADMIN) $@

.PHONY: restore-table
restore-table: admin ## Compare the table with the restored table FROM; APPLY=yes brings its items back (ACCOUNT, NEWER=remove)
	@$(ADMIN) $@

##@ Clean up

.PHONY: clean
clean: ## Remove everything that the other targets create
	rm -rf $(BUILD) .aws-sam examples/worker/.aws-sam

# All functions for this machine, with the tags and flags of a deployment.
.PHONY: functions
functions: $(FUNCTIONS:%=build-%)

# SAM runs build-AccountTasksFunction with ARTIFACTS_DIR, but does not pass on the architecture. It writes the architecture
# into build.toml beside the folder of artifacts. (After `sam build AccountTasksFunction`, build.toml is that of the last
# full build.) Without build.toml the architecture is the template's default. Without ARTIFACTS_DIR the binary is for this
# machine.
ARCHITECTURE = $(or $(shell sed -n 's/^architecture = "\(.*\)"$$/\1/p' "$(ARTIFACTS_DIR)/../../build.toml" 2>/dev/null | sort -u),arm64)
GOARCH_arm64  := arm64
GOARCH_x86_64 := amd64
PLATFORM = GOOS=linux GOARCH=$(GOARCH_$(ARCHITECTURE))

# Only SAM's folder x86_64 has binaries for that processor, so that no deployment takes them.
FOLDER = $(notdir $(patsubst %/,%,$(dir $(ARTIFACTS_DIR))))
ONE_PROCESSOR = $(if $(filter-out $(ARCHITECTURE),$(if $(filter x86_64,$(FOLDER)),x86_64,arm64)),\
	$(error Architecture=$(ARCHITECTURE) does not go into .aws-sam/$(FOLDER). x86_64 is for sam local: sam build --config-env x86_64))

.PHONY: $(FUNCTIONS:%=build-%)
$(FUNCTIONS:%=build-%): build-%Function:
	@$(if $(ARTIFACTS_DIR),$(ONE_PROCESSOR)$(PLATFORM)) $(GO_BUILD) -o "$(or $(ARTIFACTS_DIR),$(LOCAL)/$*Function)/bootstrap" \
		./functions/$(shell echo $* | tr A-Z a-z)

$(TOOLS): .tools/python/tools.txt
	$(call python_environment,$(@D),$<)

$(CHECKOV)/.installed: .tools/python/checkov.txt
	$(call python_environment,$(@D),$<)

$(EMULATOR)/.installed: .tools/python/emulator.txt
	$(call python_environment,$(@D),$<)

$(OAUTH)/.installed: .tools/python/oauth.txt
	$(call python_environment,$(@D),$<)

$(CLIENTS)/python/.installed: .tools/python/clients.txt
	$(call python_environment,$(@D),$<)

$(CLIENTS)/node/.installed: $(GENERATED)/package.json $(GENERATED)/package-lock.json
	$(call node_packages,$(@D),$^)

$(TWIN)/.installed: .tools/openapi-twin/package.json .tools/openapi-twin/package-lock.json .tools/openapi-twin/convert.cjs
	$(call node_packages,$(@D),$^)

# The jars are compared with their sums, because Maven does not pin what it downloads.
$(CLIENTS)/java/.installed: $(GENERATED)/java/pom.xml $(GENERATED)/java/SHA256SUMS
	@rm -rf $(@D)
	@mvn --quiet --batch-mode --file $< $(MAVEN_DEPENDENCIES):copy-dependencies -DoutputDirectory=$(abspath $(@D))
	@cp $(GENERATED)/java/SHA256SUMS $(@D) && cd $(@D) && sha256sum --check --quiet --strict SHA256SUMS
	@touch $@

# node_packages installs the packages of a lock file, with its hashes, into a folder with the files given.
define node_packages
	@mkdir -p $(1) && cp $(2) $(1)
	@npm ci --prefix $(1) --silent --no-audit --no-fund --ignore-scripts
	@touch $@
endef

# python_environment makes a virtual environment in a folder and installs a file of requirements. With --require-hashes
# no index can replace a file that was tested. The file is complete, so --no-deps keeps pip from resolving anything, and
# `pip check` checks that nothing is missing.
define python_environment
	@$(PYTHON) -c 'import sys, venv, ensurepip; assert sys.version_info >= (3, 11)' 2>/dev/null || { \
		echo "This target needs Python 3.11 or later with venv and pip: on Debian and Ubuntu, apt-get install" \
			"python3-venv. PYTHON=… names another Python."; exit 1; }
	$(PYTHON) -m venv --clear $(1)
	$(1)/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(2)
	$(1)/bin/pip check --disable-pip-version-check
	@touch $@
endef
