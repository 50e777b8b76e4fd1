"""Addresses, names and values that mean harm, in Chromium: a link costs its reader no time, and no
name is code.
"""

from __future__ import annotations

import itertools
import json
import re
import string
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from browsing import Open, serving, settle
from explorers import LIMIT, count, explorer, fragment, matching, rows
from playwright.sync_api import Page, expect
from support import Build, Project

pytestmark = [pytest.mark.browser, pytest.mark.site, pytest.mark.slow]

MOST_RANGES, MOST_WORDS = 4000, 32
PAIRS = [
    "".join(letters)
    for letters in itertools.product(string.ascii_lowercase, repeat=2)
]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
COUNTING = """
  window.made = { ranges: 0 };
  window.Range = class extends Range { constructor() { super(); window.made.ranges += 1; } };
"""
COUNT_CALLS = """names => {
  for (const name of names) {
    const { [name]: run } = mmu.query.Index.prototype;
    window.made[name] = 0;
    mmu.query.Index.prototype[name] = function (...args) { window.made[name] += 1; return run.apply(this, args); };
  }
}"""
ROWS_FOLLOW = 300
"""After how many milliseconds the other rows are drawn, as in client/explorer.js."""
MARKED = "CSS.highlights.get('mmu-found').size"


def go(page: Page, text: str) -> dict[str, int]:
    """What it costs to follow a fragment: the ranges made, and calls of the index."""
    page.evaluate("for (const name in made) made[name] = 0")
    page.evaluate("hash => { location.hash = hash }", text)
    settle(page, ROWS_FOLLOW)
    made: dict[str, int] = page.evaluate("made")
    return made


# --- what a link costs


@pytest.mark.parametrize(
    "text",
    ["e " * 900, '"e" ' * 450, "(e OR e) " * 200, "-(-e) e E \u00e9 " * 100],
)
def test_a_word_that_is_repeated_is_marked_once(
    text: str, visit: Open, served_site: str
) -> None:
    # a word within OR is looked for everywhere, another where words begin
    alone = "(e OR e)" if "OR" in text else "e"
    with visit(explorer(served_site), COUNTING) as page:
        once = go(page, fragment(alone, sort="title"))["ranges"]
        marked = page.evaluate(MARKED)
        assert 0 < marked <= once
        again = go(page, fragment(text.strip(), sort="title"))["ranges"]
        assert page.evaluate(MARKED) == marked
        assert again <= 2 * marked, "rows are drawn twice: those in sight first"


@pytest.mark.parametrize(
    "text",
    [" OR ".join(LETTERS), " OR ".join(f"{a}*" for a in LETTERS)],
)
def test_a_page_has_no_more_marks_than_a_browser_draws(
    text: str, visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site), COUNTING) as page:
        made = go(page, fragment(text))
        assert count(page) > LIMIT
        assert 0 < page.evaluate(MARKED) <= MOST_RANGES
        assert made["ranges"] <= 2 * MOST_RANGES + 2
        page.get_by_role("button", name=re.compile("^Show \\d+ more$")).click()
        settle(page, ROWS_FOLLOW)
        assert 0 < page.evaluate(MARKED) <= MOST_RANGES


def test_of_a_long_title_only_the_beginning_is_marked(
    visit: Open, tmp_path: Path
) -> None:
    project = Project(tmp_path)
    project.write(
        "long.bib",
        f"@misc{{a, title = {{{'word ' * 20_000}}}, year = 2020, keywords = {{topic:x}}}}\n",
    )
    project.write(
        "conf.py",
        'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["long.bib"]\nhtml_theme = "basic"\n',
    )
    project.write(
        "index.rst", "Long\n====\n\n.. mmu:paper-table::\n   :facets: topic\n"
    )
    out = project.build().out
    with serving(out) as site, visit(f"{site}index.html", COUNTING) as page:
        assert 0 < go(page, fragment("word"))["ranges"] <= 1000


MANY = [
    " ".join(PAIRS[:200]),
    " OR ".join(PAIRS[:200]),
    " ".join(f"title:{w}*" for w in PAIRS[:200]),
]


@pytest.mark.parametrize("text", MANY)
def test_more_words_than_a_page_looks_for_are_refused_in_words(
    text: str, visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site), COUNTING) as page:
        page.evaluate(COUNT_CALLS, ["text", "mask"])
        assert go(page, fragment(text))["text"] == 0
        wanted = f"The filter looks for more than {MOST_WORDS} words. Leave some out."
        expect(page.locator(".mmu-fault")).to_have_text(wanted)
        assert matching(page) == []
        go(page, fragment(" ".join(PAIRS[:MOST_WORDS])))
        expect(page.locator(".mmu-fault")).to_be_empty()
    with visit(f"{served_site}gap-map.html{fragment(text)}") as page:
        wanted = f"The map is unchanged: the filter looks for more than {MOST_WORDS} words; leave some out."
        expect(page.locator(".mmu-map-error").first).to_have_text(wanted)


