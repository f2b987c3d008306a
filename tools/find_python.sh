#!/bin/sh
# Prints the Python that the course is built with, or says on stderr what to do and exits 1.
#
# PYTHON=... decides alone where it is set; else the first of the usual names that runs and fits.
# A name on PATH is only believed once it has run: version managers leave names behind that do not.
set -u

too_old=''
too_new=''
no_venv=''

# Sorts one name into $found or one of the lists above; false where it does not run at all.
look_at() {
    version=$("$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || return 1
    case $version in
        3.11 | 3.12 | 3.13)
            if "$1" -c 'import venv, ensurepip' 2>/dev/null; then found=$1; else no_venv=$version; fi ;;
        [0-2].* | 3.? | 3.10) too_old=$version ;;
        *) too_new=$version ;;
    esac
}

complain() {
    printf '\n%s\n\n' "$*" >&2
    exit 1
}

found=''
if [ -n "${PYTHON:-}" ]; then
    look_at "$PYTHON" || complain "PYTHON=$PYTHON does not run. Name a Python 3.11, 3.12 or 3.13."
else
    for name in python3 python3.13 python3.12 python3.11; do
        look_at "$name"
        [ -z "$found" ] || break
    done
fi

if [ -n "$found" ]; then
    printf '%s\n' "$found"
elif [ -n "$no_venv" ]; then
    complain "Python $no_venv is here, but it cannot make virtual environments: its ensurepip is missing.
On Debian and Ubuntu:  sudo apt-get install python3-venv   (or python$no_venv-venv)
Then run the same command again."
elif [ -n "$too_new" ]; then
    complain "Python $too_new was found, and it is not tried yet with this course: Python 3.14 changed the
inside of its locks and of its interpreter, and no lesson was measured there.
Install Python 3.11, 3.12 or 3.13 beside it, then:  make PYTHON=python3.13 lab"
elif [ -n "$too_old" ]; then
    complain "Python $too_old was found, and it is too old: the course needs Python 3.11, 3.12 or 3.13.
Install one of these beside it, then:  make PYTHON=python3.13 lab"
else
    complain "No Python was found. Install Python 3.11, 3.12 or 3.13, then run the same command again."
fi
