"""Small ES modules are joined into one text, and those of the widgets are there."""

import base64
import re

import pytest

from helpers.live.modules import joined
from tools.check_notebooks import ROOT

ADDRESS = re.compile(r'"data:text/javascript;base64,([\w+/=]+)"')


def test_a_module_carries_those_that_it_imports(tmp_path):
    (tmp_path / "part").mkdir()
    (tmp_path / "one.js").write_text('import { two } from "./part/two.js";\nexport const one = two;\n')
    (tmp_path / "part" / "two.js").write_text(
        'import { three } from "../three.js";\nexport const two = three;\n'
    )
    (tmp_path / "three.js").write_text("export const three = 3;\n")
    text = joined(tmp_path / "one.js")
    assert text.endswith("export const one = two;\n")
    inner = base64.b64decode(ADDRESS.search(text)[1]).decode()
    innermost = base64.b64decode(ADDRESS.search(inner)[1]).decode()
    assert innermost == "export const three = 3;\n"


def test_a_module_that_is_missing_is_named(tmp_path):
    (tmp_path / "one.js").write_text('import { two } from "./two.js";\n')
    with pytest.raises(FileNotFoundError, match=r"two\.js"):
        joined(tmp_path / "one.js")


@pytest.mark.parametrize("file", sorted((ROOT / "helpers").rglob("*.js")), ids=lambda file: file.name)
def test_no_module_needs_the_network(file):
    text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?://|\bimport\(|\bfetch\(", text)
