"""No value of an entry breaks what is written of it: in the file, in exports, and in copies for
others.
"""

from __future__ import annotations

import random
import time
from functools import cache
from pathlib import Path

import pybtex.errors
import pytest
from click.testing import CliRunner
from foreign import READERS, by_bibtexparser, by_pybtex
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string
from pybtex.plugin import find_plugin
from support import Project, bibtex, some_slow

from sphinx_mmu.bib import reader, writer
from sphinx_mmu.bib.citekeys import citekeys
from sphinx_mmu.bib.copies import well_formed
from sphinx_mmu.bib.dates import dates_of
from sphinx_mmu.bib.values import braced, from_text, portable
from sphinx_mmu.bib.writer import PRINTED
from sphinx_mmu.cli import main
from sphinx_mmu.library.library import Library
from sphinx_mmu.lookup.new_entry import as_tex, from_record
from sphinx_mmu.lookup.service_work import ServiceWork
from sphinx_mmu.lookup.updates import Finding, changed
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.paper_reader import paper_from
from sphinx_mmu.model.people import Person

EVIL = "}, tagsource = {two-readings}, project = {https://evil.example}, x = {"
VALUES = [
    EVIL,
    "}",
    "{",
    "a } b { c",
    r"a \} b",
    r"a \{ b } c",
    r"\\} x",
    "abc\\",
    "abc\\\\",
    r"a \\{b} c",
    '"',
    'a" b"',
    "%",
    "50% of",
    r"\\% x",
    "see @misc{foo, title = {x}}",
    "x\n@misc{foo,\n title = {x}\n}",
    "x\n\n@misc{foo,",
    "#",
    "$5 and",
    r"$\frac{$",
    "{$x} y$",
    r"\begin{foo} x",
    r"\verb|a{b|",
    r"\input{/etc/passwd}",
    r"\emph",
    "^^M",
    ",,,",
    "a = b",
    "",
    "{" * 200 + "x" + "}" * 200,
    r"\{" * 60 + r"\}" * 60,
    "x" * 900,
    "漢\u0301字",
    r"\'",
    "'%s%n%x'",
    "a, b, c, d, e",
    "{{2024}}",
    "%s%n%x",
    "2024}",
    "20{24",
    r"\year",
    "20241",
    "-1",
    "99999999999999999999",
]
FIELDS = [
    "title",
    "author",
    "editor",
    "journal",
    "date",
    "year",
    "month",
    "url",
    "doi",
    "eprint",
    "note",
    "key",
    "pages",
    "abstract",
    "keywords",
    "volume",
    "howpublished",
    "crossref",
    "code",
    "translator",
    "urldate",
]
KEYS = [
    "a:b",
    "a/b",
    "a'b",
    'a"b',
    "a#b",
    "a%b",
    "a(b",
    "a)b",
    "a\\b",
    "a~b",
    "a@b",
    "a$b",
    "a&b",
    "a^b",
    "a<b",
    "a|b",
    "ключ",
    "é",
    "e\u0301",
    "漢字",
    "a“b”",
    "a—b",
    "-a",
    "1",
    "Same",
    "same",
    "SAME-2",
]

SIGNS = [
    *'\\{}%@"\n $~^',
    "\\{",
    "\\}",
    "\\'",
    '\\"',
    "\\begin",
    "a",
    " and ",
    "von ",
]
ODD = st.lists(st.sampled_from([*VALUES, *SIGNS]), max_size=8).map("".join)


def read(text: str) -> list[Paper]:
    return [paper_from(entry)[0] for entry in reader.parse(text, "x.bib")[0]]


def in_a_file(name: str, value: str) -> str:
    """An entry whose field has this value, as far as BibTeX can say it."""
    fields = {
        "title": "T",
        "author": "Doe, Jane",
        "year": "2024",
        "journal": "J",
    } | {name: value}
    own = [(field, braced(field, text)) for field, text in fields.items()]
    return (
        "@article{k,\n"
        + ",\n".join(f" {field} = {text}" for field, text in own)
        + "\n}\n"
    )


# --- braced


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("name", ["abstract", "url", "keywords"])
def test_a_value_never_ends_before_its_end(name: str, value: str) -> None:
    entries, problems = reader.parse(
        f"@misc{{k,\n {name} = {braced(name, value)},\n note = {{last}}\n}}\n",
        "x",
    )
    (entry,) = entries
    assert not problems
    assert list(entry.fields) == [name, "note"]


