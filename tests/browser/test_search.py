"""The search of the real site in Chromium, served below a path and from a folder: what comes first,
and its kind.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import Windows
from explorers import in_python
from playwright.sync_api import Page, expect
from support import REPOSITORY, Project, some_slow

from sphinx_mmu.filters.evaluate import leaves
from sphinx_mmu.filters.syntax import Match, parse

pytestmark = [pytest.mark.browser, pytest.mark.site]

BELOW = "/sub/path/"

Hit = tuple[str, str, str]
"""Kind, text of the link, and the line below."""
SHOWN = (
    "hits => hits.map(hit => ['.mmu-kind', 'a', '.mmu-by'].map(part =>"
    " hit.querySelector(part)?.innerText ?? ''))"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site for an address below a path, which its page for lost addresses has to know."""
    source = tmp_path_factory.mktemp("source")
    for name in ("docs", "refs", "examples"):
        shutil.copytree(
            REPOSITORY / name,
            source / name,
            ignore=shutil.ignore_patterns("paper", "facet"),
        )
    shutil.copy(REPOSITORY / "conf.py", source)
    out = tmp_path_factory.mktemp("server") / BELOW.strip("/")
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-c",
        str(source),
        str(source / "docs"),
        str(out),
    ]
    subprocess.run(
        command,
        check=True,
        env={**os.environ, "MMU_BASEURL": f"https://example.org{BELOW}"},
    )
    return out


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder in silence, and its 404 page for what it does not have, as hosts of static
    sites do.
    """

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 -- the name it has there
        """Say nothing."""

    def send_error(self, code: int, *_reason: Any) -> None:
        page = Path(self.directory) / BELOW.strip("/") / "404.html"
        body = page.read_bytes() if page.is_file() else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder; gives the address of its root."""
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Handler, directory=str(folder))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    with serving(site.parents[len(BELOW.strip("/").split("/")) - 1]) as root:
        yield f"{root}{BELOW.lstrip('/')}"


Open = Callable[..., contextlib.AbstractContextManager[Page]]


@pytest.fixture
def opened(windows: Windows) -> Open:
    """Open a page that may ask no other origin for anything, and report no fault."""

    @contextlib.contextmanager
    def run(
        address: str, *, axe: bool = False, **settings: Any
    ) -> Iterator[Page]:
        faults: list[str] = []
        with windows.page(settings) as page:
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on(
                "console",
                lambda line: (
                    faults.append(line.text)
                    if line.type == "error" and not axe
                    else None
                ),
            )
            page.on(
                "request",
                lambda request: faults.extend(foreign(request.url, address)),
            )
            page.goto(address)
            yield page
        assert [
            fault for fault in faults if "404 (Not Found)" not in fault
        ] == []

    return run


def foreign(url: str, address: str) -> list[str]:
    """The address, if it is of another origin."""
    here, there = urlsplit(address), urlsplit(url)
    same = there.scheme == "data" or (there.scheme, there.netloc) == (
        here.scheme,
        here.netloc,
    )
    return [] if same else [url]


def ask(page: Page, words: str) -> None:
    """Type words into the field of the page, and wait for the last hit."""
    page.locator("article input[name=q]").fill(words)
    page.keyboard.press("Enter")
    finished(page)


def finished(page: Page) -> None:
    expect(page.get_by_role("status")).to_have_text(
        re.compile("results? for|Nothing was found"), timeout=20_000
    )


def hits(page: Page) -> list[Hit]:
    """What the list of hits shows."""
    found = page.locator("ul.search > li")
    return [tuple(parts) for parts in found.evaluate_all(SHOWN)]


SALUN = (
    "SalUn: Empowering Machine Unlearning via Gradient-Based Weight Saliency "
    "in Both Image Classification and Generation"
)

