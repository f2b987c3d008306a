"""What pyproject.toml says."""

import tomllib

from packaging.specifiers import SpecifierSet

from tools.check_notebooks import ROOT


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def supported_minors() -> list[int]:
    """Of the Pythons 3.x that the course takes, the x, from the oldest to the newest."""
    allowed = SpecifierSet(project()["requires-python"])
    return [minor for minor in range(100) if f"3.{minor}" in allowed]