@pytest.mark.parametrize(
    "condition",
    ["year:>={}", "key:k{}", "author:a{}*", "(key:a{0} OR key:b{0})"],
)
def test_where_nothing_matches_each_condition_is_looked_at_few_times(
    condition: str, visit: Open, served_site: str
) -> None:
    texts = [
        condition.format(2000 + n) for n in range(2000 // (len(condition) + 5))
    ]
    with visit(explorer(served_site), COUNTING) as page:
        page.evaluate(COUNT_CALLS, ["dates", "mask", "any"])
        made = go(page, fragment(" ".join([*texts, "key:none"])))
        assert count(page) == 0
        assert made["dates"] + made["mask"] <= 6 * len(texts) + 200
        assert page.locator(".mmu-empty li").count() <= 9


def test_a_hint_is_looked_for_only_where_it_is_shown(
    visit: Open, served_site: str
) -> None:
    text = " ".join(f"key:{a}{a}" for a in PAIRS[:200])
    with visit(explorer(served_site), COUNTING) as page:
        page.evaluate(COUNT_CALLS, ["values"])
        assert go(page, fragment(text))["values"] <= 2
    with visit(f"{served_site}gap-map.html{fragment(text)}") as page:
        error = page.locator(".mmu-map-error").first
        expect(error).to_contain_text("key has no value 'aaaa'")
        expect(error).to_contain_text("; and 197 more")


LONG = {
    "words": "q=" + "e%20" * 60_000,
    "keys": "sel=" + "x," * 120_000,
    "columns": "cols=" + "stage," * 40_000,
    "fields": "&".join(f"a{n}=b" for n in range(40_000)),
    "marks": "=" * 250_000,
    "anchor": "x" * 250_000,
    "percent": "q=" + "%" * 250_000,
    "compared": "keys=" + "k," * 120_000,
}


@pytest.mark.parametrize("names", [" ".join(LONG), "words marks"])
def test_an_address_that_is_too_long_is_refused_in_words_and_changes_nothing(
    visit: Open, served_site: str, names: str
) -> None:
    refusal = (
        "The address is longer than 200,000 characters and has not been read"
    )
    with visit(explorer(served_site), COUNTING) as page:
        page.evaluate(COUNT_CALLS, ["text", "mask"])
        before = matching(page)
        for name in names.split():
            text = LONG[name]
            made = go(page, f"#{text}")
            assert (made["text"], made["ranges"]) == (0, 0), name
            expect(page.locator(".mmu-fault")).to_have_text(
                f"{refusal}. Shorten what follows the #."
            )
            assert matching(page) == before
            assert go(page, "")["ranges"] == 0
            expect(page.locator(".mmu-fault")).to_be_empty()


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("gap-map.html", ".mmu-map-error"),
        ("compare.html", ".mmu-compare-set [role=status]"),
    ],
)
def test_maps_and_comparisons_refuse_such_an_address_too(
    file: str, place: str, visit: Open, served_site: str
) -> None:
    with visit(f"{served_site}{file}") as page:
        for text in LONG.values():
            page.evaluate("hash => { location.hash = hash }", f"#{text}")
            expect(page.locator(place).first).to_contain_text(
                "longer than 200,000 characters"
            )
            page.evaluate("location.hash = ''")
            expect(page.locator(place).first).not_to_contain_text("longer")


ODD = [
    "q=%",
    "q=%E0%A4%A",
    "q=%ED%A0%80",
    "q=" + "%" * 1000,
    "q=%00",
    "sel=%&cols=%&sort=%",
    "q=" + "\u0301" * 1999,
    "q=" + quote("\ufdfa " * 999),
    "__proto__=x&q=toString:x&sort=__proto__&cols=__proto__&sel=__proto__",
    "q=has:constructor%20constructor:*",
    "q=" + "(" * 900,
    "rows=stage/99999999999999&columns=/&expect=1e9",
    "keys=%&only=%",
    "=",
    "&",
    "&=&",
    "q",
    "q=&q=&q2=x",
]


PLACES = {
    "papers/index.html": ".mmu-fault",
    "gap-map.html": ".mmu-map-error",
    "compare.html": ".mmu-compare-set [role=status]",
}
"""Where a page names a mistake of its address."""


