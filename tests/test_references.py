"""References: what styles of other programs print of our BibTeX, and the same text by our own code;
and what programs read back from an export.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain
from pathlib import Path
from unicodedata import normalize

import bibtexparser
import pytest
import rispy
from foreign import faults_of_biber, printed_by_biblatex, printed_by_pandoc
from pybtex.database import parse_string
from support import bibtex, csl_json, real_library, ris

from sphinx_mmu.bib import reader
from sphinx_mmu.bib.latex import plain_text, sentence_case
from sphinx_mmu.export.formats import FORMATS
from sphinx_mmu.library.library import Library
from sphinx_mmu.model import publication
from sphinx_mmu.model.citation import acl, apa
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.paper_reader import paper_from
from sphinx_mmu.model.reference import address

CASES = Path(__file__).parent / "cases"


@cache
def works() -> dict[str, Paper]:
    entries, problems = reader.parse(
        (CASES / "references.bib").read_text("utf-8"), "references.bib"
    )
    assert not problems
    return {entry.key: paper_from(entry)[0] for entry in entries}


def one(fields: str, kind: str = "article") -> Paper:
    (entry,), _ = reader.parse(
        f"@{kind}{{k, title = {{T}}, {fields}}}", "x.bib"
    )
    return paper_from(entry)[0]


EXPECTED: dict[str, dict[str, str]] = tomllib.loads(
    (CASES / "references.toml").read_text("utf-8")
)


def test_there_are_twenty_works_and_more() -> None:
    assert list(works()) == list(EXPECTED)
    assert len(EXPECTED) >= 20


@pytest.mark.parametrize("key", EXPECTED)
def test_a_reference_is_written_as_expected(key: str) -> None:
    assert {"apa": apa(works()[key]), "acl": acl(works()[key])} == EXPECTED[key]


# --- as others print them


def alike(text: str) -> str:
    """Without what differs by taste, or by how a PDF is read: the form of apostrophes and ellipses,
    letters behind years of the same authors, capitals in names of places, blanks.
    """
    text = normalize("NFKC", text)
    for sign, plain in (("’", "'"), (". . . ", "... ")):
        text = text.replace(sign, plain)
    return re.sub(
        r"\s+", "", re.sub(r"\((\d{4})[a-z]\)", r"(\1)", text)
    ).casefold()


def without_archive(paper: Paper) -> str:
    """APA names the archive of a preprint, for which BibTeX has no field that all styles print once."""
    text = EXPECTED[paper.key]["apa"]
    archive = f" {publication.archive(paper)}."
    return (
        text.replace(archive, "", 1) if publication.is_preprint(paper) else text
    )


PANDOC = {
    "li2024get": ("van de Weijer, J.", "Weijer, J. van de"),
    "thesis": ("thesis, A School]", "thesis]. A School"),
    "journal": ("J., et al.", "J. et al."),
}
BIBLATEX = {
    "chapter": ("Group, &", "Group &"),
    "thesis": ("PhD thesis", "Doctoral dissertation"),
    "data": (" [dataset]", ""),
    "report": ("forget?", "forget? (Tech. rep.)."),
}
"""Where a printer has words of its own: ours, and its."""


def test_pandoc_prints_the_same_in_apa() -> None:
    printed = printed_by_pandoc(bibtex(works().values()))
    expected = {
        k: without_archive(p).replace(*PANDOC.get(k, ("", "")))
        for k, p in works().items()
    }
    assert {k: alike(t) for k, t in printed.items()} == {
        k: alike(t) for k, t in expected.items()
    }


@pytest.mark.slow
def test_biblatex_prints_the_same_in_apa() -> None:
    printed = printed_by_biblatex(bibtex(works().values()), "apa")
    texts = [
        without_archive(p).replace(*BIBLATEX.get(key, ("", "")))
        for key, p in works().items()
    ]
    assert [alike(text) for text in printed] == [alike(text) for text in texts]


@pytest.mark.slow
def test_biblatex_prints_each_thing_once_in_ieee() -> None:
    printed = printed_by_biblatex(bibtex(works().values()), "ieee")
    assert len(printed) == len(works())
    for paper, text in zip(works().values(), printed, strict=True):
        assert publication.issued(paper)[:4] in text
        assert "original" not in text.casefold()
        assert text.count(
            address(paper).removeprefix("https://")
        ) == 1 or not address(paper)


# --- read back


@cache
def database() -> tuple[Paper, ...]:
    return real_library().papers.papers


def words(text: str) -> str:
    return " ".join(plain_text(text).replace("’", "'").split()).casefold()


def names(people: Iterable[str]) -> list[str]:
    """Names without braces and TeX."""
    return [words(name) for name in people]


def tags_of(paper: Paper) -> list[str]:
    return [
        f"{facet}:{value}"
        for facet, values in paper.tags.items()
        for value in values
    ]


def family_first(paper: Paper) -> list[str]:
    return names(
        ", ".join(filter(None, (one.family, one.given)))
        for one in paper.authors
    )


STANDARD = """abstract address author booktitle chapter doi edition editor eprint eprintclass eprinttype howpublished
institution isbn issn journal keywords month note number organization pages publisher school series shorttitle title type
url version volume year""".split()


@pytest.mark.site
def test_an_export_has_standard_fields_only_and_an_address() -> None:
    entries = parse_string(bibtex(database()), "bibtex").entries
    assert {name for entry in entries.values() for name in entry.fields} <= set(
        STANDARD
    )
    known = {
        paper.key
        for paper in database()
        if any(k.kind != "code" for k in paper.links)
    }
    assert {
        k for k, entry in entries.items() if {"url", "doi"} & set(entry.fields)
    } >= known
    assert len(known) > 200


@pytest.mark.site
def test_no_tag_is_among_the_keywords_unless_asked_for() -> None:
    def keywords(text: str) -> set[str]:
        """The words of a file in BibTeX."""
        lists = re.findall(r"keywords += \{(.*)\}", text)
        return set(", ".join(lists).split(", "))

    tags = {tag for paper in database() for tag in tags_of(paper)}
    in_ris = chain(
        *(record.get("keywords", ()) for record in rispy.loads(ris(database())))
    )
    in_csl = ", ".join(
        item.get("keyword", "") for item in json.loads(csl_json(database()))
    )
    assert tags.isdisjoint(keywords(bibtex(database())))
    assert tags.isdisjoint(in_ris)
    assert tags.isdisjoint(in_csl.split(", "))
    assert not tags.isdisjoint(
        keywords(FORMATS["bibtex-all"].whole(database(), real_library()))
    )


@pytest.mark.slow
@pytest.mark.site
def test_biber_knows_every_field() -> None:
    text = bibtex(paper for paper in database() if paper.type != "article")
    assert faults_of_biber(text) == []


@pytest.mark.site
def test_bibtex_is_read_back_with_the_same_titles_names_and_years() -> None:
    text = bibtex(database())
    by_pybtex = parse_string(text, "bibtex").entries
    by_bibtexparser = bibtexparser.parse_string(text).entries_dict
    for paper in database():
        entry, other = (
            by_pybtex[paper.key],
            by_bibtexparser[paper.key].fields_dict,
        )
        assert (
            words(entry.fields["title"])
            == words(other["title"].value)
            == words(paper.title)
        )
        assert (
            entry.fields["year"]
            == other["year"].value
            == publication.issued(paper)[:4]
        )
        assert names(map(str, entry.persons["author"])) == family_first(paper)
        assert names(other["author"].value.split(" and ")) == family_first(
            paper
        )


@pytest.mark.site
def test_ris_and_csl_json_are_read_back_with_the_same_titles_names_and_dates() -> (
    None
):
    items = {item["id"]: item for item in json.loads(csl_json(database()))}
    for paper, record in zip(
        database(), rispy.loads(ris(database())), strict=True
    ):
        item, issued = items[paper.key], publication.issued(paper)
        assert (
            words(record["title"]) == words(item["title"]) == words(paper.title)
        )
        assert names(record["authors"]) == family_first(paper)
        assert record["year"] == issued[:4]
        assert (
            "-".join(f"{part:02}" for part in item["issued"]["date-parts"][0])
            == issued
        )


@pytest.mark.slow
@pytest.mark.site
@pytest.mark.parametrize(
    ("form", "write"), [("bib", bibtex), ("json", csl_json), ("ris", ris)]
)
def test_citeproc_cites_every_work_of_every_form(
    form: str, write: Callable[[Iterable[Paper]], str]
) -> None:
    printed = printed_by_pandoc(write(database()), form=form)
    assert set(printed) == {paper.key for paper in database()}
    for paper in database():
        text = alike(printed[paper.key])
        assert alike(paper.title).rstrip(".?!") in text
        assert f"({publication.issued(paper)[:4]})" in text
        assert alike(paper.authors[0].family) in text


# --- rules


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("A {BERT} of Its Own: The Way", "A {BERT} of its own: The way"),
        (
            "Why Forget? An Answer -- {In} Parts",
            "Why forget? An answer -- {In} parts",
        ),
        (
            "CLIP and ResNet50 in Zero-Shot Use",
            "CLIP and ResNet50 in zero-shot use",
        ),
        ("``Alexa, Forget Me?'' A Test", "``Alexa, forget me?'' A test"),
        (
            r"On $\mathcal{L}_Forget$ and {\"U}ber Alles",
            r"On $\mathcal{L}_Forget$ and {\"U}ber alles",
        ),
        ("What I Am", "What I am"),
        ("Don't Look", "Don't look"),
        ("", ""),
    ],
)
def test_a_title_gets_the_capitals_of_a_sentence(
    title: str, expected: str
) -> None:
    assert sentence_case(title) == expected


@pytest.mark.parametrize(
    ("fields", "kind", "in_apa", "in_acl"),
    [
        ("author = {others}, year = 2024", "misc", "T. (2024).", "2024. T."),
        ("author = {A, B}", "misc", "A, B. (n.d.). T.", "B A. T."),
        ("year = 2024", "misc", "T. (2024).", "2024. T."),
        (
            "author = {A, B}, editor = {C, D}, booktitle = {P}, year = 2024",
            "incollection",
            "A, B. (2024). T. In D. C (Ed.), P.",
            "B A. 2024. T. In P.",
        ),
        (
            "author = {A, B}, booktitle = {P}, number = 4, publisher = {H}, year = 2024",
            "inproceedings",
            "A, B. (2024). T. P, (4).",
            "B A. 2024. T. In P, number 4. H.",
        ),
        (
            "author = {A, B}, journal = {J}, pages = {7}, year = 2024",
            "article",
            "A, B. (2024). T. J, 7.",
            "B A. 2024. T. J, 7.",
        ),
        (
            "editor = {A, B}, year = 2024",
            "book",
            "A, B. (Ed.). (2024). T.",
            "B A, editor. 2024. T.",
        ),
        (
            "author = {A, B and C, D and others}, year = 2024, langid = {german}, title = {Das Wort}",
            "misc",
            "A, B., C, D., et al. (2024). T.",
            "B A, D C, et al. 2024. T.",
        ),
    ],
)
def test_a_reference_has_what_is_known(
    fields: str, kind: str, in_apa: str, in_acl: str
) -> None:
    paper = one(fields, kind)
    assert (apa(paper), acl(paper)) == (in_apa, in_acl)


def test_a_title_in_another_language_keeps_its_capitals() -> None:
    (entry,), _ = reader.parse(
        "@misc{k, title = {Das Wort}, langid = {german}, year = 2024}", "x"
    )
    assert apa(paper_from(entry)[0]) == "Das Wort. (2024)."


def test_all_fields_come_out_when_they_are_asked_for() -> None:
    paper = one(
        "keywords = {stage:one, plain}, venue = {X}, origdate = {2023}, openreview = {AbC-1}, year = 2024"
    )
    library = Library([paper])
    clean, whole = (
        FORMATS[name].whole([paper], library)
        for name in ("bibtex", "bibtex-all")
    )
    assert "keywords       = {plain}" in clean
    assert "url            = {https://openreview.net/forum?id=AbC-1}" in clean
    assert not re.search("venue|origdate|openreview  |stage", clean)
    assert re.search(
        "venue .*\n.*\n.*openreview .*\n.*origdate .*\n.*keywords .*stage:one",
        whole,
    )
