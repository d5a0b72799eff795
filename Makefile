# `make demo` and `make test` set up everything they need in .venv; nothing but Python 3.11 and make is assumed.
PYTHON ?= python3
BIN := .venv/bin
SOURCES := xfstats tests sample_data benchmarks docs

# What counts, rejects, keeps persons back, renders, writes and speaks: no line and no branch of it is without a test.
WHOLE := measures/*.py pipeline/merge.py pipeline/duplicates.py \
  records/build.py records/frame.py records/rejects.py records/quality.py records/group_labels.py records/cells.py records/row_kinds.py schema/personal.py \
  config/periods.py config/gate_syntax.py reports/figures.py reports/groups.py reports/rank.py reports/gates.py reports/disclosure.py \
  render/*.py render/*/*.py cli/output.py cli/run.py cli/usage_errors.py cli/commands/*.py messages.py errors.py
comma := ,
empty :=
space := $(empty) $(empty)

.PHONY: demo test check lint types layers format pages bench fuzz mutate lowest packages audit clean

demo: .venv/ready
	$(BIN)/xfstats summarize sample_data/city_2021

test: .venv/dev
	$(BIN)/python -m compileall -q xfstats  # the tests start thousands of programs, also where none may write its bytecode
	$(BIN)/python -m pytest $(PYTEST)

check: .venv/dev lint types layers
	$(MAKE) test PYTEST="--cov=xfstats --cov-branch --cov-report=term-missing:skip-covered --cov-fail-under=95"
	$(BIN)/coverage report --fail-under=100 --show-missing --skip-covered --include="$(subst $(space),$(comma),$(addprefix xfstats/,$(WHOLE)))"

lint: .venv/dev
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)

types: .venv/dev
	$(BIN)/mypy xfstats

layers: .venv/dev
	$(BIN)/lint-imports

format: .venv/dev
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

pages: .venv/dev  # the documents that are made from the code
	$(BIN)/python docs/architecture.py
	$(BIN)/python docs/codes.py
	$(BIN)/python docs/option_table.py
	$(BIN)/python docs/man.py

bench: .venv/bench .bench/8edb295  # about a quarter of an hour on a machine with nothing else to do
	$(BIN)/python benchmarks/everything.py --against .bench/8edb295

fuzz: .venv/dev
	$(BIN)/python -m tests.hostile.run
	$(BIN)/python -m tests.hostile.mutants --count 10000 --seed 2
	$(BIN)/python -m tests.hostile.kills
	$(BIN)/python -m tests.readers.mutants --count 10000
	COMPARE_WORKBOOKS=1 $(BIN)/python -m pytest  # each workbook that a test opens is read by calamine too, and compared
	EVERY_COMMAND=1 $(BIN)/python -m pytest tests/properties/test_planted_names.py tests/properties/test_odd_headers.py
	FUZZ_EXAMPLES=10000 $(BIN)/python -m pytest tests/properties/test_fuzz.py
	$(BIN)/python -m tests.hostile.signals --count 500
	$(BIN)/python -m tests.hostile.canaries --full

mutate: .venv/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'mutmut>=3.8,<4'
	$(BIN)/mutmut run

lowest:  # the lowest versions that pyproject.toml names, in an environment of their own
	rm -rf .lowest
	$(PYTHON) -m venv .lowest
	.lowest/bin/python tests/lowest.py >.lowest/constraints.txt
	.lowest/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	.lowest/bin/python -m pip install --quiet --disable-pip-version-check -c .lowest/constraints.txt --group dev .
	.lowest/bin/python -m pytest -W default $(PYTEST)  # what they import may be newer, and warn of them

packages:  # builds and checks wheel and sdist, installs the wheel offline in an empty environment and runs it; they are left in dist/
	PYTHON=$(PYTHON) contrib/ci/packages.sh

audit:  # asks for advisories about the dependencies; needs the network
	PYTHON=$(PYTHON) contrib/ci/audit.sh

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

.venv/dev: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group dev
	touch $@

.venv/bench: .venv/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --group bench
	touch $@

.bench/8edb295:  # the program before it read by columns and before its workers lasted
	git worktree add --detach $@ 8edb295

clean:
	rm -rf .venv .lowest .bench
	git worktree prune