@given(st.text(st.sampled_from("\\{}%@\n ab"), max_size=25))
@settings(max_examples=2 * settings.default.max_examples)
def test_a_value_is_lost_in_nothing_but_its_lonely_braces(value: str) -> None:
    inner = braced("note", value)[1:-1]
    assert reader.parse(f"@misc{{k, note = {{{inner}}}}}", "x")[0][
        0
    ].fields.keys() == {"note"}
    plain = inner.replace(r"\lbrace{}", "{").replace(r"\rbrace{}", "}")
    for mark in (" ", "\n", "\\"):
        plain, value = plain.replace(mark, ""), value.replace(mark, "")
    assert plain == value


def test_a_lonely_brace_is_shown_as_a_brace() -> None:
    entry = f"@misc{{k, title = {braced('title', 'a } b { c')}}}"
    assert read(entry)[0].title == "a } b { c"
    assert braced("url", "https://x.org/a}b") == "{https://x.org/a%7Db}"
    assert braced("title", "{A} and {B {c}}") == "{{A} and {B {c}}}"


# --- every way in


@pytest.mark.parametrize("value", VALUES)
def test_no_value_of_a_record_breaks_a_draft_or_a_refreshed_entry(
    value: str,
) -> None:
    record = ServiceWork(
        title=value or "T",
        authors=(Person(value, value), Person("", value)),
        year="2024",
        venue=value,
        doi=value,
        volume=value,
        pages=value,
        url=value,
        code=value,
        type="inproceedings",
        source=value,
    )
    draft = from_record(record, Library(), "2024-01-01")
    refreshed = changed(
        draft,
        [
            Finding("k", "w", value, name, "", value)
            for name in ("doi", "pages", "author")
        ],
        "2024",
    )
    for entry in (
        draft,
        refreshed,
        draft.having(abstract=as_tex("abstract", value), keywords=value),
    ):
        (again,), problems = reader.parse(entry.text, "x")
        assert not problems
        assert {name for name, _ in entry.fields} == set(again.fields)


def test_a_name_of_a_service_stays_one_name() -> None:
    record = ServiceWork(
        title="T",
        authors=(
            Person("A and B", "Doe, Jr., X"),
            Person("", "Them and Us, Inc."),
        ),
        source="s",
    )
    (paper,) = read(from_record(record, Library(), "").text)
    assert [one.name for one in paper.authors] == [
        "A and B Doe, Jr., X",
        "Them and Us, Inc.",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "bib/style",
        "bib/copies",
        "lookup/new_entry",
        "lookup/updates",
        "cli/add",
        "export/formats",
    ],
)
def test_no_module_but_the_writer_puts_a_value_between_braces(
    name: str,
) -> None:
    assert 'f"{{' not in (
        Path(writer.__file__).parents[1] / f"{name}.py"
    ).read_text("utf-8")


# --- exports: what other programs read


def everything() -> list[Paper]:
    rnd = random.Random(3)  # noqa: S311 -- the same each time
    parts = [*VALUES, "A", "b c", " and ", "{x}", "\\", "}", "{"]
    names = (
        "title",
        "author",
        "year",
        "month",
        "url",
        "note",
        "keywords",
        "crossref",
    )
    texts = [in_a_file(name, value) for name in names for value in VALUES]
    texts += [
        in_a_file(rnd.choice(FIELDS), "".join(rnd.choices(parts, k=4)))
        for _ in range(100)
    ]
    texts += [f"@misc{{{key},\n title = {{T}}\n}}\n" for key in KEYS]
    texts += [
        f"@{kind}{{k, title = {{T}}, year = 2020}}\n"
        for kind in ("mi.sc", "a+b", "a-b", "x9", "Dataset")
    ]
    texts += [  # what has to be recovered
        '@misc{k, title = "a " b", year = 2020}',
        "@misc{k, title = {A {B},\n  year = 2024\n}",
        "@misc(k, title = {A}",
        "@misc{k, title = {A},\n% year = 2023,\nyear = 2024}",
        "@misc{a b, title = {A},, year = {2024}}",
    ]
    papers = [paper for text in texts for paper in read(text)]
    assert len(papers) == len(texts)
    return papers


