# 守望 Shouwang. Every target sets up what it needs first; nothing has to be installed by hand but Python 3.11 and make.
# Settings come from the environment or the command line: PORT=9000 make run, make test app=hazards.

.PHONY: help run dev test lint fix messages demo-reset bench shots manage divisions backup restore
.DEFAULT_GOAL := help

setup = python=$$(sh scripts/python) && "$$python" -m scripts.setup
py = .venv/bin/python
with_services = $(py) -m scripts.services
with_test_services = DJANGO_SETTINGS_MODULE=config.settings.test $(py) -m scripts.services --test

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 20

run: ## the demo city at http://127.0.0.1:8000/ (HOST, PORT, DATABASE_URL, REDIS_URL)
	@$(setup) && exec $(py) -m scripts.run

dev: ## the same with DEBUG, restarted when a file changes
	@$(setup) dev && exec $(py) -m scripts.run --dev

test: ## all tests and browser journeys; one app's: make test app=hazards
	@$(setup) dev && exec $(py) -m scripts.test $(app)

lint: ## style, layers, templates, missing migrations
	@$(setup) dev
	@status=0; \
	$(py) -m ruff check . || status=1; \
	$(py) -m ruff format --check . || status=1; \
	.venv/bin/lint-imports || status=1; \
	.venv/bin/djlint templates --lint --quiet || status=1; \
	$(with_test_services) $(py) manage.py makemigrations --check --dry-run || status=1; \
	exit $$status

fix: ## what lint can mend by itself
	@$(setup) dev
	@$(py) -m ruff check --fix .
	@$(py) -m ruff format .

messages: ## collect the texts to translate, and compile the translations
	@$(setup) gettext
	@$(with_test_services) $(py) manage.py makemessages --locale=zh_Hans --no-obsolete --no-wrap \
		--ignore=.venv --ignore=node_modules --ignore=.data --ignore=tests
	@$(py) -m scripts.messages

demo-reset: ## throw the demo city away and make it anew (another database only with sure=yes)
	@$(setup) && $(py) -m scripts.demo_reset $(if $(filter yes,$(sure)),--sure)

bench: ## measure the pages at scale, in a database of its own
	@$(setup) dev && SHOUWANG_DATA=.data/bench $(with_services) $(py) manage.py bench $(do)

shots: ## take the pictures of the README from the running demo city
	@$(setup) dev && $(py) -m scripts.shots

manage: ## a command of Django: make manage do="createsuperuser"
	@$(setup) && $(with_services) $(py) manage.py $(do)

divisions: ## fetch the list of all divisions of the country, for loading a whole province
	@$(setup) && $(py) -c "from scripts.packages import npm; raise SystemExit(not npm('ci'))"

backup: ## database and files into .data/backups/
	@$(setup) && $(with_services) $(py) -m scripts.backup save

restore: ## bring a backup back: make restore from=.data/backups/... sure=yes
	@$(setup) && $(with_services) $(py) -m scripts.backup restore $(from) $(if $(filter yes,$(sure)),--sure)