FIRST = {
    "SalUn": ("Paper", SALUN, "Chongyu Fan"),
    "salun": ("Paper", SALUN, "ICLR 2024"),
    SALUN: ("Paper", SALUN, ""),
    "Text-to-Unlearn": (
        "Paper",
        "Prompting Forgetting: Unlearning in GANs via Textual Guidance",
        "Text-to-Unlearn",
    ),
    "Sijia Liu": ("Author", "Sijia Liu", ""),
    "Bartosz": (
        "Paper",
        "SAeUron: Interpretable Concept Unlearning",
        "Bartosz Cywiński",
    ),
    "Mask-driven selective": (
        "Stage",
        "Mask-driven selective",
        "in Training-time edits",
    ),
    "hallucination": ("Target", "Hallucination", ""),
    "what is direct gradient": (
        "Stage",
        "Direct gradient",
        "in Training-time edits",
    ),
    "FID": ("Metric", "Fréchet Inception Distance", "in Metrics"),
    "ImageNet": ("Dataset", "ImageNet", "in Datasets"),
    "homoglyph": ("Glossary", "Homoglyph", "in Glossary"),
    "introduction": ("Page", "Introduction", ""),
    "directives": ("Guide", "Directives", ""),
}
"""What is typed → the first hit: its kind, how its name begins, and what the line below holds."""


@pytest.mark.parametrize("step", some_slow([1, 4], [4]))
def test_the_first_hit_is_what_was_meant_and_says_what_it_is(
    opened: Open, base: str, step: int
) -> None:
    found = {}
    with opened(f"{base}search.html") as page:
        for words in [*FIRST][::step]:
            ask(page, words)
            found[words] = hits(page)[0]
    assert {
        words: (first, FIRST[words])
        for words, first in found.items()
        for kind, name, more in [FIRST[words]]
        if not (
            first[0] == kind and first[1].startswith(name) and more in first[2]
        )
    } == {}


def test_every_hit_has_a_kind_and_no_place_comes_twice(
    opened: Open, base: str
) -> None:
    with opened(f"{base}search.html") as page:
        ask(page, "unlearning")
        more = page.get_by_role("button", name="more")
        while more.is_visible():
            more.click()
        found = hits(page)
        ways = page.locator("ul.search > li > a").evaluate_all(
            "links => links.map(link => link.href)"
        )
    assert "Paper" in {kind for kind, _, _ in found}
    assert all(kind for kind, _, _ in found)
    assert len(ways) == len(set(ways)) == 100


def test_a_hit_shows_the_sentence_that_matches_with_its_words_marked(
    opened: Open, base: str
) -> None:
    with opened(f"{base}search.html?q=right+to+be+forgotten") as page:
        finished(page)
        first = page.locator(
            "ul.search > li", has=page.locator(".context mark")
        ).first
        marked = first.locator(".context mark").all_inner_texts()
    assert {"right", "forgotten"} <= {word.lower() for word in marked}


def test_the_list_follows_what_is_typed(opened: Open, base: str) -> None:
    with opened(f"{base}search.html") as page:
        page.locator("article input[name=q]").press_sequentially("salu")
        finished(page)
        assert hits(page)[0][:2] == ("Paper", SALUN)
        page.locator("article input[name=q]").fill("")
        expect(page.locator("ul.search > li")).to_have_count(0)


@pytest.mark.slow
def test_a_page_without_the_data_has_sphinx_s_own_list(
    opened: Open, base: str
) -> None:
    with opened(f"{base}index.html") as page:
        page.route(
            "**/mmu-find-data.js*", lambda route: route.fulfill(status=404)
        )
        page.goto(f"{base}search.html?q=salun")
        expect(page.get_by_text("Search finished")).to_be_visible(
            timeout=20_000
        )
        found = page.locator("#search-results li a")
        assert "paper/fan2023salun.html" in (
            found.first.get_attribute("href") or ""
        )


@pytest.mark.slow
def test_a_benchmark_comes_after_the_paper_of_its_name(
    opened: Open, base: str
) -> None:
    with opened(f"{base}search.html") as page:
        ask(page, "UMU-Bench")
        assert [hit[0] for hit in hits(page)[:2]] == ["Paper", "Benchmark"]
        page.locator("ul.search > li > a").nth(1).click()
        page.wait_for_url("**/benchmarks.html#*")
        assert page.evaluate(
            "document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null"
        )


