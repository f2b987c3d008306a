#!/bin/sh
# Prints the Python that the course is built with, or says on stderr what to do and exits 1.
#
# PYTHON=... decides alone where it is set; else the newest one that fits, of those that PATH has under a usual name.
# A name on PATH is only believed once it has run: version managers leave names behind that do not.
set -u
cd "${0%/*}/.." || exit
. tools/supported.sh

# What a Python says of itself, such as "313 3.13.0 final CPython venv". Python 2 has to understand it, too.
question='
import platform, sys, sysconfig
try:
    import ensurepip, venv
    has_venv = "venv"
except ImportError:
    has_venv = "no-venv"
build = platform.python_implementation()
if sysconfig.get_config_var("Py_GIL_DISABLED"):
    build = "free-threaded"
number = 100 * sys.version_info[0] + sys.version_info[1]
print("%d %s %s %s %s" % (number, platform.python_version(), sys.version_info[3], build, has_venv))
'

found=''
found_number=0
too_old=''
too_new=''
unreleased=''
other_build=''
no_venv=''

# Keeps a Python as the best so far, or its version in one of the lists above; false where it does not run.
look_at() {
    name=$1
    said=$("$name" -c "$question" 2>/dev/null) || return 1
    # shellcheck disable=SC2086  # five words are meant
    set -- $said
    [ $# = 5 ] || return 1
    if [ "$1" -lt $((300 + oldest)) ]; then too_old=$2
    elif [ "$1" -gt $((300 + newest)) ]; then too_new=$2
    elif [ "$3" != final ]; then unreleased=$2
    elif ! fits "$4"; then other_build="$2 ($4)"
    elif [ "$5" != venv ]; then no_venv=$2
    elif [ "$1" -gt "$found_number" ]; then
        found=$name
        found_number=$1
    fi
}

# Without the GIL threads meet in other ways, and not every package is there: taken only where PYTHON names it.
fits() { [ "$1" = CPython ] || { [ "$1" = free-threaded ] && [ -n "${PYTHON:-}" ]; }; }

complain() {
    printf '\n%s\n\n' "$*" >&2
    exit 1
}

supported="Python 3.$oldest to 3.$newest"
install="Install one of $supported beside it, then:  make PYTHON=python3.$newest lab"

if [ -n "${PYTHON:-}" ]; then
    look_at "$PYTHON" || complain "PYTHON=$PYTHON does not run. Name one of $supported."
else
    minor=$newest
    while [ "$minor" -ge "$oldest" ]; do
        look_at "python3.$minor"
        minor=$((minor - 1))
    done
    look_at python3
fi

if [ -n "$found" ]; then
    printf '%s\n' "$found"
elif [ -n "$no_venv" ]; then
    short=${no_venv%.*}
    complain "Python $no_venv is here, but it cannot make virtual environments: its ensurepip is missing.
On Debian and Ubuntu:  sudo apt-get install python3-venv   (or python$short-venv)
Then run the same command again."
elif [ -n "$other_build" ]; then
    complain "Python $other_build was found, and the lessons are about the ordinary CPython, with its GIL.
$install"
elif [ -n "$unreleased" ]; then
    complain "Python $unreleased was found. It is a preview, and the course was measured on releases only.
$install"
elif [ -n "$too_new" ]; then
    complain "Python $too_new was found, and it is not tried yet with this course: each new Python changes the
inside of its locks and of its interpreter, and no lesson was measured there.
$install"
elif [ -n "$too_old" ]; then
    complain "Python $too_old was found, and it is too old: the course needs one of $supported.
$install"
else
    complain "No Python was found. Install one of $supported, then run the same command again."
fi
