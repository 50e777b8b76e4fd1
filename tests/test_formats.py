"""Papers in other programs' forms: what real parsers read back is what the entry says."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import jsonschema
import pytest
import rispy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from pybtex.database import parse_string
from pybtex.database.input.bibtex import LowLevelParser, month_names
from support import (
    bibtex,
    csl_json,
    csv_table,
    in_form,
    markdown,
    real_library,
    ris,
)

from sphinx_mmu.bib import reader, writer
from sphinx_mmu.export.formats import FORMATS
from sphinx_mmu.library.library import Library
from sphinx_mmu.model.citation import STYLES
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.paper_reader import paper_from
from sphinx_mmu.model.people import OTHERS, Person, listed
from sphinx_mmu.model.publication import venue_text
from sphinx_mmu.views.columns import summary
from sphinx_mmu.vocabulary.vocabulary import Facet, Vocabulary

REFS = Path(__file__).parents[1] / "refs"


@pytest.fixture(scope="module")
def library() -> Library:
    """The real database."""
    return real_library()


@pytest.fixture(scope="module")
def everything(library: Library) -> tuple[Paper, ...]:
    """All entries of the real database."""
    return (
        *library.papers.papers,
        *library.datasets.papers,
        *library.background.papers,
    )


def read(text: str) -> list[Paper]:
    return [paper_from(entry)[0] for entry in reader.parse(text, "x.bib")[0]]


def one(fields: str, kind: str = "article") -> Paper:
    (paper,) = read(f"@{kind}{{k, {fields}}}")
    return paper


def line(text: str) -> str:
    """A text as it must come back from forms of one line a value."""
    return " ".join(
        "".join(
            c
            for c in text
            if c.isspace() or not (ord(c) < 32 or 127 <= ord(c) < 160)
        ).split()
    )


# --- odd entries

PIECES = st.sampled_from(
    [
        "=",
        "=1+1",
        "+",
        "-",
        "@x",
        "'",
        "'{}=",
        '"',
        '""',
        "|",
        "*b*",
        "**",
        "_i_",
        "`c`",
        "[x](y)",
        "![",
        "<b>",
        "&amp;",
        "# ",
        "1. ",
        "+ ",
        "> ",
        "- ",
        "(a)=",
        ":a: ",
        "% ",
        "$x$",
        "~~",
        "--",
        ";",
        ",",
        " and ",
        "ER  - ",
        "TY  -",
        "\n",
        "\n\n",
        "\r",
        "\t",
        "\x00",
        "\x07",
        "\x85",
        "\u2028",
        "\u00a0",
        "\ufeff",
        "é",
        "漢字",
        "𝒟",
        "\\",
        "\\&",
        "\\emph",
        "\\%",
        '\\"u',
        "C++",
        "</script>",
        "{{x}}",
        "{role}`x`",
        "\\begin{x}",
        "{a {B}}",
        "c",
        "2",
    ]
) | st.text(st.characters(exclude_characters="{}"), max_size=3)
TEX = st.lists(PIECES | PIECES.map("{{{}}}".format), max_size=5).map("".join)
NAMES = st.lists(
    st.sampled_from(
        ["Müller, Jürgen", "{Google, Inc.}", "Ada von X", "=A, -B", "others"]
    )
    | TEX,
    max_size=3,
)
FREE = (
    "title",
    "shorttitle",
    "booktitle",
    "journal",
    "venue",
    "publisher",
    "note",
    "abstract",
    "pages",
    "number",
    "volume",
    "keywords",
    "howpublished",
    "edition",
    "type",
)
SET = {
    "year": ["2024", "0", "in print", "2024--2025"],
    "origdate": ["2023-10", "2023-10-05"],
    "month": ["may", "{5}", "{Mai}"],
    "doi": ["10.1/a(b)_c;d%20e"],
    "eprint": ["2310.12508"],
    "url": ["https://x.org/a_(b);c?d=e&copy;f", "no address"],
    "code": ["https://github.com/a/b"],
}


@st.composite
def odd_entries(draw: st.DrawFn) -> str:
    """An entry whose text is odd, but whose braces are in pairs."""
    kind = draw(
        st.sampled_from(
            [
                "article",
                "inproceedings",
                "misc",
                "book",
                "phdthesis",
                "dataset",
                "odd-type",
            ]
        )
    )
    fields = [
        f"{name} = {{{draw(TEX)}}}"
        for name in draw(
            st.lists(st.sampled_from(FREE), unique=True, max_size=4)
        )
    ]
    fields += [
        f"{who} = {{{' and '.join(draw(NAMES))}}}"
        for who in ("author", "editor")
        if draw(st.booleans())
    ]
    for name in draw(st.lists(st.sampled_from(list(SET)), unique=True)):
        value = draw(st.sampled_from(SET[name]))
        fields.append(
            f"{name} = {value if name == 'month' else f'{{{value}}}'}"
        )
    body = ",\n  ".join(fields)
    return f"@{kind}{{key{draw(st.integers(0, 9))},\n  {body}\n}}\n"


ODD = odd_entries().map(read).filter(bool)
EMPTY = Library()
odd = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def test_odd_entries_are_read_whole() -> None:
    """What the tests below are worth: nearly every odd entry comes through with its odd title."""
    seen: list[int] = []

    @settings(max_examples=100, database=None, derandomize=True)
    @given(odd_entries())
    def look(text: str) -> None:
        seen.append(len(read(text)))

    look()
    assert seen.count(1) > 90


# --- BibTeX


def whole(papers: Iterable[Paper]) -> str:
    """The BibTeX with all published fields."""
    return in_form("bibtex-all", papers)


def strict(text: str) -> list[tuple[str, str, list[tuple[str, list[str]]]]]:
    """Type, key and fields of the entries, by a reader that stops at the first fault."""
    return [
        (
            kind.lower(),
            key,
            [(name.lower(), "".join(parts).split()) for name, parts in fields],
        )
        for kind, (key, fields) in LowLevelParser(
            text, macros=dict(month_names)
        )
    ]


def as_read(
    papers: Iterable[Paper],
) -> list[tuple[str, str, list[tuple[str, list[str]]]]]:
    """The same of what our own reader found."""
    entries = [paper.entry for paper in papers]
    return [
        (e.type, e.key, [(f.name, f.value.split()) for f in e.fields.values()])
        for e in entries
    ]


def said(papers: Iterable[Paper]) -> list[tuple[str, dict[str, str]]]:
    """Type and fields as text: what has to come back from BibTeX for others. Names of types and
    fields that these cannot read are not written.
    """
    found = []
    for paper in papers:
        kind = paper.type if re.fullmatch("[A-Za-z]+", paper.type) else "misc"
        readable = [
            n
            for n in paper.fields
            if re.fullmatch("[A-Za-z][A-Za-z0-9_+-]*", n)
        ]
        found.append((kind, {name: paper.fields[name] for name in readable}))
    return found


@pytest.mark.site
def test_the_database_comes_out_as_it_is_written(
    everything: tuple[Paper, ...],
) -> None:
    files = {
        name: (REFS / name).read_text("utf-8")
        for name in {paper.entry.file for paper in everything}
    }
    pieces = whole(everything).split("\n\n@")
    assert len(pieces) == len(everything) > 200
    for paper in everything:
        assert whole([paper]) in files[paper.entry.file]
    assert strict(whole(everything)) == as_read(everything)


@pytest.mark.site
def test_pybtex_reads_the_database(library: Library) -> None:
    papers = library.papers.papers
    found = parse_string(whole(papers), "bibtex").entries
    assert list(found) == [paper.key for paper in papers]
    for paper in papers:
        assert [str(one) for one in found[paper.key].persons["author"]]
        assert (
            found[paper.key].fields["title"]
            == paper.entry.fields["title"].value
        )


OWN_WAY = """@Article ( own,
   Title   = "An {Odd} layout",  year=2024, month = jan # "~1",
 note={two
   lines},)"""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_entry_comes_out_in_the_canonical_form_whatever_its_layout_and_line_ends(
    end: str,
) -> None:
    (paper,) = read(OWN_WAY.replace("\n", end))
    (entry,) = reader.parse(whole([paper]), "x")[0]
    assert whole([paper, paper]) == f"{entry.source}\n\n{entry.source}\n"
    assert f"{entry.source}\n" == writer.canonical(paper.entry)
    assert said(read(whole([paper]))) == said([paper])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "@string{tmlr = {Trans. ML}}\n@article{k, journal = tmlr, month = feb}",
            {"journal": "Trans. ML"},
        ),
        (
            '@string{jan = "Jänner"}\n@misc{k, month = jan # " 1"}',
            {"month": "Jänner 1"},
        ),
        ("@article{k, journal = unknown}", {"journal": "unknown"}),
        ("@misc{k, title = {A} year = 2024}", {"title": "A", "year": "2024"}),
        (
            "@misc{k, title = {A},\n% year = 2023,\nyear = 2024}",
            {"title": "A", "year": "2024"},
        ),
        ("@misc{k, title = {A},, year = 2024}", {"title": "A", "year": "2024"}),
        ("@misc{k, title = {A}, title = {B}}", {"title": "A"}),
        (
            "@misc{k, title = {A {B},\n  year = 2024\n}",
            {"title": "A {B}", "year": "2024"},
        ),
        ("@misc{k, title = {\\{-}-}\n}", {"title": "\\lbrace{}-{}-"}),
    ],
)
def test_what_cannot_stand_alone_is_written_from_its_fields(
    text: str, expected: dict[str, str]
) -> None:
    (found,) = parse_string(whole(read(text)), "bibtex").entries.values()
    fields = {
        name: value for name, value in found.fields.items() if name in expected
    }
    assert fields == expected


def test_a_month_stays_the_abbreviation_that_styles_know() -> None:
    (paper,) = read("@string{j = {J}}\n@article{k, journal = j, month = FEB}")
    assert "month          = feb\n" in whole([paper])


@odd
@given(ODD)
def test_bibtex_of_odd_entries_is_read_strictly(papers: list[Paper]) -> None:
    again = read(whole(papers))
    assert said(again) == said(papers)
    assert [p.key for p in again] == [p.key for p in papers]
    assert [key for _kind, key, _fields in strict(whole(papers))] == [
        p.key for p in papers
    ]
    assert whole(again) == whole(papers)


@given(st.data())
def test_bibtex_is_valid_whatever_is_wrong_with_the_file(
    data: st.DataObject,
) -> None:
    text = (REFS / "papers.bib").read_text("utf-8")[:4000]
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        put = data.draw(st.sampled_from(["", *'{}",=#%@\n\\', ",\n"]))
        text = f"{text[:at]}{put}{text[at + data.draw(st.integers(0, 3)) :]}"
    papers = list({paper.key.lower(): paper for paper in read(text)}.values())
    assert said(read(whole(papers))) == said(papers)
    keys = [key for _kind, key, _fields in strict(whole(papers))]
    assert len({key.lower() for key in keys}) == len(keys) == len(papers)


# --- RIS


def check_ris(papers: list[Paper]) -> None:
    records = rispy.loads(ris(papers))
    assert len(records) == len(papers)
    for paper, found in zip(papers, records, strict=True):
        assert found["id"] == paper.key
        assert found["title"] == (line(paper.title) or paper.key)
        assert found.get("short_title", "") == line(paper.short)
        assert found.get("abstract", "") == line(paper.abstract)
        names = named(paper)
        assert len(found.get("authors", ())) == len(names) or (
            not names and paper.fields["editor"]
        )
        assert found.get("keywords", []) == [
            w for w in map(line, paper.keywords) if w
        ]
        if paper.published:
            assert found["year"] == f"{paper.published:04}"
        urls = [url.replace("%3B", ";") for url in found.get("urls", ())]
        assert sorted(urls) == sorted(
            link.url
            for link in paper.links
            if link.kind not in {"doi", "code", "data", "project"}
        )
        assert "unknown_tag" not in found


@pytest.mark.site
def test_rispy_reads_the_database(everything: tuple[Paper, ...]) -> None:
    check_ris(list(everything))
    kinds = {
        record["type_of_reference"] for record in rispy.loads(ris(everything))
    }
    assert kinds == {"CPAPER", "JOUR", "UNPB", "DATA", "BOOK", "RPRT", "GEN"}


@odd
@given(ODD)
def test_rispy_reads_odd_entries(papers: list[Paper]) -> None:
    check_ris([*papers, *papers])
    assert all(
        re.fullmatch(r"[A-Z][A-Z0-9]  - [^\r\n]*|", text)
        for text in ris(papers).split("\r\n")
    )


def test_a_paper_in_ris() -> None:
    paper = one(
        "title = {A {Title}}, shorttitle = {AT}, author = {Müller, Jürgen and {Google, Inc.} and"
        " others}, journal = {Journal of X}, venue = {JX}, volume = 3, number = 4, pages ="
        " {10--20}, year = 2024, month = may, origdate = {2023-10}, eprint = {2310.12508}, doi ="
        " {10.1/a(b)<c>}, url = {https://x.org/a;b}, code = {https://github.com/a/b}, abstract ="
        " {One.\n\nTwo.}, note = {Oral}, issn = {1234}, editor = {Ed, A.}, keywords = {plain,"
        " stage:one/two}"
    )
    (found,) = rispy.loads(ris([paper]))
    assert found == {
        "type_of_reference": "JOUR",
        "id": "k",
        "title": "A Title",
        "short_title": "AT",
        "authors": ["Müller, Jürgen", "Google, Inc.", "others"],
        "secondary_authors": ["Ed, A."],
        "year": "2024",
        "date": "2024/05//",
        "secondary_title": "Journal of X",
        "alternate_title1": "JX",
        "volume": "3",
        "number": "4",
        "start_page": "10",
        "end_page": "20",
        "issn": "1234",
        "doi": "10.1/a(b)<c>",
        "accession_number": "arXiv:2310.12508",
        "urls": ["https://x.org/a%3Bb", "https://arxiv.org/abs/2310.12508"],
        "abstract": "One. Two.",
        "keywords": ["plain"],
        "notes": [
            "Oral",
            "Code: https://github.com/a/b",
            "First public version: 2023-10",
        ],
    }


@pytest.mark.parametrize(
    ("pages", "first", "last"),
    [
        ("7", "7", None),
        ("1--9", "1", "9"),
        ("1-9", "1", "9"),
        ("e1 – e9", "e1", "e9"),
        ("1--2, 5--6", "1–2, 5–6", None),
    ],
)
def test_first_and_last_page(pages: str, first: str, last: str | None) -> None:
    (found,) = rispy.loads(ris([one(f"pages = {{{pages}}}")]))
    assert (found["start_page"], found.get("end_page")) == (first, last)


# --- CSL-JSON

TEXT = {"type": "string", "minLength": 1}
NAME = {
    "type": "object",
    "oneOf": [{"required": ["literal"]}, {"required": ["family", "given"]}],
    "properties": {"literal": TEXT, "family": TEXT, "given": TEXT},
    "additionalProperties": False,
}
NAMED = {"type": "array", "items": NAME, "minItems": 1}
PARTS = {
    "type": "array",
    "minItems": 1,
    "maxItems": 3,
    "items": {"type": "integer", "minimum": 0, "maximum": 9999},
}
DATE = {
    "type": "object",
    "required": ["date-parts"],
    "properties": {
        "date-parts": {
            "type": "array",
            "items": PARTS,
            "minItems": 1,
            "maxItems": 1,
        }
    },
    "additionalProperties": False,
}
TYPES = """article article-journal paper-conference book chapter thesis report dataset software webpage patent
manuscript document"""
STRINGS = """id title title-short container-title container-title-short collection-title volume issue number page
edition publisher publisher-place ISBN ISSN genre DOI URL abstract keyword note"""
SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type", "title"],
        "properties": {
            **dict.fromkeys(STRINGS.split(), TEXT),
            "type": {"enum": TYPES.split()},
            "author": NAMED,
            "editor": NAMED,
            "issued": DATE,
            "available-date": DATE,
        },
        "additionalProperties": False,
    },
}
"""What CSL-JSON's schema (csl-data.json, version 1.0.2) asks of the parts that we use, in words of
our own, since no package brings that schema along; stricter than it: no empty texts, whole names,
dates in numbers.
"""


def named(paper: Paper) -> list[Person]:
    """The authors that are printed: "others" alone are nobody."""
    found = [a for a in paper.authors if line(a.family)]
    return [] if found == [OTHERS] else found


def check_csl(papers: list[Paper]) -> None:
    items = json.loads(csl_json(papers))
    jsonschema.validate(items, SCHEMA, cls=jsonschema.Draft7Validator)
    assert [item["id"] for item in items] == [paper.key for paper in papers]
    for paper, item in zip(papers, items, strict=True):
        assert item["title"] == (line(paper.title) or paper.key)
        assert item.get("abstract", "") == paper.abstract
        assert len([*item.get("author", ()), *item.get("editor", ())]) >= len(
            named(paper)
        )
        if paper.published:
            assert item["issued"]["date-parts"][0][0] == paper.published


@pytest.mark.site
def test_the_database_keeps_to_the_schema_of_csl_json(
    everything: tuple[Paper, ...],
) -> None:
    check_csl(list(everything))


@odd
@given(ODD)
def test_odd_entries_keep_to_the_schema_of_csl_json(
    papers: list[Paper],
) -> None:
    check_csl([*papers, *papers])


def test_a_paper_in_csl_json() -> None:
    paper = one(
        "title = {A {Title}}, shorttitle = {AT}, author = {van der Berg, Jürgen and {Google, Inc.}"
        " and others}, booktitle = {Proceedings of X}, venue = {X}, series = {S}, number = 4, pages"
        " = {10--20}, year = 2024, origdate = {2023-10-05}, eprint = {2310.12508}, doi ="
        " {10.1/a(b)}, url = {https://x.org/a;b}, code = {https://github.com/a/b}, publisher = {P},"
        " address = {Wien}, isbn = {1-2}, abstract = {One.\n\nTwo.}, editor = {Ed, A. and Or, B.},"
        " keywords = {plain, stage:one/two}",
        "inproceedings",
    )
    (item,) = json.loads(csl_json([paper]))
    expected = {
        "id": "k",
        "type": "paper-conference",
        "title": "A Title",
        "title-short": "AT",
        "author": [
            {"family": "van der Berg", "given": "Jürgen"},
            {"literal": "Google, Inc."},
            {"literal": "others"},
        ],
        "editor": [
            {"family": "Ed", "given": "A."},
            {"family": "Or", "given": "B."},
        ],
        "issued": {"date-parts": [[2024]]},
        "available-date": {"date-parts": [[2023, 10, 5]]},
        "container-title": "Proceedings of X",
        "container-title-short": "X",
        "collection-title": "S",
        "number": "4",
        "page": "10–20",
        "publisher": "P",
        "publisher-place": "Wien",
        "ISBN": "1-2",
        "DOI": "10.1/a(b)",
        "URL": "https://x.org/a;b",
        "abstract": "One.\n\nTwo.",
        "keyword": "plain",
        "note": "arXiv: https://arxiv.org/abs/2310.12508\nCode: https://github.com/a/b",
    }
    assert item == expected
    assert list(item) == list(expected)


@pytest.mark.parametrize(
    ("dates", "issued", "first"),
    [
        ("year = 2024, origdate = {2023-10}", [2024], [2023, 10]),
        (
            "year = 2024, month = may, origdate = {2023-10}",
            [2024, 5],
            [2023, 10],
        ),
        ("date = {2024-05-06}, origdate = {2023}", [2024, 5, 6], [2023]),
        ("year = 2024, month = may", [2024, 5], None),
        ("date = {2024-05-06}", [2024, 5, 6], None),
        ("year = 2023, origdate = {2023-10}", [2023], [2023, 10]),
        (
            "year = 2023, origdate = {2023-10}, journal = {CoRR}, eprint = {2310.00001}",
            [2023, 10],
            None,
        ),
        (
            "year = 2024, origdate = {2023-10}, eprint = {2310.00001}",
            [2024],
            [2023, 10],
        ),
        ("origdate = {2023-10}", [2023, 10], None),
        ("title = {undated}", None, None),
    ],
)
def test_issued_is_the_publication_and_available_the_first_version(
    dates: str, issued: list[int] | None, first: list[int] | None
) -> None:
    (item,) = json.loads(csl_json([one(dates)]))
    assert item.get("issued", {"date-parts": [None]})["date-parts"] == [issued]
    assert item.get("available-date", {"date-parts": [None]})["date-parts"] == [
        first
    ]


@pytest.mark.parametrize(
    ("kind", "fields", "in_ris", "in_csl", "genre"),
    [
        (
            "inproceedings",
            "booktitle = {P}",
            "CPAPER",
            "paper-conference",
            None,
        ),
        ("conference", "booktitle = {P}", "CPAPER", "paper-conference", None),
        (
            "article",
            "journal = {J}, eprint = {2310.00001}",
            "JOUR",
            "article-journal",
            None,
        ),
        (
            "article",
            "journal = {arXiv preprint arXiv:2310.00001}",
            "UNPB",
            "article",
            "Preprint",
        ),
        (
            "misc",
            "eprint = {2310.00001}, eprinttype = {arxiv}",
            "UNPB",
            "article",
            "Preprint",
        ),
        ("misc", "howpublished = {Blog}", "GEN", "document", None),
        ("book", "author = {A, B}", "BOOK", "book", None),
        ("book", "editor = {A, B}", "EDBOOK", "book", None),
        ("incollection", "booktitle = {B}", "CHAP", "chapter", None),
        ("phdthesis", "school = {S}", "THES", "thesis", "PhD thesis"),
        (
            "mastersthesis",
            "school = {S}, type = {Diplomarbeit}",
            "THES",
            "thesis",
            "Diplomarbeit",
        ),
        ("techreport", "institution = {I}", "RPRT", "report", None),
        ("dataset", "size = {9}", "DATA", "dataset", None),
        ("software", "version = {9}", "COMP", "software", None),
        ("online", "url = {https://x.org}", "ELEC", "webpage", None),
        ("patent", "number = {1}", "PAT", "patent", None),
        ("unpublished", "note = {n}", "UNPB", "manuscript", None),
        ("proceedings", "editor = {A, B}", "CONF", "book", None),
        ("whatever", "note = {n}", "GEN", "document", None),
    ],
)
def test_types_are_told_in_the_words_of_each_form(
    kind: str, fields: str, in_ris: str, in_csl: str, genre: str | None
) -> None:
    paper = one(f"title = {{T}}, {fields}", kind)
    (record,), (item,) = (
        rispy.loads(ris([paper])),
        json.loads(csl_json([paper])),
    )
    assert (record["type_of_reference"], item["type"]) == (in_ris, in_csl)
    assert record.get("type_of_work") == item.get("genre") == genre
    assert in_ris in rispy.TYPE_OF_REFERENCE_MAPPING


def test_a_preprint_has_its_number_where_each_form_has_numbers_of_archives() -> (
    None
):
    paper = one(
        "title = {T}, eprint = {2310.00001}, howpublished = {\\url{https://x.org}}",
        "misc",
    )
    (record,), (item,) = (
        rispy.loads(ris([paper])),
        json.loads(csl_json([paper])),
    )
    assert (record["accession_number"], record.get("number")) == (
        "arXiv:2310.00001",
        None,
    )
    assert (item["number"], item["publisher"], "container-title" in item) == (
        "arXiv:2310.00001",
        "arXiv",
        False,
    )


def test_an_address_is_no_publisher() -> None:
    paper = one("title = {T}, howpublished = {\\url{https://x.org}}", "misc")
    (record,), (item,) = (
        rispy.loads(ris([paper])),
        json.loads(csl_json([paper])),
    )
    assert (record.get("publisher"), record["urls"]) == (
        None,
        ["https://x.org"],
    )
    assert (item.get("publisher"), item["URL"]) == (None, "https://x.org")


# --- CSV

COLUMNS = (
    "key title short authors first_public_year first_public published_year venue type arxiv doi url code"
).split()
DANGER = tuple("=+-@\t\r＝＋－＠")


def rows(text: str) -> list[dict[str, str]]:
    """What Python reads, after the mark by which spreadsheets know UTF-8."""
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline=""), strict=True))


def unguarded(value: str) -> str:
    """The value as it was before an apostrophe kept a spreadsheet from running it."""
    return (
        value[1:]
        if value.lstrip("'").startswith(DANGER) and value.startswith("'")
        else value
    )


def check_csv(papers: list[Paper], library: Library) -> None:
    text = csv_table(papers, library)
    assert text.count("\n") == text.count("\r\n") == len(papers) + 1
    found = rows(text)
    assert len(found) == len(papers)
    for paper, row in zip(papers, found, strict=True):
        assert not [value for value in row.values() if value.startswith(DANGER)]
        values = {name: unguarded(value) for name, value in row.items()}
        assert list(values)[: len(COLUMNS)] == COLUMNS
        assert values["title"] == line(paper.title)
        assert values["short"] == line(paper.short)
        assert values["authors"] == line(
            "; ".join(a.name for a in paper.authors)
        )
        for name in library.facets:
            assert values[name] == line("; ".join(paper.tags.get(name, ())))


@pytest.mark.site
def test_csv_reads_the_database(
    library: Library, everything: tuple[Paper, ...]
) -> None:
    check_csv(list(everything), library)


@odd
@given(ODD)
def test_csv_reads_odd_entries(papers: list[Paper]) -> None:
    check_csv([*papers, *papers], Library(papers))


@pytest.mark.parametrize(
    "value", ["=1+1", "+1", "-1", "@x", "'=1", "'{}'-", "=", "＝1"]
)
def test_no_value_is_a_formula_and_each_comes_back(value: str) -> None:
    paper = one(f"title = {{{value}}}")
    cell = rows(csv_table([paper], EMPTY))[0]["title"]
    assert cell == f"'{paper.title}"
    assert unguarded(cell) == paper.title


@pytest.mark.parametrize("value", ["'t Hooft", "a = b", "1-2"])
def test_what_is_no_formula_stays(value: str) -> None:
    assert (
        rows(csv_table([one(f"title = {{{value}}}")], EMPTY))[0]["title"]
        == value
    )


def test_a_paper_in_csv() -> None:
    paper = one(
        'title = {A "B", C}, author = {Müller, Jürgen and others}, year = 2024, origdate ='
        " {2023-10}, venue = {JX}, eprint = {2310.12508}, doi = {10.1/a(b)}, code ="
        " {https://github.com/a/b}, keywords = {type:x, stage:one, stage:two}"
    )
    vocabulary = Vocabulary(
        {name: Facet(name, name) for name in ("stage", "type")}
    )
    head, row, end = csv_table(
        [paper], Library([paper], vocabulary=vocabulary)
    ).split("\r\n")
    assert head == "\ufeff" + ",".join(
        f'"{name}"' for name in (*COLUMNS, "stage", "tag:type")
    )
    assert (
        row == '"k","A ""B"", C","","Jürgen Müller; et'
        ' al.","2023","2023-10","2024","JX","article","2310.12508","10.1/a(b)","https://arxiv.org/abs/2310.12508","https://github.com/a/b","one;'
        ' two","x"'
    )
    assert end == ""


# --- Markdown

EXTENSIONS = """amsmath attrs_block attrs_inline colon_fence deflist dollarmath fieldlist html_admonition html_image
strikethrough substitution tasklist""".split()


def shown(text: str) -> list[tuple[str, list[str]]]:
    """Text and addresses of each item, as MyST with all its extensions reads them."""
    tokens = create_md_parser(
        MdParserConfig(enable_extensions=set(EXTENSIONS)), RendererHTML
    ).parse(text)
    frame = [token.type for token in tokens if token.type != "inline"]
    begin, end = (
        ["list_item_open", "paragraph_open"],
        ["paragraph_close", "list_item_close"],
    )
    items = [token.children or [] for token in tokens if token.type == "inline"]
    assert frame == (
        ["bullet_list_open", *(begin + end) * len(items), "bullet_list_close"]
        if items
        else []
    )
    known = {
        "text",
        "text_special",
        "link_open",
        "link_close",
        "strong_open",
        "strong_close",
    }
    assert {token.type for item in items for token in item} <= known
    addresses = [
        [
            str(token.attrs["href"])
            for token in item
            if token.type == "link_open"
        ]
        for item in items
    ]
    return list(
        zip(
            ("".join(token.content for token in item) for item in items),
            addresses,
            strict=True,
        )
    )


def check_markdown(papers: list[Paper], library: Library) -> None:
    for paper, (text, addresses) in zip(
        papers, shown(markdown(papers, library)), strict=True
    ):
        assert line(paper.title) in text
        for words in (
            listed(paper.authors),
            venue_text(paper),
            summary(paper, library),
        ):
            assert line(words) in text
        links = [link.url for link in paper.links]
        assert len(addresses) == len(links)
        assert {re.sub("%2[89]", "", one) for one in addresses} == {
            re.sub("[()]", "", one) for one in links
        }


@pytest.mark.site
def test_markdown_shows_the_database(
    library: Library, everything: tuple[Paper, ...]
) -> None:
    check_markdown(list(everything), library)


@odd
@given(ODD)
def test_markdown_shows_odd_entries_as_they_are(papers: list[Paper]) -> None:
    check_markdown([*papers, *papers], Library(papers))


def test_a_paper_in_markdown() -> None:
    paper = one(
        "title = {S_1: a *b*}, shorttitle = {S_1}, author = {A, B and C, D}, year = 2024, venue ="
        " {JX}, eprint = {2310.12508}, url = {https://x.org/a_(b)}, code ="
        " {https://github.com/a/b}, keywords = {stage:one}"
    )
    assert markdown([paper], Library([paper])) == (
        r"- [**S\_1**: a \*b\*](https://x.org/a_%28b%29) – A, C, JX 2024 · One"
        " · [arXiv](https://arxiv.org/abs/2310.12508) · [Code](https://github.com/a/b)\n"
    )


@pytest.mark.parametrize(
    ("short", "title", "begin"),
    [
        ("C++", "C++: x", "**C++**: x"),
        ("a!", "a!\u0301b", "a!\u0301b"),
        ("", "1. a", r"1\. a"),
        ("", "# a", r"\# a"),
        ("S", "A", "**S** · A"),
    ],
)
def test_a_title_in_markdown_begins_no_other_thing(
    short: str, title: str, begin: str
) -> None:
    paper = one(f"title = {{{title}}}, shorttitle = {{{short}}}")
    text = markdown([paper], Library([paper]))
    assert text == f"- {begin}\n"
    assert shown(text)[0][0] in {title, f"{short} · {title}"}


def test_a_doi_leads_to_a_paper_without_another_address() -> None:
    paper = one("title = {T}, doi = {10.1/x}, code = {https://y.org}")
    assert shown(markdown([paper], EMPTY)) == [
        ("T · Code", ["https://doi.org/10.1/x", "https://y.org"])
    ]


# --- files from pieces


@pytest.mark.site
@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_the_join_of_its_pieces(name: str, library: Library) -> None:
    form, papers = FORMATS[name], library.papers.papers
    pieces = {paper.key: form.one(paper, library) for paper in papers}
    for chosen in (papers, papers[::-7], papers[3:4], ()):
        joined = form.join([pieces[paper.key] for paper in chosen], library)
        assert joined == form.whole(chosen, library)


@pytest.mark.site
@pytest.mark.parametrize(("name", "style"), STYLES.items())
def test_a_file_of_references_has_one_a_line(
    name: str, style: Callable[[Paper], str], library: Library
) -> None:
    lines = [f"{style(paper)}\n" for paper in library.papers.papers]
    assert in_form(name.lower(), library.papers.papers, library) == "".join(
        lines
    )


@pytest.mark.drift
def test_every_form_has_a_file_name_of_its_own() -> None:
    assert len({form.suffix for form in FORMATS.values()}) == len(FORMATS)
    assert all(
        name == form.name and "/" in form.media_type and form.label
        for name, form in FORMATS.items()
    )


def test_no_papers_make_valid_files() -> None:
    assert json.loads(csl_json([])) == []
    assert (
        rows(csv_table([], EMPTY))
        == rispy.loads(ris([]))
        == shown(markdown([], EMPTY))
        == []
    )
    assert bibtex([]) == ""
