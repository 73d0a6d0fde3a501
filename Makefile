# Two commands do everything: `make run` and `make test`. Each sets up what it needs, on a fresh machine too.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export DJANGO_SETTINGS_MODULE := balie.config.settings

.PHONY: run test check bench torture pictures lock messages clean

run: $(VENV)/run.made $(VENV)/messages.made
	@tools/pango.sh
	@tools/tesseract.sh
	@$(BIN)/balie init --demo
	@exec $(BIN)/balie serve

test: $(VENV)/work.made $(VENV)/messages.made
	@tools/browser.sh
	@tools/pango.sh
	@tools/tesseract.sh
	@tools/mail_servers.sh
	$(BIN)/pytest -q -n auto --dist loadgroup

# Every static gate, in the order of this list.
check: $(VENV)/work.made $(VENV)/messages.made
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --check --lint src/balie --quiet
	$(BIN)/python tools/messages.py check

bench: $(VENV)/work.made $(VENV)/messages.made
	$(BIN)/python -m benchmarks

torture: $(VENV)/work.made $(VENV)/messages.made
	EXPLORE=1 $(BIN)/pytest -q -m torture -p no:xdist

pictures: $(VENV)/work.made $(VENV)/messages.made
	PICTURES=1 $(BIN)/pytest -q -p no:xdist tests/acceptance/test_pictures.py \
		tests/acceptance/test_ten_messages.py

lock: $(VENV)/work.made
	cd requirements && for set in run work; do ../$(BIN)/pip-compile -q --generate-hashes --allow-unsafe --strip-extras \
		--no-emit-index-url --no-emit-trusted-host -o $$set.txt $$set.in; done

messages: $(VENV)/work.made
	$(BIN)/python tools/messages.py update

clean:
	rm -rf $(VENV) build src/*.egg-info

# The environment: what running needs, or what working needs as well. Made anew when the locks change.
$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.made: $(VENV)/bin/python requirements/run.txt pyproject.toml
	@test -e $(VENV)/work.made || $(BIN)/pip install -q --require-hashes -r requirements/run.txt
	@test ! -e $(VENV)/work.made || $(BIN)/pip install -q --require-hashes -r requirements/work.txt
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/work.made: $(VENV)/bin/python requirements/work.txt pyproject.toml
	$(BIN)/pip install -q --require-hashes -r requirements/work.txt
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/run.made

$(VENV)/messages.made: $(VENV)/run.made $(wildcard src/balie/locale/*/LC_MESSAGES/django.po)
	@$(BIN)/python tools/messages.py compile
	@touch $@
