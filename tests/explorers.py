"""The explorer as tests use it, and the papers that Python finds for what it shows."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote, unquote

from playwright.sync_api import Locator, Page
from support import BIBS, REPOSITORY, TOMLS, Project, real_library

from sphinx_mmu.filters import evaluate
from sphinx_mmu.filters.syntax import And, Match, Node, Not, Or, parse, to_text
from sphinx_mmu.views.kinds import Views
from sphinx_mmu.views.papers import PapersRequest

REAL = real_library()
LIMIT = 100


def fragment(q: str = "", **more: str) -> str:
    """The fragment of a state of the explorer."""
    pairs = {"q": q, **more}
    return "#" + "&".join(
        f"{name}={quote(value, safe='')}"
        for name, value in pairs.items()
        if value
    )


def explorer(base: str, q: str = "", *, query: str = "", **more: str) -> str:
    return f"{base}papers/index.html{query}{fragment(q, **more) if q or more else ''}"


def in_python(q: str = "", sort: str = "-date") -> list[str]:
    """The keys that Python finds, in order."""
    view = Views(REAL).of(PapersRequest(filters=(q,) if q else (), sort=sort))
    assert not view.problems or {p.code.slug for p in view.problems} <= {
        "empty-result"
    }, view.problems
    return list(view.keys)


def count_in_python(*filters: str) -> int:
    return evaluate.select(tuple(filter(None, filters)), REAL.papers)[
        0
    ].bit_count()


ALL = count_in_python()


def apart(text: str) -> tuple[list[str], str]:
    """The words of a filter that the search looks for, and a filter of all else that it says."""

    def parts(node: Node) -> list[Node]:
        match node:
            case And(several):
                return [p for part in several for p in parts(part)]
            case Not(Not(part)):
                return parts(part)
            case Not(Or(several)):
                return [p for part in several for p in parts(Not(part))]
        return [node]

    words: list[str] = []
    others: list[str] = []
    for node in parts(parse(text)) if text else []:
        plain = isinstance(node, Match) and not node.facet and not node.prefix
        if (
            isinstance(node, Match)
            and plain
            and not re.search(r"\s", node.value)
        ):
            words.append(node.value)
        else:
            others.append(f"({to_text(node)})")
    return words, " ".join(others)


def unlike_python(found: list[str], text: str, sort: str = "") -> str:
    """What is wrong with the papers of a page; "" if nothing is. A filter finds what Python finds, in
    its order. Words find at least those and no paper that the rest of the filter excludes; where
    nobody has chosen an order they have one of their own.
    """
    words, others = apart(text)
    wanted = in_python(text, sort or "-date")
    if not words:
        return "" if found == wanted else f"{text!r}: {found} is not {wanted}"
    every = in_python(others, sort or "-date")
    lost, wrong = set(wanted) - set(found), set(found) - set(every)
    if lost or wrong or len(found) > len(set(found)):
        return (
            f"{text!r}: without {lost}, with {wrong}, or one twice in {found}"
        )
    ordered = [key for key in every if key in set(found)]
    return (
        ""
        if not sort or found == ordered
        else f"{text!r}: the order of {found} is not {sort}"
    )


def follow(page: Page, text: str) -> None:
    """Follow a link to a fragment, until the page has answered it."""
    page.evaluate(FOLLOWED, text)


FOLLOWED = """hash => new Promise(done => {
  addEventListener("hashchange", done, { once: true });
  location.hash = hash;
}).then(() => null)"""


def matching(page: Page) -> list[str]:
    """All that match, in order."""
    found: list[str] = page.evaluate("mmu.explorers[0].keys()")
    return found


DRAWN = r"""async () => {
  const drawn = live => {
    const [count, , note] = live.querySelector(".mmu-count").children;
    const wanted = /^([\d,]+) shown/.exec(note.textContent)?.[1] ?? count.textContent;
    return live.querySelectorAll("tr[data-mmu-key]").length === parseInt(wanted.replace(",", ""));
  };
  const until = performance.now() + 10000, all = [...document.querySelectorAll(".mmu-live")];
  while (!all.every(drawn) && performance.now() < until) await new Promise(requestAnimationFrame);
  return [...document.querySelectorAll("tr[data-mmu-key]")].map(tr => tr.dataset.mmuKey);
}"""


def rows(page: Page) -> list[str]:
    """The rows that are drawn, once all are that should be."""
    found: list[str] = page.evaluate(
        DRAWN
    )  # a strict policy forbids what wait_for_function does
    return found


def show_all(page: Page) -> None:
    """Ask for more rows until there are none."""
    more = page.get_by_role("button", name=re.compile(r"^Show \d+ more$"))
    while len(rows(page)) < count(page):
        more.click()


def address(page: Page) -> dict[str, str]:
    """The state that the address holds."""
    href: str = page.evaluate("location.href")
    parts = href.partition("#")[2].split("&")
    return {
        name: unquote(value)
        for name, _, value in (part.partition("=") for part in parts)
        if name
    }


def count(page: Page) -> int:
    return int(page.locator("[data-mmu-count]").inner_text().replace(",", ""))


def chips(page: Page) -> list[str]:
    """The conditions that chips show, in words."""
    return [
        " ".join(text.replace("×", "").split())
        for text in page.locator(".mmu-chip").all_inner_texts()
    ]


def field(page: Page) -> Locator:
    return page.get_by_label(
        "Find", exact=True
    )  # a search field, or a combobox while it offers values


def group(page: Page, facet: str) -> Locator:
    """A facet of the panel."""
    return page.get_by_role("group", name=facet, exact=True)


def option(page: Page, facet: str, label: str) -> Locator:
    """The line of a value in the panel of facets."""
    name = re.compile(rf"^(\d )?{re.escape(label)} ([\d,]+|not)$")
    return (
        group(page, facet)
        .locator(".mmu-opt")
        .filter(has=page.get_by_role("checkbox", name=name))
    )


def tick(page: Page, facet: str, label: str) -> None:
    option(page, facet, label).get_by_role("checkbox").click()


def exclude(page: Page, facet: str, label: str) -> None:
    option(page, facet, label).get_by_role("button", name="Exclude").click()


def number(page: Page, facet: str, label: str) -> str:
    return option(page, facet, label).locator(".mmu-n").inner_text()


LAYOUT = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ title }}</title>
{% for css in css_files %}{{ css_tag(css) }}{% endfor %}{% for js in script_files %}{{ js_tag(js) }}{% endfor %}
</head><body>{% block body %}{% endblock %}</body></html>
"""
"""Pages without styles of their own in their html, which the theme has."""


def real_project(project: Project, index: str, **settings: Any) -> Project:
    """A small project over the real database, in a theme without any looks."""
    refs = REPOSITORY / "refs"
    values = {
        "extensions": ["myst_parser", "sphinx_mmu"],
        "mmu_bibfiles": [str(refs / name) for name in BIBS],
        "mmu_dataset_bibfiles": [str(refs / "datasets.bib")],
        "mmu_background_bibfiles": [str(refs / "background.bib")],
        "mmu_vocabulary": [str(refs / name) for name in TOMLS],
        "mmu_paper_pages": False,
        "html_theme": "basic",
        "templates_path": ["templates"],
        **settings,
    }
    project.write(
        "conf.py",
        "".join(f"{name} = {value!r}\n" for name, value in values.items()),
    )
    project.write("templates/layout.html", LAYOUT)
    project.write("index.md", f"# Index\n\n```{{toctree}}\n{index}\n```\n")
    return project
