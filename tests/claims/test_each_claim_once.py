"""What the lessons claim holds: each claim is tried once here, and many times by `make claims`."""

import pytest

from helpers.claims import all_claims

CLAIMS = all_claims()


def test_the_lessons_make_claims():
    assert CLAIMS, "no function in helpers.lessons is marked with @claim"


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim.lesson}: {claim.statement}")
def test_it_holds(claim):
    assert claim.function() is True
