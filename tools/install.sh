#!/bin/sh
# Makes .venv fit to open the course ("lab") or to test it ("test"). Costs nothing where it already is.
#
# The stamp is the last thing that an installation writes: it says what was installed, and for which folder
# (a virtual environment does not survive a move) and which Python 3.x: where the system puts a newer one under the
# same name, it runs, and finds no package. Without a stamp .venv was never finished, and is made anew.
set -eu
cd "$(dirname "$0")/.."
want=${1:-lab}
stamp=.venv/course.stamp
here=$(pwd -P)

version='import sys; print(sys.version)'
minor='import sys; print("python %d.%d" % sys.version_info[:2])'
python_line() { .venv/bin/python -c "$minor" 2>/dev/null || echo 'no python'; }
stamped() { [ -f "$stamp" ] && grep -qxF "$1" "$stamp"; }
usable() { stamped "folder $here" && stamped "$(python_line)"; }
chosen() {
    [ -z "${PYTHON:-}" ] || [ "$("$PYTHON" -c "$version")" = "$(.venv/bin/python -c "$version")" ]
}
outdated() { [ -n "$(find pyproject.toml constraints.txt -newer "$stamp")" ]; }

# The test installation holds all that the lab needs, and is never taken back.
if stamped test; then want=test; fi
if usable && chosen && stamped "$want" && ! outdated; then exit 0; fi

if usable && chosen; then
    rm -f "$stamp"
else
    python=$(sh tools/find_python.sh)
    rm -rf .venv
    "$python" -m venv .venv
fi

if [ "$want" = test ]; then what='.[test]'; else what='.'; fi
echo "Installing the course in .venv (once; one to three minutes) ..."
if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e "$what"; then
    echo "The installation did not finish. Is there a network? Run the same command again: it starts afresh." >&2
    exit 1
fi
# Builds matplotlib's list of fonts here, so that no learner's first chart stops to do so.
.venv/bin/python -c 'import matplotlib.font_manager'

# No lesson needs the network: JupyterLab is not to ask for news of its makers, nor to look for updates.
settings=.venv/share/jupyter/lab/settings
mkdir -p "$settings"
cat > "$settings/overrides.json" <<'JSON'
{
  "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false}
}
JSON

printf '%s\nfolder %s\n%s\n' "$want" "$here" "$(python_line)" > "$stamp"
