# `make lab` opens the course, `make test` passes its tests. Each first installs what it needs, in .venv.
# Knobs: PYTHON=python3.12 (which Python), LAB_FLAGS=... (for JupyterLab), N=200 (runs of each claim),
# TESTS="tests/setup helpers" (those to run, else all),
# PYTHONS="... ..." (other Pythons with the course installed, for determinism),
# GRADE_FLAGS=... (for grading a class, such as --limit 5), TEST_PROCESSES=1 (tests at a time; one more than CPUs unless told).

N = 200
TEST_PROCESSES = auto
LAB_FLAGS =
TESTS =
FIRST_LESSON = notebooks/00_start_here.ipynb
PY = .venv/bin/python
PYTEST = $(PY) -m pytest -n $(TEST_PROCESSES) --dist loadgroup
NOTEBOOKS = $(PY) tools/check_notebooks.py

# Guards against a hang, well above what a run takes.
TEST_LIMIT_S = 2400
TEST_ALL_LIMIT_S = 3600

# Passed on to the scripts; an empty PYTHON lets them look for one.
export PYTHON

.PHONY: pictures frame-rate formgrader mutants grade release student fuzz determinism help lab test test-all claims bench format lint constraints hooks clean lab-ready test-ready bench-ready hub-test hub-ready

help:
	@echo "make lab           open the course in JupyterLab"
	@echo "make test          run the tests (minutes)"
	@echo "make test-all      run the slow tests too (up to an hour)"
	@echo "make claims N=200  run each claim of the lessons N times, and count how often it held"
	@echo "make bench         measure what recording and watching cost, and exploring and grading beside others"
	@echo "make release       make the exercises that learners get from solutions/"
	@echo "make formgrader    open JupyterLab with nbgrader's Formgrader for this course"
	@echo "make student       pack the course for learners, without solutions, in build/"
	@echo "make grade SUBMISSIONS=folder GRADES=folder   grade a whole class (docs/grading.md)"
	@echo "make hub-test      try docs/jupyterhub.md with a real JupyterHub: Linux, as root (two minutes)"
	@echo "make fuzz          compare explore with plain searches on 3,000 random programs"
	@echo "make determinism   see that 20 processes say the same of every program that is explored, and of every answer"
	@echo "make mutants       grade every mutant of every solution: the checks must kill them"
	@echo "make pictures      take the README's pictures of the widgets anew, in a real browser"
	@echo "make frame-rate    count the frames that the live timeline draws in a second, in a real browser"
	@echo "make format        format code and notebooks, and take the outputs out"
	@echo "make lint          check the same without changing anything"
	@echo "make hooks         have git check the same at each commit (pre-commit)"
	@echo "make constraints   take the newest versions that pyproject.toml allows"
	@echo "make clean         remove .venv and all else that was built"

lab-ready:
	@sh tools/install.sh lab

test-ready:
	@sh tools/install.sh test

# JupyterLab refuses to run as root unless told to, as in most containers.
lab: lab-ready
	@root=; [ "$$(id -u)" != 0 ] || root=--allow-root; \
	exec $(PY) -m jupyterlab $$root --ServerApp.root_dir=. \
	    --LabApp.default_url=/lab/tree/$(FIRST_LESSON) $(LAB_FLAGS)

test: test-ready
	@$(PY) tools/time_limit.py $(TEST_LIMIT_S) $(PYTEST) $(TESTS)

test-all: test-ready
	@$(PY) tools/time_limit.py $(TEST_ALL_LIMIT_S) $(PYTEST) -m "slow or not slow"

claims: lab-ready
	@$(PY) -m helpers.claims --runs $(N)

# Each installation writes course.stamp anew, so a newer bench.stamp says that the extra is still there.
bench-ready: lab-ready
	@[ -n "$$(find .venv/bench.stamp -newer .venv/course.stamp 2>/dev/null)" ] || { \
	    echo "Installing what the benches compare with ..."; \
	    $(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]' && \
	    touch .venv/bench.stamp; }

# The proxy is a program for Node.js. JupyterHub finds it on PATH, or the test in .tools.
hub-ready: test-ready
	@[ -n "$$(find .venv/hub.stamp -newer .venv/course.stamp 2>/dev/null)" ] || { \
	    echo "Installing JupyterHub ..."; \
	    $(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[hub]' && \
	    touch .venv/hub.stamp; }
	@$(PY) -m tests.hub.proxy

hub-test: hub-ready
	@$(PY) tools/time_limit.py 600 $(PY) -m tests.hub

bench: bench-ready
	@$(PY) -m helpers.bench

release: test-ready
	@$(PY) -m helpers.grading release

formgrader: test-ready
	@$(PY) -m helpers.grading formgrader

student: lab-ready
	@$(PY) -m helpers.grading student

grade: lab-ready
	@$(PY) -m helpers.grading grade "$(SUBMISSIONS)" --out "$(GRADES)" $(GRADE_FLAGS)

fuzz: test-ready
	@$(PY) -m tests.exploring.fuzzing --programs 2000
	@$(PY) -m tests.exploring.fuzzing_loops --programs 1000

determinism: test-ready
	@$(PY) -m tests.determinism explored --processes 20 $(PYTHONS)
	@$(PY) -m tests.determinism answers --processes 20 $(PYTHONS)

mutants: bench-ready
	@$(PY) -m tests.answers.mutants

pictures: test-ready
	@PICTURES=docs/images $(PY) tools/time_limit.py 600 $(PY) -m pytest tests/browser -k "lesson_04 or each_theme"

frame-rate: test-ready
	@$(PY) tools/time_limit.py 200 $(PY) -m tests.browser.frame_rate

# What ruff cannot mend by itself is left to `make lint` to tell.
format: test-ready
	@$(PY) -m ruff check --fix --exit-zero --quiet .
	@$(PY) -m ruff format .
	@$(NOTEBOOKS) --strip

lint: test-ready
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@[ ! -x .venv/bin/biome ] || .venv/bin/biome lint helpers
	@$(NOTEBOOKS)

hooks: test-ready
	@$(PY) -m pre_commit install

constraints: test-ready
	@sh tools/refresh_constraints.sh

clean:
	rm -rf .venv .tools build *.egg-info .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