def test_papers_of_an_author_come_before_all_that_name_them(
    opened: Open, base: str
) -> None:
    with opened(f"{base}search.html") as page:
        ask(page, "Yihua Zhang")
        found = hits(page)
    assert found[0][:2] == ("Author", "Yihua Zhang")
    named = ["Yihua Zhang" in more for _, _, more in found[1:]]
    assert sum(named) >= 3
    assert all(named[: sum(named)])


@pytest.mark.parametrize(
    "words",
    some_slow(
        ["ImageNet", "Homoglyph", "LPIPS", "Mask-driven selective"],
        ["Mask-driven selective"],
    ),
)
def test_a_hit_on_a_page_leads_to_its_place(
    opened: Open, base: str, words: str
) -> None:
    with opened(f"{base}search.html") as page:
        ask(page, words)
        page.locator("ul.search > li > a").first.click()
        page.wait_for_url("**#*")
        assert page.evaluate(
            "document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null"
        )


@pytest.mark.slow
def test_a_name_is_found_without_its_accents(opened: Open, base: str) -> None:
    with opened(f"{base}search.html") as page:
        found = []
        for name in ("Cywiński", "Cywinski"):
            ask(page, name)
            found.append(hits(page))
        assert found[0][0][:2] == found[1][0][:2]


@pytest.mark.slow
def test_the_sidebar_s_field_leads_to_the_same(opened: Open, base: str) -> None:
    with opened(
        f"{base}paper/fan2023salun.html",
        viewport={"width": 1280, "height": 800},
    ) as page:
        page.locator(".sidebar-search").focus()
        page.locator(".sidebar-search").fill("SalUn")
        page.keyboard.press("Enter")
        finished(page)
        assert hits(page)[0][:2] == ("Paper", SALUN)


@pytest.mark.parametrize(
    "words",
    some_slow(
        [
            "concept erasure",
            'say "no" -or not',
            "[video] stage:word (face",
            "Cywiński",
        ],
        ["[video] stage:word (face"],
    ),
)
def test_the_same_words_lead_to_the_explorer_which_takes_them_as_they_are(
    opened: Open, base: str, words: str
) -> None:
    with opened(f"{base}search.html?q={quote(words)}") as page:
        finished(page)
        page.get_by_role("link", name="Only papers, to filter further").click()
        page.wait_for_url("**/papers/index.html#q=*")
        expect(page.get_by_label("Find", exact=True)).not_to_have_attribute(
            "aria-invalid", "true"
        )
        shown, text = page.evaluate(
            "[mmu.explorers[0].keys(), mmu.explorers[0].text()]"
        )
    assert [
        leaf.value for leaf in leaves(parse(text)) if isinstance(leaf, Match)
    ] == words.split()
    assert set(in_python(text)) <= set(shown)


@pytest.mark.slow
def test_hostile_words_are_only_words(opened: Open, base: str) -> None:
    with opened(f"{base}search.html") as page:
        for words in (
            '"><img src=x onerror=alert(1)>',
            "__proto__ constructor",
            "(*[",
            "image __proto__",
        ):
            ask(page, words)
            assert page.locator("article img").count() == 0


@pytest.mark.slow
def test_without_a_script_the_page_says_so_and_leads_on(
    opened: Open, base: str
) -> None:
    with opened(f"{base}search.html", java_script_enabled=False) as page:
        expect(page.get_by_text("needs JavaScript")).to_be_visible()
        assert not page.locator("article form").is_visible()
        ways = {
            link.inner_text(): link.get_attribute("href")
            for link in page.locator("article a").all()
        }
        assert {ways["Papers"], ways["Glossary"]} == {
            "papers/index.html",
            "glossary.html",
        }
        page.locator("article").get_by_role("link", name="Papers").click()
        expect(page.locator("[data-mmu-key]").first).to_be_visible()


