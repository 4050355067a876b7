# Every target is one call of the argoeks program; `make help` lists them. ENV is dev, qa, prod or another environment of configuration/platform.yaml.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help install gen local local-down test test-unit test-e2e lint types layers check build fmt validate \
  init plan apply destroy output init-env plan-env apply-env destroy-env dev qa prod sandbox check-aws check-env clean \
  cli cli-test package-lambda generate-flux render-alerts render-grafana-dashboards render-kubeflow bench ci

ENV ?=
ARGOEKS := bin/argoeks
BIN := node_modules/.bin
export PATH := $(CURDIR)/$(BIN):$(PATH)
# Further words for the program, for example ARGS='--auto-approve --region us-east-1'.
ARGS ?=

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  %-26s %s\n", $$1, $$2 }'

install: node_modules/.package-lock.json gen ## Install dependencies and generate the Terraform bindings
node_modules/.package-lock.json: package.json package-lock.json
	# Not `npm ci`: it refuses a lock file whose optional packages for other systems the registry in use does not serve.
	npm install --no-save --no-fund --no-audit --loglevel=error
	@touch $@
gen: node_modules/.package-lock.json
	@$(BIN)/node tools/gen.ts

local: install ## Bring the dev platform up on this machine, AWS simulated (ENV=prod for hub and spoke)
	$(ARGOEKS) local up --env $(or $(ENV),dev) $(ARGS)
local-down: install ## Stop the local platform and leave nothing behind
	$(ARGOEKS) local down $(ARGS)

test: test-unit test-e2e ## Run all tests: unit, then end to end on the local platform
test-unit: install
	$(BIN)/vitest run --project unit $(ARGS)
test-e2e: install
	$(BIN)/vitest run --project e2e $(ARGS)
lint: install ## Lint sources and file names
	$(BIN)/oxlint --type-aware --deny-warnings
	$(BIN)/ls-lint
	$(BIN)/knip
types: install ## Check types
	$(BIN)/tsc --noEmit
layers: install ## Check the import order of the folders
	$(BIN)/depcruise src --config .dependency-cruiser.mjs
check: install ## Check the configuration
	$(ARGOEKS) check $(ARGS)
build: install ## Compile the configuration into terraform/ and kubernetes/
	$(ARGOEKS) build $(ARGS)
fmt: install ## Format the sources; rendered Terraform is formatted already
	$(BIN)/oxfmt
	terraform fmt -recursive terraform
bench: install ## Print compile times and memory for 4, 100 and 1,000 clusters
	$(BIN)/node bench/build.ts

check-env:
	@if [[ -z "$(ENV)" ]]; then echo "make: ENV is not set. Run: make $(or $(MAKECMDGOALS),plan-env) ENV=dev" >&2; exit 1; fi
check-aws: ## Check that AWS credentials are named
	@if [[ -z "$${AWS_PROFILE:-}$${AWS_ACCESS_KEY_ID:-}$${AWS_ROLE_ARN:-}" ]]; then echo "make: no AWS credentials. Set AWS_PROFILE, or source .env" >&2; exit 1; fi

init init-env: check-env install ## terraform init in every root of ENV
	$(ARGOEKS) env init --env $(ENV) $(ARGS)
plan plan-env: check-env install ## Plan ENV and save the plans
	$(ARGOEKS) env plan --env $(ENV) $(ARGS)
apply apply-env: check-env install ## Show the plan of ENV, ask, then apply it
	$(ARGOEKS) env apply --env $(ENV) $(ARGS)
destroy destroy-env: check-env install ## Ask for the name of ENV, then destroy it and print the receipt
	$(ARGOEKS) env destroy --env $(ENV) $(ARGS)
output: check-env install ## Print the Terraform outputs of ENV
	$(ARGOEKS) env output --env $(ENV) $(ARGS)
validate: check-env install ## terraform validate in every root of ENV
	$(ARGOEKS) env validate --env $(ENV) $(ARGS)
dev qa prod sandbox: install ## Plan that environment
	$(ARGOEKS) env plan --env $@ $(ARGS)
package-lambda: install ## Pack the code of Lambda functions into archives
	$(ARGOEKS) functions package $(ARGS)
generate-flux render-alerts render-grafana-dashboards render-kubeflow: build ## All rendering is one command: argoeks build
cli: install ## Show the program's help
	$(ARGOEKS) --help
cli-test: test-unit ## The program's tests
clean: ## Remove Terraform's working folders and ArgoEKS's cache; keeps lock files, journals and the local platform's state
	find terraform -type d -name .terraform -prune -exec rm -rf {} +
	rm -rf .argoeks/cache generated

ci: ## What CI runs
	.ci/run
