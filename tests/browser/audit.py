"""An accessibility audit by axe-core, which comes with the package axe-playwright-python: no network."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SERIOUS = ("serious", "critical")


def serious_violations(page: Page, selector: str) -> list[str]:
    """What axe-core finds serious or critical in the parts of the page that `selector` picks."""
    assert page.locator(selector).count(), f"nothing to audit: the page has no {selector}"
    found = Axe().run(page, context=selector).response["violations"]
    return [
        f"{each['impact']}: {each['id']}: {node['html']}: {node.get('failureSummary', '')}"
        for each in found
        if each["impact"] in SERIOUS
        for node in each["nodes"]
    ]