@cache
def exported() -> tuple[str, set[str]]:
    """One file of all of these, each under a key of its own, and the keys."""
    entries = [paper.entry for paper in everything()]
    own = [
        entry.key if entry.key != "k" else f"k{n}"
        for n, entry in enumerate(entries)
    ]
    keys = citekeys(own)
    return "\n".join(
        writer.exported(e, keys[k]) for e, k in zip(entries, own, strict=True)
    ), set(keys.values())


@pytest.mark.parametrize("name", some_slow(READERS, READERS.keys() - {"biber"}))
def test_every_program_reads_every_entry_of_an_export(name: str) -> None:
    text, keys = exported()
    assert len(keys) > 400
    assert READERS[name](text) == keys


@given(ODD, st.sampled_from(FIELDS))
@example(EVIL, "keywords")
@example("-{}- and %s%n and $a$ & b", "keywords")
def test_strict_programs_read_any_value(value: str, name: str) -> None:
    (paper,) = read(in_a_file(name, value))
    text = bibtex([paper]) + "\n@misc{last,\n  title = {L}\n}\n"
    assert by_pybtex(text) == by_bibtexparser(text) == {"k", "last"}
    again = read(text)[0]
    assert again.keywords == paper.keywords
    assert bibtex([again]) == bibtex([paper])


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("$5 & more", r"\$5 \& more"),
        (r"a \frac b", r"a \textbackslash{}frac b"),
        ("50% {of}", r"50\% \lbrace{}of\rbrace{}"),
        ("a_b -- ''c''", r"a\_b -{}- '{}'c'{}'"),
    ],
)
def test_text_that_was_read_is_written_as_tex(text: str, tex: str) -> None:
    assert from_text(text) == tex


SHOWN_OTHERWISE = [
    r"a \{ b } c",
    r"a \\{b} c",
    "{" * 200 + "x" + "}" * 200,
    r"\{" * 60 + r"\}" * 60,
]
"""Braces that the model takes for groups, and exports for signs."""


@pytest.mark.parametrize("name", ["title", "note", "abstract", "author", "url"])
@pytest.mark.parametrize(
    "value", [v for v in VALUES if v not in SHOWN_OTHERWISE]
)
def test_an_export_says_what_the_entry_says(name: str, value: str) -> None:
    (paper,) = read(in_a_file(name, value))
    (again,) = read(bibtex([paper]))
    assert "".join(again.fields.get(name, "").split()) == "".join(
        paper.fields.get(name, "").split()
    )


def test_keys_that_others_cannot_read_are_changed_and_stay_unlike() -> None:
    found = citekeys(["Key", "key", "a%b", "a-b", "a#b", "x:y", "A-B"])
    assert dict(found) == {
        "Key": "Key",
        "key": "key-2",
        "a-b": "a-b",
        "x:y": "x:y",
        "A-B": "A-B-2",
        "a%b": "a-b-3",
        "a#b": "a-b-4",
    }


def test_signs_around_a_brace_that_is_left_out_are_not_joined() -> None:
    assert portable("title", r"a-{-b \}") == r"a-{}-b \rbrace{}"
    assert portable("title", r"a-{b- \}") == r"a-b- \rbrace{}"


@pytest.mark.parametrize("text", [r"a{ b \}", r"a {b \}", r"a { b \}"])
def test_of_two_blanks_around_a_brace_that_is_left_out_one_stays(
    text: str,
) -> None:
    assert portable("title", text) == r"a b \rbrace{}"


def test_a_comment_sign_costs_no_text() -> None:
    assert portable("title", r"50% of \% and \\% x") == r"50\% of \% and \\\% x"
    assert portable("url", "https://x.org/a%20b") == "https://x.org/a%20b"


# --- copies for sphinxcontrib-bibtex

STYLES = [
    find_plugin("pybtex.style.formatting", name) for name in ("alpha", "unsrt")
]


def printed(copy: str) -> None:
    """Print all entries in all styles, as sphinxcontrib-bibtex does."""
    entries = parse_string(copy, "bibtex").entries.values()
    with pybtex.errors.capture() as complaints:
        for style in STYLES:
            for entry in style().format_entries(entries):
                assert isinstance(entry.text.render_as("html"), str)
                assert isinstance(entry.label, str)
    assert not complaints


def in_every_field(key: str, value: str) -> str:
    """An entry all of whose fields have this value."""
    fields = (
        f" {name} = {braced(name, value)}"
        for name in FIELDS
        if name != "crossref"
    )
    return f"@article{{{key},\n" + ",\n".join(fields) + "\n}\n"