@pytest.mark.parametrize("file", PLACES)
def test_any_fragment_is_answered_without_a_fault_of_a_script(
    file: str, visit: Open, served_site: str
) -> None:
    with visit(f"{served_site}{file}#{ODD[0]}") as page:
        for text in ODD:
            page.evaluate("hash => { location.hash = hash }", text)
            settle(page, ROWS_FOLLOW)
        assert_answers(page, file)
    with visit(f"{served_site}{file}#{ODD[-1]}") as page:
        settle(page, ROWS_FOLLOW)
        assert_answers(page, file)


def assert_answers(page: Page, file: str) -> None:
    """That a page still reads its address. ``visit`` asserts that no script has failed."""
    page.evaluate("hash => { location.hash = hash }", LONG["percent"])
    expect(page.locator(PLACES[file]).first).to_contain_text(
        "longer than 200,000 characters"
    )


def test_a_key_that_no_paper_has_is_named_in_short(
    visit: Open, served_site: str
) -> None:
    with visit(f"{served_site}compare.html#keys={'x' * 50_000}") as page:
        status = page.locator(".mmu-compare-set [role=status]").inner_text()
        assert status.startswith(f"No paper has the key {'x' * 80}….")
        assert len(status) < 200


# --- names


NAMES = [
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "valueOf",
    "2024",
    "7",
]
BIB = "".join(
    f"@misc{{{name}, title = {{T {name}}}, year = 202{n % 5},\n  __proto__ = {{p{n}}}, constructor"
    " = {c, d}, 10 = {ten},\n  odd = {__proto__, constructor}, seven = {toString}, year24"
    " = {hasOwnProperty/valueOf},\n  keywords = {constructor:toString,"
    f" hasOwnProperty:__proto__, valueOf:{name}}}}}\n\n"
    for n, name in enumerate(
        ["__proto__", "constructor", "toString", "hasOwnProperty", "last"]
    )
)
WORDS = """
[facet.'x"__proto__']
field = "odd"
label = '</script><!--"\u2028\u2029\\'
[facet.2024]
field = "year24"
[facet.7]
field = "seven"
[facet.constructor]
[facet.hasOwnProperty]
[facet.__proto__]
field = "__proto__"
[facet.valueOf]
[field.constructor]
separator = ","
label = "constructor"
[field.__proto__]
"""


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Build:
    project = Project(tmp_path_factory.mktemp("names"))
    project.write("odd.bib", BIB)
    terms = "".join(
        f"[term.'{facet}:{value}']\n"
        for facet, value in [
            *(("constructor", name) for name in NAMES),
            *(("hasOwnProperty", name) for name in NAMES),
            *(("valueOf", name) for name in [*NAMES, "last"]),
            *(('x"__proto__', name) for name in NAMES),
            *(("7", name) for name in NAMES),
            *(("__proto__", f"p{n}") for n in range(5)),
            *(
                ("2024", value)
                for value in ("hasOwnProperty", "hasOwnProperty/valueOf")
            ),
        ]
    )
    project.write("words.toml", WORDS + terms)
    settings = 'mmu_bibfiles = ["odd.bib"]\nmmu_vocabulary = ["words.toml"]\nsuppress_warnings = ["mmu"]\n'
    project.write(
        "conf.py",
        f'extensions = ["sphinx_mmu"]\nhtml_theme = "basic"\n{settings}',
    )
    columns = "paper constructor hasOwnProperty __proto__ 7 2024 constructor:toString has:__proto__"
    table = f".. mmu:paper-table::\n   :facets:\n   :columns: {columns}\n"
    project.write(
        "index.rst", f"Odd\n===\n\n{table}\n.. toctree::\n   compare\n   map\n"
    )
    project.write("compare.rst", "Compare\n=======\n\n.. mmu:compare::\n")
    figure = (
        ".. mmu:gap-map::\n   :rows: constructor\n   :columns: hasOwnProperty\n"
    )
    project.write("map.rst", f"Map\n===\n\n{figure}")
    return project.build()


