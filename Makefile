# make demo and make test do all set-up on a fresh Debian 12 with Swift 6.3. Everything else assumes it was done once.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
ITA := .build/debug/ita
PYTHON := .build-python/bin/python
STAGE := ./.ci/stage

.PHONY: demo test check lint format build oracle faults reports examples browser portal-browser tour bench torture fuzz setup setup-browser clean

# Ends with the site on http://127.0.0.1:8080; Ctrl-C stops it. PORT=9000 for another port, SERVE=--no-serve for none;
# PHASE=assessing for another morning of the year, from preparing to published.
PORT ?= 8080
PHASE ?= collecting
SERVE ?=
demo: setup
	@swift build --product ita
	@$(ITA) demo -o Reports --phase $(PHASE) --port $(PORT) $(SERVE)

# What CI runs: every stage with its time.
test: setup
	@$(STAGE) "lint" $(MAKE) lint
	@$(STAGE) "build" swift build --build-tests
	@$(STAGE) "unit tests" swift test --skip-build
	@$(STAGE) "rubrics" $(ITA) rubric check Rubrics/*.yaml
	@$(STAGE) "oracle, 10000 pairs" $(MAKE) oracle
	@$(STAGE) "kills and full disks" $(MAKE) faults
	@$(STAGE) "examples are true" $(MAKE) examples
	@$(STAGE) "browser and workbook" $(MAKE) setup-browser browser
	@$(STAGE) "portal in a browser" $(MAKE) portal-browser
	@$(STAGE) --total

# While working: unit tests and lint, once built.
check: lint
	@swift build --build-tests
	@swift test --skip-build

build:
	@swift build

lint:
	@swift format lint --strict -r Sources Tests Fuzz Package.swift
	@! grep -rn --include='*.swift' '^\s*\(public \|package \|internal \)\?import ' Sources/Integrity || (echo "the core imports nothing" && false)
	@! grep -rnE '\{\{\{|\{\{&' Templates || (echo "unescaped output in a template" && false)
	@! grep -rnE 'https?://' Templates --include='*.mustache' --include='*.css' || (echo "a third party in a template" && false)
	@! find Sources Tests -name '*.swift' -size +40k | grep . || (echo "a file is more than one idea" && false)

format:
	@swift format -i -r Sources Tests Fuzz Package.swift

oracle:
	@swift build --product ita-bench
	@python3 Tests/Oracle/oracle.py --self-test
	@.build/debug/ita-bench pairs --count 10000 --seed 1 | python3 Tests/Oracle/oracle.py --least-ties 1000

# Everything acknowledged is there once, whatever happens to the process or the disk.
faults:
	@swift build --product ita-bench
	@.build/debug/ita-bench faults --kills 40 --fills 40 --rushes 10

# Renews Reports/example from the example district.
reports:
	@swift build --product ita
	@./.ci/examples Reports/example

# Whether Reports/example is what the program makes; the workbook's bytes depend on zlib, its cells do not.
examples:
	@rm -rf .build-examples && ./.ci/examples .build-examples
	@diff -rq -x '*.xlsx' -x inputs .build-examples Reports/example

browser:
	@$(PYTHON) Tests/EndToEnd/reports.py Reports/example

# The journeys of an office, on a filled example of their own.
portal-browser:
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON) -m pytest -q -p no:cacheprovider -n 2 --dist loadfile Tests/EndToEnd/portal

# Takes the pictures of docs/tour.md anew.
tour: setup setup-browser
	@swift build --product ita
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON) Tests/EndToEnd/portal/tour.py

bench:
	@swift build -c release --product ita-bench
	@swift build -c release --product ita
	@[ -x .build-python/bin/python ] || python3 -m venv .build-python
	@.build-python/bin/pip install -q -r Bench/peers/requirements.txt
	@.build/release/ita-bench nation --folder .build-nation --python $(PYTHON)
	@.build/release/ita-bench registry --folder .build-registry
	@.build/release/ita-bench answers --folder .build-answers
	@.build/release/ita-bench results --folder .build-results
	@.build/release/ita-bench marking --folder .build-marking
	@rm -rf .build-country && .build/release/ita demo --size country --no-serve --data .build-country/data -o .build-country/reports
	@.build/release/ita-bench asking --folder .build-asking
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON) Bench/answering.py --data .build-asking
	@PYTHONDONTWRITEBYTECODE=1 $(PYTHON) Bench/portal.py --country .build-country/data --marking .build-marking --nation .build-results/nation

torture:
	@swift build -c release --product ita-bench
	@for seed in $$(seq 101 200); do .build/release/ita-bench pairs --count 10000 --seed $$seed | python3 Tests/Oracle/oracle.py --least-ties 1000; done
	@.build/release/ita-bench faults --kills 5000 --fills 200 --rushes 50
	@ITA_OFFICES=1000 ITA_LINKER_RUNS=200 swift test --filter "AttackerTests|LinkerTests"

# libFuzzer on the readers; SECONDS_EACH=3600 make fuzz runs an hour each.
fuzz:
	@./Fuzz/run

setup:
	@./.ci/setup

setup-browser:
	@./.ci/setup-browser

clean:
	@rm -rf .build .build-*
