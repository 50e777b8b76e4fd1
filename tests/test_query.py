"""The filter language: tests/cases/filters.json, which browsers run too, and what holds for any
filter.
"""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping
from itertools import chain, permutations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sphinx_mmu.filters import evaluate, syntax
from sphinx_mmu.filters.syntax import (
    All,
    And,
    FilterError,
    Has,
    Match,
    Node,
    Not,
    Or,
    Range,
)
from sphinx_mmu.library.collection import DERIVED
from sphinx_mmu.library.collection import Collection as Papers
from sphinx_mmu.library.library import Library
from sphinx_mmu.problems import Code

ROOT = Path(__file__).parents[1]
CASES: dict[str, Any] = json.loads(
    (ROOT / "tests/cases/filters.json").read_text("utf-8")
)
Paper = Mapping[str, Any]


class CaseIndex:
    """The papers of the case file, with every question answered in the plainest way."""

    def __init__(
        self, papers: list[Paper], facets: list[Mapping[str, Any]]
    ) -> None:
        self.papers = papers
        self.tag_facets = {f["name"]: f for f in facets}

    @property
    def unpublished(self) -> Collection[str]:
        return ()

    @property
    def everything(self) -> int:
        return (1 << len(self.papers)) - 1

    def facets(self) -> Collection[str]:
        return [*self.tag_facets, *DERIVED]

    def values(self, facet: str) -> Collection[str]:
        used = [v for p in self.papers for v in self._of(p, facet)]
        return [
            *self.tag_facets.get(facet, {"values": []})["values"],
            *dict.fromkeys(used),
        ]

    def tagged(self, facet: str, value: str) -> int | None:
        declared = self.tag_facets.get(facet, {})
        labels = {
            label.lower(): v for v, label in declared.get("labels", {}).items()
        }
        named = declared.get("aliases", {}).get(value, value).lower()
        wanted = labels.get(named, named)
        if facet == "venue":
            return (
                self._where(lambda p: wanted in self._names_of_venue(p)) or None
            )
        if wanted not in {v.lower() for v in self.values(facet)}:
            return None
        start = f"{wanted}/"
        return self._where(
            lambda p: any(
                f"{v.lower()}/".startswith(start) for v in self._of(p, facet)
            )
        )

    def any(self, facet: str) -> int:
        return self._where(lambda p: bool(self._of(p, facet)))

    def text(self, needle: str, field: str | None, prefix: bool) -> int:
        pattern = (r"(?<![^\W_])" if prefix else "") + re.escape(
            syntax.fold(needle)
        )
        return self._where(
            lambda p: any(
                re.search(pattern, syntax.fold(t))
                for t in self._texts(p, field)
            )
        )

    def dates(self, within: Range) -> int:
        low, high = within.low, within.high

        def matches(paper: Paper) -> bool:
            known = (
                paper.get("published", "")
                if within.facet == "published"
                else paper["date"]
            )
            date = (known + "-01-01")[:10]
            after = not low or (
                date >= low if within.low_closed else date[: len(low)] > low
            )
            before = not high or (
                date[: len(high)] <= high
                if within.high_closed
                else date[: len(high)] < high
            )
            return bool(known) and after and before

        return self._where(matches)

    def _where(self, holds: Callable[[Paper], bool]) -> int:
        return sum(1 << i for i, p in enumerate(self.papers) if holds(p))

    @staticmethod
    def _names_of_venue(paper: Paper) -> set[str]:
        venue, issued = paper["venue"], paper.get("published")
        of_a_year = [f"{venue}/{issued}", f"{venue} {issued}"] if issued else []
        return {
            name.lower() for name in (venue, paper["venue_name"], *of_a_year)
        }

    @staticmethod
    def _of(paper: Paper, facet: str) -> list[str]:
        derived = {
            "year": [paper["date"][:4]],
            "published": [paper.get("published", "")],
            "venue": [paper["venue"]],
            "results": paper.get("results", []),
            "author": paper["authors"],
            "type": [paper["type"]],
            "key": [paper["key"]],
            "keyword": paper["keywords"],
            "has": [*paper["links"], *paper["fields"]],
        }
        return [
            v for v in derived.get(facet, paper["tags"].get(facet, [])) if v
        ]

    @staticmethod
    def _texts(paper: Paper, field: str | None) -> list[str]:
        texts = {
            "title": [paper["title"]],
            "short": [paper["short"]],
            "author": paper["authors"],
            "venue": [paper["venue"], paper["venue_name"]],
            "abstract": [" ".join(paper["abstract"].split())],
        }
        return (
            texts.get(field, [paper["fields"].get(field, "")])
            if field
            else [*chain(*texts.values())]
        )