def test_no_value_stops_a_style() -> None:
    texts = [
        in_every_field(f"k{number}", value)
        for number, value in enumerate(VALUES)
    ]
    printed(well_formed(reader.parse("\n".join(texts), "x")[0], PRINTED))


@given(ODD, st.sampled_from(FIELDS))
def test_no_mixture_of_values_stops_a_style(value: str, name: str) -> None:
    printed(well_formed(reader.parse(in_a_file(name, value), "x")[0], PRINTED))


@pytest.mark.parametrize(
    ("fields", "year"),
    [
        ("date = {{2024}}", "2024"),
        ("date = {2024-05-01/2024-06}", "2024"),
        ("year = {{2024}}", "2024"),
        ("date = {2023-05}, year = {2024}", "2024"),
        ("date = {%s%n}, year = 2024", "2024"),
        ("date = {soon}", ""),
        ("year = {in press}", ""),
        ("origdate = {2023}", ""),
        ("year = {2024}, month = jan", "2024"),
    ],
)
def test_the_year_of_a_copy_is_that_of_the_model(
    fields: str, year: str
) -> None:
    (entry,) = reader.parse(f"@misc{{k, title = {{T}}, {fields}}}", "x")[0]
    (copy,) = parse_string(
        well_formed([entry], PRINTED), "bibtex"
    ).entries.values()
    assert copy.fields.get("year", "") == year == dates_of(entry).issued[:4]


def test_what_a_copy_leaves_out_is_told_by_the_check_in_the_words_of_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        "@misc{Same, title = {One}, author = {Doe, J.}, year = {2020}}\n"
        "@misc{same, title = {Two}, author = {Roe, R.}, year = {2021}}\n"
        "@misc{odd, title = {Three}, author = {Poe, P.}, date = {%s%n%x}}\n"
    )
    project = Project(tmp_path)
    project.write("refs.bib", text)
    conf = (
        'extensions = ["sphinx_mmu", "sphinxcontrib.bibtex"]\nmmu_bibfiles = bibtex_bibfiles ='
        ' ["refs.bib"]\n'
    )
    project.write("conf.py", conf)
    project.write(
        "index.rst",
        "I\n=\n\n:cite:`Same` :cite:`odd`\n\n.. bibliography::\n\n.. mmu:paper-table::\n",
    )
    built = project.build(clean=True)
    monkeypatch.chdir(project.source)
    checked = CliRunner().invoke(main, ["check", "refs.bib"]).output
    told = [
        "refs.bib:2: {}: the key 'same' differs from 'Same' in refs.bib:1 in capitals only",
        "refs.bib:3: {}: odd: date: '%s%n%x' is not a date",
    ]
    for line in told:
        assert any(
            w.startswith(line.format("WARNING")) for w in built.warnings
        ), built.text
        assert (
            line.format("error") in checked or line.format("warning") in checked
        )


def test_no_odd_value_ends_a_build_beside_sphinxcontrib_bibtex(
    tmp_path: Path,
) -> None:
    texts = [
        in_every_field(f"k{number}", value)
        for number, value in enumerate(VALUES)
    ]
    project = Project(tmp_path)
    project.write("refs.bib", "\n".join(texts))
    conf = (
        'extensions = ["sphinx_mmu", "sphinxcontrib.bibtex"]\nmmu_bibfiles = bibtex_bibfiles ='
        ' ["refs.bib"]\n'
    )
    project.write(
        "conf.py",
        f"{conf}mmu_paper_pages = False\nbibtex_default_style = 'alpha'\n",
    )
    project.write(
        "index.rst",
        "I\n=\n\n.. bibliography::\n   :all:\n\n.. mmu:paper-table::\n   :columns: title\n",
    )
    html = project.build().html("index")
    assert html.count('class="label"') == len(texts)


def test_many_backslashes_cost_a_writer_little() -> None:
    times = 40_000
    value = "\\" * times + "x"
    text = f"@misc{{a,\n title = {{{value}}},\n author = {{{value}}},\n year = 2020\n}}\n"
    (entry,), _ = reader.parse(text, "x")
    start = time.process_time()
    assert (
        reader.parse(writer.exported(entry), "x")[0][0]
        .fields["title"]
        .value.startswith("\\" * times)
    )
    assert well_formed([entry], {"title", "author", "year"})
    assert (
        time.process_time() - start < 5
    )  # twenty times that when each was looked at from each
