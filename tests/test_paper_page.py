"""The page of a paper: what its vocabulary, its sources and its results add to it, in pages for
browsers and in words.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from pages import by_class, text, tree
from support import Build, Project

BIB = """
@misc{one,
  title    = {One: A Method},
  author   = {Ada, Nora},
  year     = {2024},
  eprint   = {2401.00001},
  summary  = {It forgets   faces.},
  cost     = {two hours},
  readfrom = {1 abstract https://arxiv.org/abs/2401.00001; 2 https://example.org/code v2},
  basis    = {summary 1; cost 1 2; needs 2; uses 2},
  readby   = {two readers},
  needs    = {data},
  uses     = {two},
  keywords = {kind:method}
}
@misc{two, title = {Two}, year = {2023}}
"""
WORDS = """
[section.card]
label = "What it takes"
[section.empty]
label = "Nothing"
[field.cost]
label = "Cost"
section = "card"
[facet.needs]
label = "Needs"
field = "needs"
section = "card"
[term."needs:data"]
label = "Data"
[facet.kind]
label = "Kind"
[term."kind:method"]
label = "Method"
[section.results]
label = "Values"
[section.near]
label = "Near works"
[relation.uses]
label = "Uses"
inverse = "Used by"
section = "near"
results = true
[metric.asr]
label = "ASR"
direction = "lower"
"""
RESULTS = "work,benchmark,metric,value\n" + "".join(
    f"one,{name},asr,{n}\n"
    for n, name in enumerate(("two", "b", "c", "d", "d2"), 1)
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.write(
        "conf.py",
        'extensions = ["sphinx_mmu"]\nhtml_theme = "basic"\nmmu_bibfiles = ["refs.bib"]\n'
        'mmu_vocabulary = ["words.toml"]\nmmu_results = ["results.csv"]\n',
    )
    made.write("refs.bib", BIB)
    extra = "".join(
        f'[benchmark.{name}]\nlabel = "Bench {name}"\n'
        for name in ("b", "c", "d", "d2")
    )
    made.write("words.toml", WORDS + extra)
    made.write("results.csv", RESULTS)
    made.write("index.rst", "Home\n====\n\n.. mmu:papers::\n")
    return made


@pytest.fixture
def built(project: Project) -> Build:
    made = project.build()
    assert made.text == ""
    return made


def section(built: Build, key: str, name: str) -> Element:
    """A section of the page of a paper."""
    page = tree(built.html(f"paper/{key}"))
    (found,) = (
        s for s in page.iter("section") if s.get("id") == f"paper-{key}-{name}"
    )
    return found


def test_a_page_says_what_is_not_recorded_and_any_identifier_is_one(
    project: Project,
) -> None:
    project.write(
        "refs.bib",
        BIB
        + "@misc{acl, title = {Three}, url = {https://aclanthology.org/P19-1001/}}",
    )
    built = project.build()
    lacking = {
        key: text(next(by_class(tree(built.html(f"paper/{key}")), "mmu-gaps")))
        for key in ("one", "two", "acl")
    }
    assert {k: t.partition(".")[0] for k, t in lacking.items()} == {
        "one": "Not recorded: venue, code",
        "two": "Not recorded: authors, venue, identifier, code",
        "acl": "Not recorded: authors, venue, code",
    }


def test_details_are_in_the_sections_of_the_vocabulary(built: Build) -> None:
    page, card = tree(built.html("paper/one")), section(built, "one", "card")
    assert [text(e) for e in card.iter("dt")] == ["Needs", "Cost"]
    assert [text(e) for e in card.iter("dd")] == ["Data", "two hours"]
    assert "paper-one-empty" not in built.html("paper/one")
    (head,) = (
        s
        for s in by_class(page, "mmu-tags")
        if text(next(s.iter("dt"))) == "Kind"
    )
    assert "Cost" not in text(head)
    (summary,) = by_class(page, "mmu-summary")
    assert text(summary) == "It forgets faces."


def test_where_values_were_read_is_folded(built: Build) -> None:
    page = tree(built.html("paper/one"))
    folds = {text(next(e.iter("summary"))): e for e in page.iter("details")}
    read = folds["Where this was read"]
    assert [text(e) for e in by_class(read, "mmu-source")] == [
        "abstract: Summary, Cost",
        "https://example.org/code (v2): Cost, Needs, Uses",
    ]
    assert [a.get("href") for a in read.iter("a")] == [
        "https://arxiv.org/abs/2401.00001",
        "https://example.org/code",
    ]
    assert "Read by two readers." in text(read)
    assert "Where this was read" not in built.html("paper/two")


def test_results_on_a_few_benchmarks_are_shown_and_those_on_others_folded(
    built: Build,
) -> None:
    results = section(built, "one", "results")
    (fold,) = (
        e
        for e in results.iter("details")
        if "more" in text(next(e.iter("summary")))
    )
    assert text(next(fold.iter("summary"))) == "Results on 2 more"
    tables, folded = (
        list(by_class(results, "mmu-scores")),
        list(by_class(fold, "mmu-scores")),
    )
    assert (len(tables), len(folded)) == (5, 2)
    assert 'id="paper-two-results"' not in built.html("paper/two")


CATALOGUE = """
[catalogue.suite]
results = true
filter = "kind:method"
[benchmark.of-one]
label = "Bench of one"
entry = "one"
[relation.tests]
label = "Tested with"
inverse = "Used to test"
tested = true
[facet.against]
relation = "tests"
"""


def test_the_page_of_a_benchmark_has_every_value_measured_on_it(
    project: Project,
) -> None:
    values = section(project.build(), "two", "measured")
    (fold,) = values.iter("details")
    assert text(next(fold.iter("summary"))) == "Two 2023: 1 value"
    assert len(list(by_class(fold, "mmu-scores"))) == 1


def test_a_benchmark_without_values_says_so(project: Project) -> None:
    project.write(
        "words.toml",
        project.source.joinpath("words.toml").read_text() + CATALOGUE,
    )
    built = project.build()
    assert text(section(built, "one", "measured")).endswith(
        "No value is recorded."
    )
    assert "paper-one-measured" not in built.html("paper/two")
    without = CATALOGUE.replace("results = true", "", 1)
    project.edit("words.toml", CATALOGUE, without)
    assert "paper-one-measured" not in project.build().html("paper/one")
    project.write(
        "results.csv", f"{RESULTS}two,of-one,asr,7\none,of-one,asr,8\n"
    )
    (fold,) = section(project.build(), "one", "measured").iter("details")
    summary = "Bench of one: 2 values of 2 works and references"
    assert text(next(fold.iter("summary"))) == summary


def test_values_without_a_page_of_their_work_are_on_that_of_the_value(
    project: Project,
) -> None:
    built = project.build(
        mmu_facet_pages=["results:b", "results:two", "has:cost"]
    )
    assert not list(
        by_class(tree(built.html("facet/results/two")), "mmu-scores")
    )
    assert "Two 2023: 1 value" in built.html("facet/results/two")
    assert (
        len(list(by_class(tree(built.html("facet/results/b")), "mmu-scores")))
        == 1
    )
    assert not (built.out / "facet/results/c.html").exists()
    assert "Two" not in text(
        next(tree(built.html("facet/has/cost")).iter("table"))
    )


def test_an_attack_leads_to_the_list_of_what_was_tested_with_it(
    project: Project,
) -> None:
    project.write(
        "words.toml",
        project.source.joinpath("words.toml").read_text() + CATALOGUE,
    )
    built = project.build(mmu_facet_pages=["against"])
    page = tree(built.html("paper/two"))
    (link,) = (a for a in page.iter("a") if text(a) == "1 paper as a list")
    assert (link.get("href") or "").startswith("../facet/against/Two")


def test_what_is_folded_is_open_in_words(project: Project) -> None:
    page = project.build("text").file("paper/one.txt")
    for said in (
        "What it takes",
        "two hours",
        "Results on 2 more",
        "Where this was read",
    ):
        assert said in page


@pytest.mark.parametrize(
    ("old", "new"),
    [("What it takes", "Its needs"), ("Cost", "Time")],
    ids=["section", "field"],
)
def test_another_label_is_on_the_page_at_the_next_build(
    old: str, new: str, project: Project, built: Build
) -> None:
    assert old in built.html("paper/one")
    project.edit("words.toml", f'"{old}"', f'"{new}"')
    again = project.build()
    assert again.read == ["paper/one"]
    assert old not in again.html("paper/one")
    assert new in again.html("paper/one")


def headings(page: Element) -> list[str]:
    """The headings of the sections of a paper's page."""
    found = (
        s
        for s in page.iter("section")
        if "mmu-paper" not in (s.get("class") or "")
    )
    return [text(next(section.iter("h2"))).rstrip("¶") for section in found]


def near(built: Build, key: str) -> dict[str, list[str]]:
    """The relations that the page of a paper shows: label → lines."""
    found = section(built, key, "near")
    labels = [text(e) for e in found.iter("dt")]
    lines = [[text(p) for p in e.iter("p")] for e in found.iter("dd")]
    return dict(zip(labels, lines, strict=True))


def test_sections_and_results_follow_one_another_as_the_vocabulary_has_them(
    built: Build,
) -> None:
    found = headings(tree(built.html("paper/one")))
    assert found[:3] == ["What it takes", "Values", "Near works"]
    assert "Related" in found[3:]
    assert "Cite" in found[3:]


def test_relations_are_on_both_pages_with_the_text_that_states_them(
    built: Build,
) -> None:
    assert near(built, "one") == {
        "Uses": ["Two 2023: https://example.org/code"]
    }
    assert near(built, "two") == {
        "Used by": ["Ada 2024: https://example.org/code"]
    }


def test_a_new_result_is_a_relation_of_both_works_at_the_next_build(
    project: Project, built: Build
) -> None:
    assert "Uses" not in near(built, "two")
    project.write(
        "results.csv",
        RESULTS.replace("value\n", "value,measured_by\n") + "one,b,asr,9,two\n",
    )
    again = project.build()
    assert {"paper/one", "paper/two"} <= set(again.read)
    assert near(again, "two")["Uses"] == ["Ada 2024: results on Bench b"]
    assert near(again, "one")["Used by"] == ["Two 2023: results on Bench b"]


def test_many_relations_are_folded(project: Project) -> None:
    names = [f"n{number}" for number in range(14)]
    more = "".join(
        f"@misc{{{name}, title = {{{name}}}, year = {{2020}}}}\n"
        for name in names
    )
    project.write(
        "refs.bib",
        BIB.replace("{two},", "{" + ", ".join(names) + "},", 1) + more,
    )
    page = tree(project.build().html("paper/one"))
    (fold,) = (
        e
        for e in page.iter("details")
        if text(next(e.iter("summary"))) == "2 more"
    )
    assert [text(p) for p in fold.iter("p")] == [
        "n12 2020: https://example.org/code",
        "n13 2020: https://example.org/code",
    ]