INDEX: evaluate.Index = CaseIndex(CASES["papers"], CASES["facets"])


def filter_of(case: Mapping[str, Any]) -> str:
    if "repeat" not in case:
        return str(case["filter"])
    before, part, times, after = case["repeat"]
    return f"{before}{part * times}{after}"


def cases(kind: str, having: str = "keys") -> pytest.MarkDecorator:
    chosen = [case for case in CASES[kind] if having in case]
    assert chosen
    return pytest.mark.parametrize(
        "case", chosen, ids=lambda case: filter_of(case)[:40]
    )


def keys(text: str, index: evaluate.Index = INDEX) -> list[str]:
    found = evaluate.evaluate(syntax.parse(text), index)
    return [p["key"] for i, p in enumerate(CASES["papers"]) if found >> i & 1]


def read(text: str) -> Node | FilterError:
    try:
        return syntax.parse(text)
    except FilterError as error:
        return error


# --- the case file


@cases("matching")
def test_a_filter_matches_the_papers_it_describes(
    case: Mapping[str, Any],
) -> None:
    assert keys(filter_of(case)) == case["keys"]
    assert evaluate.check(syntax.parse(filter_of(case)), INDEX) == ()


@cases("matching", having="text")
def test_a_filter_has_one_canonical_text(case: Mapping[str, Any]) -> None:
    assert syntax.to_text(syntax.parse(filter_of(case))) == case["text"]
    assert syntax.parse(case["text"]) == syntax.parse(filter_of(case))


@cases("unknown")
def test_what_does_not_exist_is_named_and_matches_nothing(
    case: Mapping[str, Any],
) -> None:
    faults = evaluate.check(syntax.parse(case["filter"]), INDEX)
    told = [
        {"code": f.code.slug, "message": f.message, "hint": f.hint}
        for f in faults
    ]
    assert told == [{name: case[name] for name in ("code", "message", "hint")}]
    assert keys(case["filter"]) == case["keys"]


@cases("refused", having="column")
def test_a_refusal_says_what_where_and_what_instead(
    case: Mapping[str, Any],
) -> None:
    with pytest.raises(FilterError) as caught:
        syntax.parse(filter_of(case))
    error = caught.value
    assert (error.message, error.column, error.hint) == (
        case["message"],
        case["column"],
        case["hint"],
    )
    assert error.text == filter_of(case)


@cases("refused", having="column")
def test_a_caret_stands_under_the_fault(case: Mapping[str, Any]) -> None:
    with pytest.raises(FilterError) as caught:
        syntax.parse(filter_of(case))
    shown, caret = caught.value.caret.split("\n")
    rest = filter_of(case)[caught.value.column :][:40]
    assert shown[len(caret) - 1 :] == re.sub(r"\s", " ", rest)
    assert caret.strip() == "^"
    assert len(shown) <= 100


@pytest.mark.drift
def test_the_guide_names_every_facet_of_the_cases_that_follows_from_papers() -> (
    None
):
    guide = (ROOT / "docs/extension/filters.md").read_text("utf-8")
    listed = guide.partition("derived from an entry:")[2].partition(
        "Filters ignore case"
    )[0]
    filters = "\n".join(map(filter_of, CASES["matching"])).lower()
    asked = set(re.findall(r"(?<![\w\"\\:])(\w+):", filters))
    declared = {facet["name"].lower() for facet in CASES["facets"]}
    fields = {
        *chain(*(paper["fields"] for paper in CASES["papers"])),
        *evaluate.TEXT_FIELDS,
    }
    derived = asked - declared - fields
    assert derived
    for name in sorted(derived):
        assert f"`{name}`" in listed, (
            f"docs/extension/filters.md does not name `{name}`"
        )


@pytest.mark.drift
@pytest.mark.parametrize(
    ("facet", "other"),
    [
        pair
        for pair in permutations(sorted(syntax.DATE_FACETS), 2)
        if set(pair) != {"year", "date"}  # of the same date
    ],
)
def test_cases_tell_facets_of_dates_apart(facet: str, other: str) -> None:
    asked = re.compile(rf"(?i)\b{facet}:")
    filters = {
        text: asked.sub(f"{other}:", text)
        for case in CASES["matching"]
        if asked.search(text := filter_of(case))
    }
    assert any(
        not isinstance(read(changed), FilterError)
        and keys(text) != keys(changed)
        for text, changed in filters.items()
    ), (
        f"tests/cases/filters.json has no case of {facet}: that finds other papers"
        f" than {other}: does"
    )


