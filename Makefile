.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/installed
MUTATION := $(VENV)/mutation
UV := uv==0.13.9

.PHONY: help refresh test quick soak mutation lint format docs bench lock clean

help: ## What can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

refresh: $(INSTALLED) ## Set up everything and publish a release (ARGS="--sources mirror" for more)
	@$(BIN)/lifegap refresh $(ARGS)

test: $(INSTALLED) ## Set up everything and run the tests
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not soak" $(ARGS)

quick: $(INSTALLED) ## One case of each of the tests that need no refresh and no process
	$(BIN)/python -m pytest -n 2 --quick -q $(ARGS)

soak: $(INSTALLED) $(MUTATION)/installed ## All tests, the long ones too, and a sample of mutants
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)
	$(MUTATION)/bin/python -m tools.mutation_run --green

mutation: $(INSTALLED) $(MUTATION)/installed ## Would a test fail if a line were wrong? (ARGS="--sample 40" for more)
	nice $(MUTATION)/bin/python -m tools.mutation_run $(ARGS)

lint: $(INSTALLED) ## Style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright

format: $(INSTALLED) ## Bring the code into its style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(INSTALLED) ## Write docs/reference from the declarations
	$(BIN)/python -m lifegap.catalog.reference

bench: $(INSTALLED) ## Time a refresh against reading the same files once
	$(BIN)/python benchmarks/refresh.py

lock: $(INSTALLED) ## Resolve the dependencies anew into requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --no-annotate --quiet \
		--output-file requirements.lock
	$(BIN)/uv pip compile --group mutation --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-header --no-annotate --quiet \
		--output-file tools/mutation.lock

clean: ## Remove the environment and everything that was made
	rm -rf $(VENV) .lifegap

# A machine with Python, make and git is enough. Bytecode is compiled once: it halves the start.
# uv installs in seconds; where a registry is set up for pip alone, pip does the same in a minute or two.
# What the installers say is kept, and shown only where they fail.
$(INSTALLED): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "lifegap needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version 2>&1). Name another: make PYTHON=python3.12" >&2; exit 5; }
	@echo "Setting up $(VENV): once, about a minute, 1.5 GB on the disk"
	@$(PYTHON) -m venv --clear $(VENV)
	@{ $(BIN)/python -m pip install --quiet --disable-pip-version-check $(UV) \
		&& { $(BIN)/uv pip install --quiet --system-certs --require-hashes --compile-bytecode \
			--python $(BIN)/python --requirements requirements.lock \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
			--requirement requirements.lock; } \
		&& $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation \
			--editable .; } >$(VENV)/setup.log 2>&1 || { \
		echo "The packages could not be installed: the package registry was not reached, or refused. $(VENV)/setup.log has its words; try again when the network is back." >&2; exit 3; }
	@touch $@

# What makes mutants stands apart, in an environment of its own: the project and its tests do not need it.
$(MUTATION)/installed: tools/mutation.lock $(INSTALLED)
	@$(BIN)/python -m venv --clear $(MUTATION)
	@{ $(BIN)/uv pip install --quiet --system-certs --require-hashes --python $(MUTATION)/bin/python \
			--requirements tools/mutation.lock \
		|| $(MUTATION)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps \
			--requirement tools/mutation.lock; } >$(MUTATION)/setup.log 2>&1 || { \
		echo "The maker of mutants could not be installed; $(MUTATION)/setup.log has the reason." >&2; exit 3; }
	@touch $@
