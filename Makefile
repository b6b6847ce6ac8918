# Everything runs in .venv, which is made from requirements.lock when missing or stale.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed

.PHONY: demo dev test test-fast test-spark check kit models format bench lock clean

demo: $(INSTALLED)  ## Simulated company and vendors → pipeline → gated release → pages
	$(BIN)/tokenworth demo

dev: $(INSTALLED)  ## Dagster UI over the demo's workspace
	$(BIN)/tokenworth demo dev

test: $(INSTALLED)  ## All tests but those that need Spark
	$(BIN)/python -m pytest -n auto -m "not spark"

test-fast: $(INSTALLED)  ## Without the tests that take longer than a few seconds
	$(BIN)/python -m pytest -n auto -m "not spark and not slow"

test-spark: $(INSTALLED) .venv/.spark  ## The same models on Spark, compared mart by mart
	$(BIN)/python -m pytest -m spark -s

check: $(INSTALLED)  ## Lint, types, import rules, SQL lint, definitions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/python -m modelling --check
	$(BIN)/sqlfluff lint dbt/models dbt/tests --processes 2
	$(BIN)/dagster definitions validate -w workspace.yaml

kit: $(INSTALLED)  ## Every connector through every case, printed as a matrix
	$(BIN)/python -m pytest -n auto --dist=worksteal -q tests/ingestion/sources/kit

models: $(INSTALLED)  ## Write dbt's staging layer from the lake's tables
	$(BIN)/python -m modelling

format: $(INSTALLED)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(INSTALLED) .venv-bench/.installed  ## Ratios side by side in one run, printed
	$(BIN)/python -m benchmarks

lock: $(INSTALLED)  ## Resolve requirements.lock and those of Spark and the benchmark again
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes \
		--no-emit-index-url -q -o requirements.lock
	echo 'pyspark==4.3.0' | $(BIN)/uv pip compile - --generate-hashes --no-emit-index-url \
		--no-annotate --no-header -q -o requirements-spark.lock
	echo 'dlt[parquet]==1.31.0' | $(BIN)/uv pip compile - --generate-hashes --no-emit-index-url \
		--no-annotate --no-header -q -o requirements-bench.lock

$(INSTALLED): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	@# uv is in the lock itself; pip fetches only that, checked by its hash.
	awk '/^uv==/ {on=1} on {print} on && !/\\$$/ {exit}' requirements.lock > .venv/uv.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r .venv/uv.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	touch $@

.venv/.spark: requirements-spark.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --require-hashes -r requirements-spark.lock
	touch $@

# dlt, which the benchmark measures beside us, in an environment of its own.
.venv-bench/.installed: requirements-bench.lock $(INSTALLED)
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv-bench
	$(BIN)/uv pip install --quiet --python .venv-bench/bin/python --no-deps --require-hashes -r requirements-bench.lock
	touch $@

clean:
	rm -rf .venv .venv-bench .tokenworth