@pytest.mark.drift
@pytest.mark.parametrize("text", [">=2024", "stage:>=a"])
def test_a_refused_range_is_told_every_facet_that_takes_one(text: str) -> None:
    error = read(text)
    assert isinstance(error, FilterError)
    said = f"{error.message}. {error.hint.partition(':>')[0]}"
    missing = [
        f for f in syntax.DATE_FACETS if not re.search(rf"\b{f}\b", said)
    ]
    assert not missing, (
        f"{said!r} in filters/syntax.py and client/syntax.js does not name {missing}"
    )


def test_the_case_file_has_each_case_once() -> None:
    filters = [
        filter_of(c)
        for kind in ("matching", "unknown", "refused")
        for c in CASES[kind]
    ]
    assert len(filters) == len(set(filters))


# --- the same cases over the library that the product uses


def entry(paper: Paper) -> str:
    tags = [
        f"{facet}:{value}"
        for facet, values in paper["tags"].items()
        for value in values
    ]
    fields = {
        "title": f"{{{paper['title']}}}",
        "shorttitle": paper["short"],
        "abstract": paper["abstract"],
        "author": " and ".join(paper["authors"]),
        "booktitle": paper["venue_name"],
        "venue": paper["venue"],
        "origdate": paper["date"],
        "year": paper.get("published", ""),
        "keywords": ", ".join([*tags, *paper["keywords"]]),
        **paper["fields"],
        **{
            link: "10.1000/1" if link == "doi" else "https://example.org/"
            for link in paper["links"]
        },
    }
    tex = {
        n: v.replace("\\", r"\textbackslash{}").replace("&", r"\&")
        for n, v in fields.items()
        if v
    }
    lines = [
        f"@{paper['type']}{{{paper['key']},",
        *(f"{n} = {{{v}}}," for n, v in tex.items()),
        "}",
        "",
    ]
    return "\n".join(lines)


def vocabulary(facet: Mapping[str, Any]) -> str:
    text = f"[facet.{facet['name']}]\nlabel = 'A facet'\n"
    for value in facet["values"]:
        aliases = [
            alias for alias, meant in facet["aliases"].items() if meant == value
        ]
        label = facet.get("labels", {}).get(value, "A term")
        text += f"[term.'{facet['name']}:{value}']\nlabel = '{label}'\naliases = {aliases}\n"
    return text


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> evaluate.Index:
    root = tmp_path_factory.mktemp("library")
    (root / "papers.bib").write_text(
        "\n".join(entry(p) for p in CASES["papers"]), "utf-8"
    )
    (root / "words.toml").write_text(
        "\n".join(vocabulary(f) for f in CASES["facets"]), "utf-8"
    )
    loaded = Library.load(["papers.bib"], vocabulary=["words.toml"], root=root)
    assert loaded.problems == ()
    results = {p["key"]: p.get("results", ()) for p in CASES["papers"]}
    return Papers(loaded.papers.papers, loaded.vocabulary, results)


@cases("matching")
def test_the_library_finds_the_same_papers(
    case: Mapping[str, Any], library: evaluate.Index
) -> None:
    assert keys(filter_of(case), library) == case["keys"]
    assert evaluate.check(syntax.parse(filter_of(case)), library) == ()


@cases("unknown")
def test_the_library_lacks_the_same_things(
    case: Mapping[str, Any], library: evaluate.Index
) -> None:
    faults = evaluate.check(syntax.parse(case["filter"]), library)
    assert [(f.message, f.hint) for f in faults] == [
        (case["message"], case["hint"])
    ]
    assert keys(case["filter"], library) == case["keys"]


# --- any text, any filter


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
    "“",
    "”",
    "„",
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
]
fragments = st.lists(st.sampled_from(FRAGMENTS))
texts = st.one_of(st.text(), fragments.map("".join), fragments.map(" ".join))


