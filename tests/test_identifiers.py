"""Identifiers: what is one, which are the same, and what address each has."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from support import REPOSITORY, in_node

from sphinx_mmu.bib.fields import VERBATIM
from sphinx_mmu.cli import main
from sphinx_mmu.cli.add import _FETCH
from sphinx_mmu.model.identifiers import (
    address,
    kinds,
    named,
    normal,
    patterns,
    posted,
    read,
    recognised,
    same,
)
from sphinx_mmu.model.links import KINDS

CASES: dict[str, Any] = json.loads(
    Path(__file__).with_name("cases").joinpath("identifiers.json").read_text()
)


@pytest.mark.parametrize(
    "case", CASES["works"], ids=lambda case: case["text"][:60]
)
def test_an_identifier_is_recognised_bare_or_as_an_address(
    case: dict[str, str],
) -> None:
    kind, value = case["kind"], case["value"]
    assert recognised(case["text"]) == (kind, value)
    assert read(kind, case["text"]) == value
    assert normal(kind, value) == case["normal"]
    assert address(kind, value) == case["address"]
    assert recognised(case["address"]) == (kind, value)


@pytest.mark.drift
def test_each_kind_has_a_link_a_service_cases_and_a_name_in_the_help() -> None:
    given = {case["kind"] for case in CASES["works"]}
    told = main.commands["add"].help or ""
    for kind in sorted(kinds()):
        assert kind in KINDS, f"KINDS in model/links.py has no kind {kind!r}"
        assert kind in _FETCH, (
            f"_FETCH in cli/add.py does not say which service knows {kind!r}"
        )
        assert kind in given, (
            f"tests/cases/identifiers.json has no work of the kind {kind!r}"
        )
        assert KINDS[kind].label in told.partition("\n")[0], (
            f"the docstring of `add` in cli/add.py lacks {KINDS[kind].label}"
        )
    unread = sorted(_FETCH.keys() - kinds())
    assert not unread, f"_KINDS in model/identifiers.py lacks {unread}"


@pytest.mark.drift
def test_the_form_writes_identifiers_and_addresses_as_they_are() -> None:
    script = (REPOSITORY / "client/add.js").read_text("utf-8")
    order, verbatim = (
        set(
            re.findall(r'"(\w+)"', script.partition(start)[2].partition("]")[0])
        )
        for start in ("const ORDER = [", "const VERBATIM = new Set([")
    )
    differing = sorted(verbatim ^ (order & VERBATIM))
    assert not differing, (
        f"VERBATIM in client/add.js and in bib/fields.py differ by {differing}"
    )


@pytest.mark.parametrize("text", CASES["others"])
def test_what_is_none_is_not(text: str) -> None:
    assert recognised(text) is None


@pytest.mark.parametrize(("text", "number"), CASES["named"])
def test_a_text_names_an_arxiv_identifier(text: str, number: str) -> None:
    assert named(text) == number


@pytest.mark.parametrize(("value", "month"), CASES["posted"])
def test_an_arxiv_identifier_has_its_month(value: str, month: str) -> None:
    assert posted(value) == month


ANSWER = """
import { Identifiers } from "CLIENT/identifiers.js";
const { patterns, works, others, named, posted } = GIVEN, ids = new Identifiers(patterns);
const answers = text => {
  const found = ids.recognised(text);
  return found && [found.kind, found.value, ids.normal(found), ids.address(found)];
};
answer([works.map(({ text }) => answers(text)), others.map(answers),
  named.map(([text]) => ids.named(text)), posted.map(([value]) => ids.posted(value))]);
"""


def test_the_script_reads_them_alike() -> None:
    works, others, naming, dated = in_node(
        ANSWER, {"patterns": patterns(), **CASES}
    )
    assert works == [
        [case[name] for name in ("kind", "value", "normal", "address")]
        for case in CASES["works"]
    ]
    assert others == [None] * len(CASES["others"])
    assert naming == [number for _, number in CASES["named"]]
    assert dated == [month for _, month in CASES["posted"]]


@pytest.mark.parametrize(
    "text",
    [
        "10.1/" + "/." * 140,
        "10." + "1." * 140,
        "a-" * 140 + "/",
        "a." * 140,
        "x" * 10_000_000,
        "http" + "é%" * 500_000,
    ],
)
def test_a_text_that_is_nearly_one_takes_no_time(text: str) -> None:
    start = time.monotonic()
    assert recognised(text) is None
    assert time.monotonic() - start < 1


def test_capitals_versions_and_addresses_make_no_difference() -> None:
    assert same("doi", "10.1145/AB.1", "https://doi.org/10.1145/ab.1")
    assert same("arxiv", "2403.01234v1", "http://arxiv.org/abs/2403.01234v7")
    assert same("doi", "10.48550/ARXIV.2403.01234", "10.48550/arXiv.2403.01234")
    assert not same("doi", "10.1145/ab.1", "10.1145/ab.2")
    assert not same("doi", "", "")
    assert not same("openreview", "aB3", "ab3")
