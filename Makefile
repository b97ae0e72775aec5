# make help says what there is. Everything lives in .venv; nothing is installed outside it, except by apt as root.
.DEFAULT_GOAL := help
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile

.PHONY: help run check test test-full bench environment test-environment front-end pictures clean

help:             ## what there is
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 18

run: environment front-end  ## set everything up, load the demo town if the database is empty, serve http://127.0.0.1:8000
	@$(BIN)/namro db upgrade
	@$(BIN)/namro demo load --if-empty
	@exec $(BIN)/namro serve

check: test-environment  ## ruff, mypy and import contracts
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

test: check front-end  ## everything the tests need, then all tests
	@$(BIN)/python -m tests.fetch
	@$(PYTEST)

test-full: check front-end  ## as test, at full size
	@$(BIN)/python -m tests.fetch
	@$(PYTEST) -m "full or not full"

bench: test-environment  ## the benchmarks
	@$(BIN)/python -m benchmarks

environment:
	@python=$$(.ci/python) && "$$python" .ci/environment.py build

test-environment:
	@python=$$(.ci/python) && "$$python" .ci/environment.py build test

front-end: environment
	@$(BIN)/python web/assets/build.py

pictures: check front-end  ## the pictures of the README
	@$(BIN)/python -m pytest -q tests/browser/pictures.py

clean:            ## remove what was built; var/ with its database stays
	rm -rf .venv node_modules web/assets/node_modules web/static/build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +
