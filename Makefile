# Every target is one script in deploy/dev; this file only gives them names.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: up down clean logs status test check bench help

DEMO ?= 1
S ?=

up: ## Start everything, with demo data (DEMO=0: without)
	@DEMO=$(DEMO) deploy/dev/up.sh

down: ## Stop everything, keep the data
	@deploy/dev/down.sh

clean: ## Stop everything and remove databases, queues, keys and logs
	@deploy/dev/clean.sh

logs: ## Follow the logs (S=ingest: of one service)
	@deploy/dev/logs.sh $(S)

status: ## Show what runs
	@deploy/dev/status.sh

test: ## Run everything that CI runs
	@deploy/dev/test.sh

check: ## Run the quick checks only: format, lints, scripts
	@deploy/dev/test.sh check

bench: ## Measure throughput, latency, size and reading on fresh servers; PARTS=reading for one part
	@deploy/dev/bench.sh

help: ## Show this list
	@sed -n 's/^\([a-z]*\): ## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18
