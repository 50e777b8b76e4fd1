"""The filter language of the browser, ``client/query.js``, held to the one of Python: in Node, and among
the slow tests in a page of Chromium.

Both must read alike, write alike, refuse with the same words at the same column and find the same
papers. Only the hint of an unknown name may differ ("did you mean"): how near two words are is
judged by another library. In the case file it is the same.
"""

import json
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any, Protocol

import playwright.sync_api
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from support import library_of_all_words

from sphinx_mmu.export.client_data import data_script
from sphinx_mmu.filters import evaluate, syntax
from sphinx_mmu.filters.syntax import FilterError
from sphinx_mmu.library.collection import (
    Collection,
    asked,
    ordered_values,
    positions,
)
from sphinx_mmu.library.library import Library
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.publication import is_published
from sphinx_mmu.problems import Code
from sphinx_mmu.vocabulary.vocabulary import Facet

REPOSITORY = Path(__file__).parents[2]
SCRIPTS = REPOSITORY / "sphinx_mmu" / "static"
CASES: dict[str, Any] = json.loads(
    (REPOSITORY / "tests" / "cases" / "filters.json").read_text("utf-8")
)
REAL = library_of_all_words()

ANSWER = """
(() => {
  const shape = n => n.part ? { ...n, part: shape(n.part) } : n.parts ? { ...n, parts: n.parts.map(shape) } : { ...n };
  window.index = (papers, facets, asked) => new mmu.query.Index(papers, facets, null, new Map(asked));
  window.answer = (text, index) => {
    try {
      const { parse, toText, evaluate, check } = mmu.query, node = parse(text), found = evaluate(node, index);
      return { node: shape(node), text: toText(node), found: [...found.keys()].filter(i => found[i]),
               faults: check(node, index) };
    } catch (error) {
      if (!(error instanceof mmu.query.FilterError)) throw error;
      return { message: error.message, column: error.column, hint: error.hint };
    }
  };
})();
"""
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Filters</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'">
<script defer src="mmu-query.js"></script><script defer src="mmu-records.js"></script>
<script defer src="answer.js"></script></html>
"""
NODE = Path(playwright.__file__).parent / "driver" / "node"
"""The one that Playwright comes with and is driven by."""
LINES = """
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { runInThisContext } from "node:vm";
const [query, records, answer] = process.argv.slice(1);
globalThis.window = globalThis;
globalThis.mmu = {};
Object.assign(mmu, { query: await import(query), records: await import(records) });
runInThisContext(readFileSync(answer, "utf-8"), answer);
createInterface({ input: process.stdin }).on("line", line => {
  const [script, given] = JSON.parse(line), value = runInThisContext(script);
  console.log(JSON.stringify((typeof value === "function" ? value(given) : value) ?? null));
});
"""
"""Answers each line, a script and what its function is given, with a line."""


ODD = """
@misc{one, title = {A 𠀀mark and a {\\"U}ber  gap}, shorttitle = {Y\u0131ld\u0131z}, author = {Σοφός, Ο. and Ο. Σοφός},
  year = 2024, keywords = {X:up, x:a/b, x:a/c, y:two, key:two, red, Red, Ὀδυσσεύς, year:2031, x:straße}}
@misc{two, title = {x_mark - mark}, journal = {Journal of Marks}, date = {2024-03}, keywords = {X:Up, x:A, y:one, red}}
@misc{Two-B, author = {others}, title = {No year}, abstract = {Some two

  lines.}, venue = {JM}, booktitle = {Marks and Meaning}, note = {}}
"""
ODD_WORDS = """
[facet.x]
[facet.X]
[facet.key]
[facet.year]
[facet.y]
[term."y:one"]
aliases = ["same", "eins"]
[term."y:two"]
aliases = ["SAME", "One", "ZWEI"]
"""
ODD_FILTERS = [
    "mark*",
    "𠀀mark*",
    "𠀀*",
    "uber*",
    "ub*",
    '"uber gap"',
    "yildiz",
    "YILDIZ",
    "yıldız",
    "σοφοσ",
    '"two lines"',
    "*",
    "x:a",
    "X:a",
    "x:A",
    "x:UP",
    "X:up",
    "x:b",
    "x:a/*",
    "x:STRASSE",
    "x:straẞe",
    "key:two",
    "key:TWO-b",
    "key:tw*",
    "keyword:RED",
    "keyword:red",
    "keyword:r*",
    "keyword:ὈΔΥΣΣΕΎΣ",
    "keyword:ὀδυσσεύσ",
    "keyword:οδυσσ*",
    "author:ΣΟΦΌΣ",
    "author:*",
    "year:2031",
    "year:*",
    "title:x_mark",
    "title:ma*",
    'abstract:"some two"',
    "type:MISC",
    'venue:"journal of marks"',
    "venue:jm",
    'venue:"MARKS and meaning"',
    "venue:mark*",
    "venue:*",
    "note:*",
    "note:x",
    "short:*",
    "has:shorttitle",
    "y:same",
    "y:ONE",
    "y:Eins",
    "y:zwei",
    '"two\tlines"',
    "constructor:x",
    "-constructor:x",
    "toString:*",
    "-author:*",
    "note:x OR y:one",
]


class Place(Protocol):
    """Where scripts run: a page, or Node."""

    def evaluate(self, script: str, given: Any = None, /) -> Any:
        """The value of a script, or of the function that it is."""


class Node:
    """Scripts without a page."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def evaluate(self, script: str, given: Any = None, /) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([script, given]) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())


class Browser:
    """A place for scripts, with the script and the papers of several indexes."""

    def __init__(self, page: Place) -> None:
        self.page = page

    def index(
        self,
        name: str,
        papers: Sequence[Mapping[str, Any]],
        facets: Sequence[Mapping[str, Any]],
    ) -> None:
        script = (
            "([name, data]) => { window[name] = index(...JSON.parse(data)); }"
        )
        self.page.evaluate(
            script, [name, json.dumps([papers, facets, list(asked().items())])]
        )

    def library(self, name: str, collection: Collection) -> None:
        facets = [
            facet_record(facet, collection)
            for facet in collection.vocabulary.facets.values()
        ]
        records = [
            record(p, collection.results.get(p.key, ()))
            for p in collection.papers
        ]
        self.index(name, records, facets)

    def columns(self, name: str, library: Library, collection: str) -> None:
        """The records as a page has them, in columns."""
        self.page.evaluate(
            data_script(
                library,
                library.collection(collection),
                f"{name}Data",
                lambda _kind, _name: "",
            )
        )
        self.page.evaluate(
            "name => { window[name] = mmu.query.indexOf(mmu.records.records(`${name}Data`)); }",
            name,
        )

    def answers(self, index: str, texts: Sequence[str]) -> list[dict[str, Any]]:
        """Texts go there and back as ASCII, for half a surrogate pair is no text on the way."""
        script = (
            "([name, texts]) => JSON.stringify(JSON.parse(texts).map(text => answer(text,"
            " window[name])))"
        )
        found: list[dict[str, Any]] = json.loads(
            self.page.evaluate(script, [index, json.dumps(texts)])
        )
        return found

    def answer(self, index: str, text: str) -> dict[str, Any]:
        return self.answers(index, [text])[0]


# --- the data of a page


def record(paper: Paper, results: Iterable[str] = ()) -> dict[str, Any]:
    kinds = [link.kind for link in paper.links]
    return {
        "key": paper.key,
        "type": paper.type,
        "title": paper.title,
        "short": paper.short,
        "authors": [a.name for a in paper.authors],
        "venue": paper.venue,
        "vs": paper.venue_short,
        "date": paper.date,
        "published": str(paper.published or ""),
        "placed": is_published(paper),
        "results": list(dict.fromkeys(results)),
        "tags": {f: list(v) for f, v in paper.tags.items()},
        "kw": list(paper.keywords),
        "links": {link.kind: link.url for link in paper.links},
        "has": sorted({*paper.fields, *kinds}),
        "abs": paper.abstract,
        "fields": dict(paper.fields),
    }


def facet_record(facet: Facet, collection: Collection) -> dict[str, Any]:
    words = collection.vocabulary
    terms = {
        value: words.term(f"{facet.name}:{value}")
        for value in ordered_values(collection, facet)
    }
    values = [
        {
            "value": value,
            "label": words.label(facet.name, value),
            "aliases": [term.label, *term.aliases] if term else [],
        }
        for value, term in terms.items()
    ]
    return {
        "name": facet.name,
        "label": facet.label,
        "values": values,
        "open": facet.open,
    }


def case_record(paper: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{
            name: paper[name]
            for name in (
                "key",
                "type",
                "title",
                "short",
                "authors",
                "date",
                "tags",
                "fields",
            )
        },
        "venue": paper["venue_name"],
        "vs": paper["venue"],
        "published": paper.get("published", ""),
        "placed": "published" in paper,
        "results": paper.get("results", []),
        "kw": paper["keywords"],
        "abs": paper["abstract"],
        "links": dict.fromkeys(paper["links"], "https://example.org/"),
        "has": [*paper["links"], *paper["fields"]],
    }


def case_facet(facet: Mapping[str, Any]) -> dict[str, Any]:
    aliases = facet["aliases"]
    values = [
        {
            "value": v,
            "label": facet.get("labels", {}).get(v, v),
            "aliases": [
                alias for alias, meant in aliases.items() if meant == v
            ],
        }
        for v in facet["values"]
    ]
    return {
        "name": facet["name"],
        "label": facet["name"],
        "values": values,
        "open": False,
    }


@contextmanager
def in_node(folder: Path) -> Iterator[Place]:
    modules = [
        (REPOSITORY / "client" / name).as_uri()
        for name in ("query.js", "records.js")
    ]
    with subprocess.Popen(
        [
            NODE,
            "--input-type=module",
            "-e",
            LINES,
            *modules,
            folder / "answer.js",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        yield Node(process)
        assert process.stdin
        process.stdin.close()


@contextmanager
def in_chromium(
    folder: Path, chromium: playwright.sync_api.Browser
) -> Iterator[Place]:
    """A page opened from a file."""
    page = chromium.new_page()
    page.goto((folder / "index.html").as_uri())
    yield page
    page.close()


@pytest.fixture(
    scope="module",
    params=[
        "node",
        pytest.param("chromium", marks=[pytest.mark.browser, pytest.mark.slow]),
    ],
)
def browser(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("page")
    for script in ("mmu-query.js", "mmu-records.js"):
        shutil.copy(SCRIPTS / script, folder)
    (folder / "answer.js").write_text(ANSWER, "utf-8")
    (folder / "index.html").write_text(PAGE, "utf-8")
    opened = (
        in_node(folder)
        if request.param == "node"
        else in_chromium(folder, request.getfixturevalue("chromium"))
    )
    with opened as place:
        it = Browser(place)
        it.index(
            "cases",
            [case_record(p) for p in CASES["papers"]],
            [case_facet(f) for f in CASES["facets"]],
        )
        for name in ("papers", "datasets"):
            it.library(f"{name} one by one", REAL.collection(name))
            it.columns(name, REAL, name)
        yield it


# --- what Python answers


def shape(node: syntax.Node) -> dict[str, Any]:
    """A node as the browser has it."""
    kind = type(node).__name__.lower()
    match node:
        case syntax.And(parts) | syntax.Or(parts):
            return {"kind": kind, "parts": [shape(p) for p in parts]}
        case syntax.Not(part):
            return {"kind": kind, "part": shape(part)}
    names = {"low_closed": "lowClosed", "high_closed": "highClosed"}
    return {
        "kind": kind,
        **{names.get(k, k): v for k, v in asdict(node).items()},
    }


def expected(text: str, index: Collection) -> dict[str, Any]:
    try:
        node = syntax.parse(text)
    except FilterError as error:
        return {
            "message": error.message,
            "column": error.column,
            "hint": error.hint,
        }
    faults = [
        {"code": f.code.slug, "message": f.message, "hint": f.hint}
        for f in evaluate.check(node, index)
    ]
    found = list(positions(evaluate.evaluate(node, index)))
    return {
        "node": shape(node),
        "text": syntax.to_text(node),
        "found": found,
        "faults": faults,
    }


def without_guess(answer: dict[str, Any]) -> dict[str, Any]:
    return {
        **answer,
        "faults": [(f["code"], f["message"]) for f in answer.get("faults", [])],
    }


# --- the case file


def filter_of(case: Mapping[str, Any]) -> str:
    before, part, times, after = case.get("repeat", ["", "", 0, case["filter"]])
    return f"{before}{part * times}{after}"


def cases(kind: str) -> pytest.MarkDecorator:
    assert CASES[kind]
    return pytest.mark.parametrize(
        "case", CASES[kind], ids=lambda case: filter_of(case)[:40]
    )


def keys(answer: Mapping[str, Any]) -> list[str]:
    return [CASES["papers"][i]["key"] for i in answer["found"]]


@cases("matching")
def test_a_filter_matches_the_papers_it_describes(
    case: Mapping[str, Any], browser: Browser
) -> None:
    answer = browser.answer("cases", filter_of(case))
    assert keys(answer) == case["keys"]
    assert answer["faults"] == []
    assert answer["text"] == case.get("text", answer["text"])
    again = browser.answer("cases", answer["text"])
    assert again == answer


@cases("unknown")
def test_what_does_not_exist_is_named_and_matches_nothing(
    case: Mapping[str, Any], browser: Browser
) -> None:
    answer = browser.answer("cases", filter_of(case))
    assert answer["faults"] == [
        {name: case[name] for name in ("code", "message", "hint")}
    ]
    assert keys(answer) == case["keys"]


@cases("refused")
def test_a_refusal_says_what_where_and_what_instead(
    case: Mapping[str, Any], browser: Browser
) -> None:
    answer = browser.answer("cases", filter_of(case))
    assert answer == {
        name: case[name] for name in ("message", "column", "hint")
    }


# --- any filter over the real library

together = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

PAPERS = REAL.papers.papers
TEXTS = [
    t
    for p in PAPERS
    for t in (
        p.title,
        p.short,
        p.venue,
        p.abstract,
        *(a.name for a in p.authors),
    )
    if t
]
FACETS = sorted(
    {
        *REAL.papers.facets(),
        "title",
        "short",
        "abstract",
        "note",
        "size",
        "nowhere",
    }
    - {"year"}
)
VALUES = {facet: sorted(REAL.papers.values(facet)) for facet in FACETS}
ALIASES = [
    (t.facet, alias)
    for t in REAL.vocabulary.terms.values()
    for alias in (t.label, *t.aliases)
]
DATES = sorted({p.date[:n] for p in PAPERS for n in (4, 7, 10) if p.date})


OPERATORS = st.sampled_from([" ", " OR ", " AND ", "\n NOT ", " -"])


def written(value: str, *, prefix: bool = False) -> str:
    return syntax.to_text(syntax.Match("", value, prefix))


@st.composite
def parts_of_texts(draw: st.DrawFn) -> str:
    """A word of a paper, some of its letters, or several of its words."""
    words = draw(st.sampled_from(TEXTS)).split()
    first = draw(st.integers(0, len(words) - 1))
    some = " ".join(words[first : first + draw(st.integers(1, 3))])
    start = draw(st.integers(0, min(3, len(some) - 1)))
    piece = some[start : start + draw(st.integers(1, 20))].strip() or some
    return draw(
        st.sampled_from(
            [piece, piece.upper(), piece.lower(), syntax.fold(piece) or piece]
        )
    )


@st.composite
def values_of_facets(draw: st.DrawFn, facet: str) -> str:
    value = (
        draw(st.sampled_from(VALUES.get(facet) or ["x"]))
        if draw(st.booleans())
        else draw(parts_of_texts())
    )
    value = (
        draw(
            st.sampled_from(
                [value, value.upper(), value[: draw(st.integers(1, 9))]]
            )
        ).strip()
        or "x"
    )
    return draw(
        st.sampled_from([written(value), written(value, prefix=True), "*"])
    )


@st.composite
def dates(draw: st.DrawFn, facet: str) -> str:
    both = sorted([draw(st.sampled_from(DATES)), draw(st.sampled_from(DATES))])
    low, high = (date[: 10 if facet == "date" else 4] for date in both)
    left, right = draw(st.sampled_from("[{")), draw(st.sampled_from("]}"))
    ranges = [
        f"{left}{low} TO *{right}",
        f"{left}* TO {high}{right}",
        f"{left}{low}  TO\n{high}{right}",
    ]
    return draw(
        st.sampled_from(
            ["*", low, f">={low}", f"> {low}", f"<{high}", f"<={high}", *ranges]
        )
    )


@st.composite
def conditions(draw: st.DrawFn) -> str:
    match draw(st.integers(0, 4)):
        case 0:
            return written(draw(parts_of_texts()), prefix=draw(st.booleans()))
        case 1:
            facet = draw(st.sampled_from(sorted(syntax.DATE_FACETS)))
            values = st.lists(dates(facet), min_size=1, max_size=3)
        case 2 if ALIASES:
            facet, alias = draw(st.sampled_from(ALIASES))
            return f"{facet}:{written(draw(st.sampled_from([alias, alias.upper()])))}"
        case _:
            facet = draw(st.sampled_from(FACETS))
            values = st.lists(values_of_facets(facet), min_size=1, max_size=3)
    name = draw(st.sampled_from([facet, facet.upper(), facet.title()]))
    some = draw(values)
    return (
        f"{name}:{some[0]}"
        if len(some) == 1
        else f"{name}:({draw(OPERATORS).join(some)})"
    )


def combined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.builds(
        str.join, OPERATORS, st.lists(inner, min_size=2, max_size=3)
    )
    return st.one_of(
        joined.map("({})".format), inner.map("-({})".format), joined
    )


filters = st.recursive(conditions(), combined, max_leaves=6)


@together
@given(st.lists(filters, min_size=5, max_size=20))
@example(
    [
        f"{facet}:{written(value)}"
        for facet, values in VALUES.items()
        for value in values
    ]
)
@example([f"{facet}:*" for facet in FACETS])
@example(
    [
        f"{facet}:{letter}*"
        for facet in FACETS
        for letter in "abcdefghijklmnopqrstuvwxyz"
    ]
)
@example(
    [
        f"date:{sign}{date}"
        for date in DATES
        for sign in ("", ">", ">=", "<", "<=")
    ]
)
@example([f"{facet}:{written(alias)}" for facet, alias in ALIASES])
@example([f"venue:{written(p.venue)}" for p in PAPERS if p.venue])
@example(
    [
        "constructor:x",
        "toString:*",
        "has:valueOf",
        "key:__proto__",
        "hasOwnProperty:a*",
        "stage:constructor",
    ]
)
def test_a_filter_finds_the_same_papers_in_both(
    browser: Browser, texts: list[str]
) -> None:
    for name in ("papers", "datasets"):
        wanted = [
            without_guess(expected(text, REAL.collection(name)))
            for text in texts
        ]
        for index in (name, f"{name} one by one"):
            assert [
                without_guess(answer)
                for answer in browser.answers(index, texts)
            ] == wanted


@together
@given(st.lists(parts_of_texts(), min_size=1, max_size=4))
@pytest.mark.slow
def test_typing_a_word_finds_what_the_whole_word_finds(
    browser: Browser, words: list[str]
) -> None:
    """Each search may start from what the last one left."""
    letters = [
        written(word[:n].strip(), prefix=prefix)
        for word in words
        for prefix in (False, True)
        for n in range(1, 30)
        if word[:n].strip()
    ]
    typed = [*letters, *reversed(letters)]
    assert [a["found"] for a in browser.answers("papers", typed)] == [
        expected(t, REAL.papers)["found"] for t in typed
    ]


def test_odd_names_and_spellings_are_found_in_both(
    browser: Browser, tmp_path: Path
) -> None:
    """Facets that differ by case, tags that are named as fields are, letters of two units, marks
    and blanks.
    """
    (tmp_path / "odd.bib").write_text(ODD, "utf-8")
    (tmp_path / "odd.toml").write_text(ODD_WORDS, "utf-8")
    library = Library.load(["odd.bib"], vocabulary=["odd.toml"], root=tmp_path)
    odd = library.papers
    assert [p.code for p in library.problems] == [
        *[Code.VOCABULARY] * 2,
        Code.MISSING_YEAR,
    ]  # two aliases mean y:one
    browser.library("odd one by one", odd)
    browser.columns("odd", library, "papers")
    for index in ("odd", "odd one by one"):
        answers = [
            without_guess(a) for a in browser.answers(index, ODD_FILTERS)
        ]
        assert answers == [
            without_guess(expected(text, odd)) for text in ODD_FILTERS
        ]
    assert (
        sum(len(a["found"]) not in {0, 3} for a in answers)
        > len(ODD_FILTERS) / 2
    )


@pytest.mark.parametrize("name", ["papers", "datasets"])
def test_the_index_lists_the_papers_of_each_value(
    browser: Browser, name: str
) -> None:
    collection = REAL.collection(name)
    script = """name => {
      const index = window[name], masked = mask => [...mask.keys()].filter(i => mask[i]);
      const held = f => index.values(f).map(v => [v, masked(index.mask(f, [v]))]);
      return [...index.facets()].map(f => [f, held(f), masked(index.any(f))]);
    }"""
    found = browser.page.evaluate(script, name)
    there = {facet: dict(values) for facet, values, _ in found}
    assert there == {
        facet: {
            value: list(positions(collection.tagged(facet, value) or 0))
            for value in collection.values(facet)
        }
        for facet in collection.facets()
    }
    for _facet, values, some in found:
        assert some == sorted({i for _, held in values for i in held})
    for one, facet in collection.vocabulary.facets.items():
        there_are = set(collection.values(one))
        assert list(there[one]) == [
            v for v in ordered_values(collection, facet) if v in there_are
        ]


@pytest.mark.parametrize("name", ["papers", "datasets"])
def test_the_index_counts_within_a_mask(browser: Browser, name: str) -> None:
    script = """([name, nth]) => {
      const index = window[name], among = Uint8Array.from({ length: index.size }, (_, i) => +(i % nth === 0));
      return [...index.facets()].map(f => {
        const { values, none, any } = index.counts(f, among);
        return [f, [...values], none, any];
      });
    }"""
    collection = REAL.collection(name)
    for nth in (1, 2, 7):
        among = sum(1 << i for i in range(0, len(collection.papers), nth))
        counts = browser.page.evaluate(script, [name, nth])
        assert counts
        for facet, values, none, some in counts:
            tagged = {
                value: (collection.tagged(facet, value) or 0) & among
                for value in collection.values(facet)
            }
            assert dict(values) == {
                value: held.bit_count() for value, held in tagged.items()
            }
            every = reduce(or_, tagged.values(), 0)
            assert (none, some) == (
                (among & ~every).bit_count(),
                every.bit_count(),
            )


# --- any text

FRAGMENTS = [
    "AND",
    "OR",
    "NOT",
    "and",
    "TO",
    "-",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    '"',
    ":",
    "*",
    "\\",
    "&&",
    "||",
    "!",
    "/",
    "~",
    "^",
    "?",
    "+",
    ">=",
    "<",
    "2023",
    "2024-03",
    "stage:",
    "year:",
    "date:",
    "title:",
    "'",
    "erasing",
    "é",
    " ",
    "stage:(",
    "year:[2023 TO *]",
    "\u0301",
    "\n",
    "İ:",
    "\x00",
    "\ud800",
    "\x1c",
    "\ufeff",
    "\U0001d4d0",
    "😀",
    "٣",
    "²:",
    "b:",
    "año:(",
    "year:(",
    ")",
    "year:2024-13",
    "=",
    "\u2028",
    "\xad",
]
fragments = st.lists(st.sampled_from(FRAGMENTS))
known = st.characters(
    exclude_categories=["Cn"]
)  # browsers and Python know Unicode up to different versions
texts = st.one_of(
    st.text(known), fragments.map("".join), fragments.map(" ".join)
)


@given(st.lists(texts, min_size=1, max_size=40))
@example(
    [
        "-" * 2000,
        "(" * 2000,
        "NOT " * 500 + "x",
        "a " * 1000,
        "\\" * 1999,
        "stage:" * 300,
        '"' * 2000,
    ]
)
@example(
    [
        "date:[2024-03 TO 2024]",
        "date:[2024 TO 2023-12]",
        "date:{2024-03 TO 2024-03]",
        "year:\\*",
        'date:"*"',
    ]
)
@example(
    [
        f"year:{c}"
        for c in ("\x7f", "\u0600", "\ue000", "\U000e0001", "a'b", "😀")
    ]
    + ['year:"a\'\\"b"', 'year:"\\\\"']
)
@example(["😀" * 2000, "😀" * 2001, "😀 -", "a😀:b"])
@example(
    [
        "stage:(a b:c)",
        "stage:(b:c)",
        "stage:(a OR b:c)",
        "stage:(a -b:c)",
        "stage:((a) b:c)",
        "(stage:(a) b:c)",
    ]
)
@example(
    [
        "'\"'\n",
        "\x7f:",
        "a:b\u2028c:d",
        "😀 😀 ~",
        'x "\\',
        "year:'\"",
        "date:\xa0'x",
        'date:"a\'b"',
        "a\\\n:",
    ]
)
def test_any_text_is_read_or_refused_alike(
    browser: Browser, texts: list[str]
) -> None:
    texts = [
        t for t in texts if re.sub("[\ud800-\udbff][\udc00-\udfff]", "", t) == t
    ]  # JSON would join the halves
    for text, answer in zip(
        texts, browser.answers("papers", texts), strict=True
    ):
        assert without_guess(answer) == without_guess(
            expected(text, REAL.papers)
        ), ascii(text)


def test_every_character_folds_to_the_same_class(browser: Browser) -> None:
    """Of two forms either may stand for a letter, as long as both readers hold the same characters
    for equal.
    """
    every = [
        c
        for c in map(chr, range(sys.maxunicode + 1))
        if unicodedata.category(c) not in {"Cn", "Co", "Cs"}
    ]
    fold = "texts => JSON.stringify(JSON.parse(texts).map(mmu.query.fold))"

    def there(texts: list[str]) -> list[str]:
        found: list[str] = json.loads(
            browser.page.evaluate(fold, json.dumps(texts))
        )
        return found

    here = [syntax.fold(c) for c in every]
    folded = there(every)
    assert [
        c
        for c, f, h in zip(every, folded, here, strict=True)
        if syntax.fold(f) != h
    ] == []
    assert [
        c for c, f, g in zip(every, folded, there(here), strict=True) if f != g
    ] == []


NODES = """() => {
  "use strict";
  const { parse, allOf, anyOf, toText, leaves } = mmu.query, node = parse("a -b stage:(c OR d)");
  const refused = change => { try { change(); } catch { return true; } };
  return [refused(() => { node.kind = "or"; }), refused(() => { node.parts.push(1); }),
          ...[allOf(), anyOf(), anyOf(parse("x OR y"), parse("z")), allOf(parse("x y"), parse("z OR a"))].map(toText),
          ...leaves(node).map(toText)];
}"""


def test_nodes_are_built_and_cannot_be_changed(browser: Browser) -> None:
    built = ["*", "-*", "x OR y OR z", "x y (z OR a)"]
    assert browser.page.evaluate(NODES) == [
        True,
        True,
        *built,
        "a",
        "b",
        "stage:c",
        "stage:d",
    ]