@given(texts)
@example("-" * 2000)
@example("(" * 2000)
@example("NOT " * 500 + "x")
@example("a " * 1000)
@example("\\" * 1999)
@example("stage:" * 300)
@example('"' * 2000)
def test_any_text_is_read_or_refused_at_a_column_in_it(text: str) -> None:
    result = read(text)
    if isinstance(result, FilterError):
        assert 0 <= result.column <= len(text)
        assert result.message
    else:
        assert syntax.parse(syntax.to_text(result)) == result
        assert 0 <= evaluate.evaluate(result, INDEX) <= INDEX.everything
        assert all(fault.message for fault in evaluate.check(result, INDEX))


words = st.text(min_size=1).map(lambda t: " ".join(t.split())).filter(bool)
facets = st.sampled_from(["", "stage", "title", "a-b.c_d", "größe"])
years = st.integers(1000, 9999).map(str)


@st.composite
def ranges(draw: st.DrawFn) -> Node:
    low, high = sorted((draw(years), draw(years)))
    bounds = (
        draw(st.sampled_from([low, None])),
        draw(st.sampled_from([high, None])),
    )
    closed = (
        draw(st.booleans()) or bounds[0] is None,
        draw(st.booleans()) or bounds[1] is None,
    )
    return Range(
        draw(st.sampled_from(["year", "published", "date"])), *bounds, *closed
    )


leaves = st.one_of(
    st.builds(Match, facets, words, st.booleans()),
    st.builds(Has, facets.filter(bool)),
    st.just(All()),
    ranges(),
)
nodes = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.lists(inner, min_size=2, max_size=4).map(
            lambda parts: syntax.all_of(*parts)
        ),
        st.lists(inner, min_size=2, max_size=4).map(
            lambda parts: syntax.any_of(*parts)
        ),
    ),
    max_leaves=12,
)


@given(nodes)
def test_a_filter_read_from_its_own_text_is_the_same(node: Node) -> None:
    assert syntax.parse(syntax.to_text(node)) == node


@given(nodes, nodes)
def test_operators_are_those_of_sets(a: Node, b: Node) -> None:
    def found(node: Node) -> int:
        return evaluate.evaluate(node, INDEX)

    assert found(syntax.all_of(a, b)) == found(a) & found(b)
    assert found(syntax.any_of(a, b)) == found(a) | found(b)
    assert found(Not(a)) == INDEX.everything - found(a)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert syntax.fold(syntax.fold(text)) == syntax.fold(text)


# --- the rest


def test_folding_drops_case_marks_and_compatibility() -> None:
    assert (
        syntax.fold("Déjà-VU Straße ﬁne İx Σς ℌ")
        == "deja-vu strasse fine ix σσ h"
    )
    assert (
        syntax.fold("Łukasz Søren Đoàn Ægir Œuvre Þór Ħal Ŧ Ǿ")
        == "lukasz soren doan aegir oeuvre thor hal t o"
    )


def test_nothing_and_one_need_no_operator() -> None:
    assert syntax.all_of() == All()
    assert syntax.any_of() == Not(All())
    assert (
        syntax.all_of(Has("stage"))
        == syntax.any_of(Has("stage"))
        == Has("stage")
    )


def test_operators_of_one_kind_are_one_list() -> None:
    a, b, c = (Match("", word) for word in "abc")
    assert (
        syntax.parse("a (b c)")
        == syntax.parse("a AND b AND c")
        == And((a, b, c))
    )
    assert syntax.parse("(a OR b) OR c") == Or((a, b, c))


def test_all_faults_of_a_filter_are_told() -> None:
    faults = evaluate.check(
        syntax.parse("stag:x (modality:imag OR stag:x) NOT has:cod title:x"),
        INDEX,
    )
    assert [f.code for f in faults] == [
        Code.UNKNOWN_FACET,
        Code.UNKNOWN_VALUE,
        Code.UNKNOWN_VALUE,
    ]


def test_an_error_reads_as_one_sentence_with_its_hint() -> None:
    with pytest.raises(
        FilterError,
        match=r"^a value is missing after 'stage:'; write stage:\* for any$",
    ):
        syntax.parse("stage:")
    with pytest.raises(FilterError, match=r"deep$"):
        syntax.parse("(" * 60 + ")" * 60)


def test_a_filter_is_read_once() -> None:
    assert syntax.parse("stage:once-and-for-all") is syntax.parse(
        "stage:once-and-for-all"
    )


def test_the_parser_is_loaded_when_a_filter_is_read_and_not_before() -> None:
    here = "print('lark' in sys.modules)"
    program = f"import sys, sphinx_mmu.filters.evaluate as query; {here}; query.parse('a'); {here}"
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["False", "True"]
