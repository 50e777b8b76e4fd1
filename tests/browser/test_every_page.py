"""Every kind of page as a reader has it: two widths, two schemes, no fault, no request to another
origin.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Open
from screenshots import PAGES
from support import some_slow

pytestmark = [pytest.mark.browser, pytest.mark.site]


EVERY = [
    (name, width, scheme)
    for name in (*PAGES, "compare", "news", "cite")
    for width in (1280, 390)
    for scheme in ("light", "dark")
]
OFTEN = [
    ("index", 1280, "light"),
    ("overview", 390, "dark"),
    ("glossary", 390, "dark"),
    ("facet/modality/audio", 390, "dark"),
    ("paper/huo2025mmunlearner", 1280, "light"),
    ("news", 1280, "dark"),
]
"""Each kind of page once, as a short one; the long ones take axe twenty times as long."""


@pytest.mark.parametrize(("name", "width", "scheme"), some_slow(EVERY, OFTEN))
def test_every_kind_of_page_is_open_to_all(
    visit: Open, served_site: str, name: str, width: int, scheme: str
) -> None:
    settings = {
        "viewport": {"width": width, "height": 900},
        "color_scheme": scheme,
        "bypass_csp": True,
    }
    with visit(f"{served_site}{name}.html", **settings) as page:
        assert (
            page.evaluate("document.documentElement.scrollWidth - innerWidth")
            <= 0
        )
        found = Axe().run(page).response["violations"]
        assert [
            (v["id"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found
        ] == []