@pytest.mark.slow  # a site of its own
@pytest.mark.parametrize(
    "address", ["nowhere.html", "paper/nobody.html", "a/b/c/d"]
)
def test_a_lost_address_searches_and_leads_on(
    opened: Open, served: str, address: str
) -> None:
    with opened(f"{served}{address}") as page:
        expect(page.get_by_role("heading", level=1)).to_have_text(
            "Page not found"
        )
        assert (
            page.evaluate(
                "getComputedStyle(document.querySelector('article h1')).fontSize"
            )
            == "32px"
        )  # has styles
        page.locator("article").get_by_role("link", name="Glossary").click()
        page.wait_for_url(f"{served}glossary.html")
        page.go_back()
        page.locator("article input[name=q]").fill("SalUn")
        page.keyboard.press("Enter")
        finished(page)
        assert hits(page)[0][:2] == ("Paper", SALUN)


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize(
    "address",
    [
        "search.html?q=speaker",
        "search.html?q=qqqqq",
        "search.html",
        "nowhere.html",
    ],
)
def test_axe_finds_nothing(
    opened: Open,
    request: pytest.FixtureRequest,
    address: str,
    width: int,
    scheme: str,
) -> None:
    served = request.getfixturevalue(
        "served" if address == "nowhere.html" else "served_site"
    )
    settings = {
        "viewport": {"width": width, "height": 900},
        "color_scheme": scheme,
    }
    with opened(f"{served}{address}", axe=True, **settings) as page:
        if "?" in address:
            finished(page)
        assert (
            page.evaluate("document.documentElement.scrollWidth - innerWidth")
            <= 0
        )
        assert [
            found["id"] for found in Axe().run(page).response["violations"]
        ] == []


# --- another theme, another builder

SMALL = {
    "conf.py": (
        'project, author, copyright, version = "Small", "Author", "2026, Author", "1"\nextensions ='
        ' ["sphinx_mmu"]\nmmu_bibfiles = ["refs.bib"]\nmmu_vocabulary = ["words.toml"]\nhtml_theme'
        ' = "basic"\nmmu_explorer = "lists/index"\nmmu_site_search = True\nmmu_guides = {"guide": []}\n'
    ),
    "refs.bib": (
        "@misc{one2024, title = {Zeta: On Foxes}, shorttitle = {Zeta}, author = {Ada, Nora}, year ="
        " {2024},\n  keywords = {target:big-fox}}\n"
    ),
    "words.toml": (
        '[facet.target]\nlabel = "Goal"\n[term."target:big-fox"]\nlabel = "Big & <bad> fox"\n'
    ),
    "index.rst": (
        "Small\n=====\n\n.. toctree::\n\n   lists/index\n   chapter\n   own\n   guide/index\n\nAn"
        " otter.\n"
    ),
    "lists/index.rst": "All\n===\n\nAn otter.\n\n.. mmu:paper-table::\n",
    "chapter.rst": (
        "Chapter one\n===========\n\nAn otter.\n\n.. mmu:term:: target:big-fox\n\n   A word.\n"
    ),
    "own.rst": ":mmu-kind: Recipe\n:mmu-names: otter, broth\n\nSoup\n====\n\nAn otter.\n",
    "guide/index.rst": "Manual\n======\n\nAn otter.\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_kinds_hold_with_another_theme_and_in_folders(
    opened: Open, tmp_path: Path, builder: str
) -> None:
    made = Project(tmp_path)
    for name, text in SMALL.items():
        made.write(name, text)
    out, name = (
        made.build(builder).out,
        "search.html" if builder == "html" else "search/",
    )
    with serving(out) as root, opened(f"{root}{name}?q=otter") as page:
        finished(page)
        assert {name: kind for kind, name, _ in hits(page)} == {
            "Chapter one": "Page",
            "All": "List",
            "Soup": "Recipe",
            "Manual": "Guide",
            "Small": "Page",
        }
        assert hits(page)[0][1] == "Soup"  # its other name
        page.locator("input[name=q]").first.fill("fox")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=fox*")
        finished(page)
        found = {(kind, name) for kind, name, _ in hits(page)[:2]}
        assert found == {
            ("Goal", "Big & <bad> fox"),
            ("Paper", "Zeta: On Foxes"),
        }
        assert ("Paper", "Zeta: On Foxes", "2024 · Nora Ada") in hits(page)
        page.locator("ul.search > li > a", has_text="Big & <bad> fox").click()
        page.wait_for_url("**#*")
        assert page.evaluate(
            "document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null"
        )
