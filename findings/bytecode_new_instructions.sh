#!/bin/sh
# bytecode 0.19.1 (a library that takes code objects apart and puts them together) says that it supports Python 3.13 to
# 3.15, but cannot take apart, or cannot put together again, two constructs that came with 3.13 and 3.14:
#
#   the default of a type parameter (3.13)   from_code: ValueError: 5 is not a valid Intrinsic2Op
#   a template string with !r (3.14)         from_code: ValueError: 5 is not a valid FormatValue
#   a template string without it (3.14)      from_code works, to_code: AssertionError
#
# Seen on Python 3.14.10 and 3.15.2. Fails where any of this has changed. Needs Python 3.14 or newer: PYTHON=python3.14
set -eu
python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 14))' || {
    echo "This needs Python 3.14 or newer, and $python is older: PYTHON=python3.14 $0" >&2
    exit 2
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$python" -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check bytecode==0.19.1
cd "$folder"
cat > seen.py <<'PYTHON_ENDS'
import sys

from bytecode import Bytecode


def what_happens(source):
    """What comes of taking all code of a source apart and putting it together again."""
    code = compile(source, "source", "exec")
    todo = [code]
    while todo:
        each = todo.pop()
        todo += [inner for inner in each.co_consts if hasattr(inner, "co_code")]
        for step in ("from_code", "to_code"):
            try:
                taken = Bytecode.from_code(each) if step == "from_code" else taken.to_code()
            except Exception as error:
                return f"{step}: {type(error).__name__}: {error}".removesuffix(": ")
    return "works"


EXPECTED = {
    "class Box[T]: pass": "works",
    "class Box[T = int]: pass": "from_code: ValueError: 5 is not a valid Intrinsic2Op",
    "name = 'you'; f'{name!r}'": "works",
    "name = 'you'; t'{name!r}'": "from_code: ValueError: 5 is not a valid FormatValue",
    "name = 'you'; t'{name}'": "to_code: AssertionError",
}
print(f"Python {sys.version.split()[0]}, bytecode 0.19.1")
seen = {source: what_happens(source) for source in EXPECTED}
for source, result in seen.items():
    print(f"  {source:28} {result}")
sys.exit(seen != EXPECTED)
PYTHON_ENDS
"$folder/venv/bin/python" seen.py