def test_names_with_a_meaning_in_javascript_are_names_in_an_explorer(
    visit: Open, names: Build
) -> None:
    keys = ["__proto__", "constructor", "hasOwnProperty", "last", "toString"]
    with serving(names.out) as site, visit(f"{site}index.html") as page:
        assert count(page) == len(keys)
        legends = page.locator("fieldset.mmu-facet legend").all_inner_texts()
        assert {"Constructor", "hasOwnProperty"} <= set(legends)
        tags = page.evaluate(
            "mmu.records.records('papers').papers.find(p => p.key === '__proto__').tags"
        )
        assert sorted(tags['x"__proto__']) == ["__proto__", "constructor"]
        assert (tags["7"], tags["2024"]) == (
            ["toString"],
            ["hasOwnProperty/valueOf"],
        )
        for sort in (*NAMES, "key", "-key", 'x"__proto__'):
            page.evaluate(
                "hash => { location.hash = hash }",
                fragment(sort=sort, cols=",".join(NAMES)),
            )
            assert sorted(rows(page)) == keys, sort
        for text in (
            "constructor:toString",
            "hasOwnProperty:__proto__",
            "has:constructor",
            "valueOf:*",
        ):
            page.evaluate("hash => { location.hash = hash }", fragment(text))
            assert len(rows(page)) == len(keys), text
            expect(page.locator(".mmu-fault")).to_be_empty()
            expect(page.locator(".mmu-chip")).not_to_contain_text("function")
        page.evaluate(
            "hash => { location.hash = hash }",
            fragment("key:__proto__", sel="constructor,__proto__"),
        )
        assert rows(page) == ["__proto__"]


def test_names_with_a_meaning_in_javascript_are_names_in_maps_and_comparisons(
    visit: Open, names: Build
) -> None:
    with serving(names.out) as site:
        with visit(f"{site}map.html") as page:
            expect(page.locator(".mmu-map tbody tr")).to_have_count(1)
            page.evaluate("location.hash = 'rows=__proto__&columns=7'")
            expect(page.locator(".mmu-map tbody tr")).to_have_count(5)
            page.evaluate(
                "location.hash = 'rows=toString&columns=isPrototypeOf'"
            )
            expect(page.locator(".mmu-map tbody tr")).to_have_count(1)
        with visit(
            f"{site}compare.html#keys=__proto__,constructor,hasOwnProperty"
        ) as page:
            assert page.locator("thead th").count() == 3
            expect(
                page.locator(".mmu-compare tbody th").get_by_text(
                    "hasOwnProperty same"
                )
            ).to_have_count(1)
            page.evaluate("location.hash = 'keys=valueOf,__defineGetter__'")
            expect(
                page.locator(".mmu-compare-set [role=status]")
            ).to_contain_text("No paper has the key valueOf")


# --- values

VALUES = ["", "/", "/a", "/a/b", "a//b", "a/", "-", "_", "-/-", "//", "a/b/c"]


@pytest.fixture
def odd_values(tmp_path: Path) -> Iterator[tuple[str, int]]:
    """A site whose records have values that the reader of entries refuses, and the number of its
    papers.
    """
    project = Project(tmp_path)
    bib = "".join(
        f"@misc{{k{n}, title = {{T{n}}}, year = 2020, keywords = {{topic:Q{n}Q, kind:x}}}}\n"
        for n in range(len(VALUES))
    )
    project.write("odd.bib", bib)
    project.write(
        "conf.py",
        'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["odd.bib"]\nhtml_theme = "basic"\n',
    )
    project.write(
        "index.rst",
        "Odd\n===\n\n.. mmu:paper-table::\n   :facets:\n\n.. toctree::\n   compare\n   map\n",
    )
    project.write("compare.rst", "Compare\n=======\n\n.. mmu:compare::\n")
    project.write(
        "map.rst",
        "Map\n===\n\n.. mmu:gap-map::\n   :rows: topic\n   :columns: kind\n",
    )
    out = project.build().out
    script = out / "_static" / "mmu-papers.js"
    text = script.read_text("utf-8")
    for n, value in enumerate(VALUES):
        text = text.replace(json.dumps(f"Q{n}Q"), json.dumps(value))
    script.write_text(text, "utf-8")
    with serving(out) as site:
        yield site, len(VALUES)


def test_odd_values_break_no_page(
    visit: Open, odd_values: tuple[str, int]
) -> None:
    site, papers = odd_values
    with visit(f"{site}index.html") as page:
        assert len(rows(page)) == papers
        group = page.locator("fieldset.mmu-facet").filter(
            has=page.locator("legend", has_text="Topic")
        )
        assert group.locator("input[type=checkbox]").count() >= papers - 1
        for value in VALUES[1:]:
            page.evaluate(
                "hash => { location.hash = hash }",
                fragment(f'topic:"{value}"', cols="paper,topic"),
            )
            assert count(page) >= 1, value
    with visit(f"{site}map.html#rows=topic/2&columns=kind") as page:
        expect(page.locator(".mmu-map tbody tr").first).to_be_visible()
    with visit(f"{site}compare.html#keys=k0,k2,k4,k6,k10") as page:
        assert page.locator("thead th").count() == 5
