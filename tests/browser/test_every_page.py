"""Every kind of page as a reader has it: two widths, two schemes, no fault, no request to another
origin.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Open
from screenshots import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", [*PAGES, "compare", "news", "cite"])
def test_every_kind_of_page_is_open_to_all(
    visit: Open, served_site: str, name: str, width: int, scheme: str
) -> None:
    settings = {
        "viewport": {"width": width, "height": 900},
        "color_scheme": scheme,
        "bypass_csp": True,
    }
    with visit(f"{served_site}{name}.html", **settings) as page:
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        found = Axe().run(page).response["violations"]
        assert [(v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found] == []
