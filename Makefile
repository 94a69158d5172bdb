.DEFAULT_GOAL := help
.PHONY: help run test check bench system requirements messages clean

VENV ?= .venv
PYTHON := $(VENV)/bin/python
DATABASES ?= postgresql sqlite

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: $(VENV)/.installed ## install, migrate, load demo data, start server and worker
	@$(PYTHON) manage.py run

test: system $(VENV)/.installed-dev ## the whole suite, on each of $(DATABASES)
	@set -e; for database in $(DATABASES); do \
		echo "== the suite on $$database"; \
		$(PYTHON) -m pytest -n 2 --dist loadgroup --database $$database; \
	done

check: $(VENV)/.installed-dev ## style, templates, types, migrations, deployment settings
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(VENV)/bin/djlint --lint --quiet templates
	PYTHONPATH=site $(VENV)/bin/mypy
	$(PYTHON) manage.py makemigrations --check --dry-run
	SECRET_KEY=check-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH \
	FIELD_ENCRYPTION_KEYS=check-only FIELD_HASH_KEY=check-only \
	ALLOWED_HOSTS=shexue.example BASE_URL=https://shexue.example \
	UID_DOMAIN=check.invalid DEFAULT_FROM_EMAIL=check@shexue.example WEB_WORKERS=1 \
	$(PYTHON) manage.py check --deploy --fail-level WARNING \
		--settings config.settings.production

bench: $(VENV)/.installed-dev ## print ratios measured in one run
	@sh tests/system_packages.sh wrk
	@$(PYTHON) -m bench

system: ## Debian packages the tests need, when root and missing
	@sh tests/system_packages.sh

requirements: ## pin requirements*.txt anew, with hashes and no host names
	uv pip compile pyproject.toml --generate-hashes --universal \
		--python-version 3.11 -o requirements.txt \
		--custom-compile-command "make requirements"
	uv pip compile pyproject.toml --extra dev --generate-hashes --universal \
		--python-version 3.11 -c requirements.txt -o requirements-dev.txt \
		--custom-compile-command "make requirements"

messages: ## collect the words to translate and compile them (needs GNU gettext)
	$(PYTHON) manage.py makemessages -l en --no-obsolete --no-location \
		-i .venv -i node_modules -i tests -i var
	$(PYTHON) manage.py compilemessages -i .venv

clean: ## remove the virtual environment and the first run's data
	rm -rf $(VENV) var

$(VENV)/bin/python:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed."; exit 1; }
	python3 -m venv $(VENV)

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check \
		--require-hashes -r requirements.txt
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt | $(VENV)/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check \
		--require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.installed
