"""From an entry to plain values: text, people, dates, links, tags; and what is wrong, at its line."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_mmu.bib.latex import plain_text
from sphinx_mmu.bib.reader import parse
from sphinx_mmu.model import identifiers
from sphinx_mmu.model.evidence import Source, evidence
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.paper_reader import paper_from
from sphinx_mmu.model.people import OTHERS, Person, person_from
from sphinx_mmu.problems import Code, Problem


def read(fields: str, kind: str = "misc") -> tuple[Paper, tuple[Problem, ...]]:
    """The paper of these fields, one a line, from line 2 on."""
    (entry,), _ = parse(f"@{kind}{{k,\n{fields}\n}}", "x.bib")
    return paper_from(entry)


def clean(fields: str, kind: str = "misc") -> Paper:
    """The same for fields that have no fault, besides a title and a year that are put in."""
    year = "" if re.search("year|date", fields) else ", year = 2024"
    found, problems = read(f"{fields},\ntitle = {{T}}{year}", kind)
    assert not problems
    return found


def links(fields: str) -> dict[str, str]:
    return {link.kind: link.url for link in clean(fields).links}


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        ("{SalUn}: a {U}nlearner", "SalUn: a Unlearner"),
        (r"M{\"u}ller, \'{E}va \& {\o}re {\'\i}", "Müller, Éva & øre í"),
        ("5--6 --- ``so''~it is", "5–6 — “so” it is"),
        (r"100% of a_b \% C\# {\_}", "100% of a_b % C# _"),
        (r"$O(n^2)$ and $\mathcal{D}_f$, $\alpha$", "O(n^2) and 𝒟_f, α"),
        ("$5 a month", "$5 a month"),
        ("from $5 then to $6", "from $5 then to $6"),
        (r"\emph{so} \textbf{it} {\em is}", "so it is"),
        (r"\unheard{of} \thing here", r"of \thing here"),
        (r"\href{http://x}{a label} \url{http://y_z}", "a label http://y_z"),
        (
            r"\today \title{X} \cite{k} \input{/etc/hostname}",
            r"\today X k /etc/hostname",
        ),
        ("One\n\nTwo  words", "One\n\nTwo words"),
        (r"\frac", r"\frac"),
        ("", ""),
    ],
)
def test_tex_becomes_text(tex: str, plain: str) -> None:
    assert plain_text(tex) == plain


tex = st.lists(
    st.sampled_from(
        [
            "\\",
            *"{}$~%&#_^-`'\" \n[]",
            "\\alpha",
            "\\frac",
            "\\begin{x}",
            "\\[",
            "\\emph{",
            "\\verb|",
        ]
    )
    | st.text(max_size=3),
    max_size=25,
).map("".join)


@given(tex)
@settings(max_examples=2 * settings.default.max_examples)
def test_no_tex_is_too_odd_for_text(odd: str) -> None:
    assert isinstance(plain_text(odd), str)


words = st.sampled_from(
    [*"{}$~%&#_^-`'\" \n[]@,;", "word", "\\emph{", "\\&", "\\'e"]
)


@given(st.lists(words, max_size=25).map("".join))
@settings(max_examples=2 * settings.default.max_examples)
def test_no_word_is_lost_on_the_way_to_text(odd: str) -> None:
    assert plain_text(odd).count("word") == odd.count("word")


def test_nesting_beyond_reason_is_still_text() -> None:
    assert "x" in plain_text("{" * 5000 + r"\alpha x")


# --- people


@pytest.mark.parametrize(
    ("name", "given_name", "family"),
    [
        ("Lovelace, Ada", "Ada", "Lovelace"),
        ("Ada  Lovelace", "Ada", "Lovelace"),
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("van der Berg, Jan~P.", "Jan P.", "van der Berg"),
        ("King, Jr., Martin Luther", "Martin Luther", "King Jr."),
        (r"M{\"u}ller, J{\"u}rgen", "Jürgen", "Müller"),
        ("{The OpenAI Team, Inc.}", "", "The OpenAI Team, Inc."),
        ("{von} Neumann, John", "John", "von Neumann"),
        ("Plato", "", "Plato"),
        ("Plato,", "", "Plato"),
        ("李, 明", "明", "李"),
    ],
)
def test_a_name_is_read_as_bibtex_reads_it(
    name: str, given_name: str, family: str
) -> None:
    found = person_from(name)
    assert found == Person(given_name, family)
    assert found.name == f"{given_name} {family}".strip()


def test_authors_are_joined_by_and_in_any_case_outside_of_braces() -> None:
    people = clean(
        "author = {A, B AND {Smith and Sons} and\n C D and others}"
    ).authors
    assert people == (
        Person("B", "A"),
        Person("", "Smith and Sons"),
        Person("C", "D"),
        OTHERS,
    )


def test_editors_stand_in_for_authors() -> None:
    assert clean("editor = {Ada Lovelace}").authors == (
        Person("Ada", "Lovelace"),
    )


@pytest.mark.parametrize(
    ("author", "people"),
    [
        ("A, B, C, D", ["C D A B"]),
        ("Ada L, Bob R, Carl S, Dan T", ["Ada L", "Bob R", "Carl S", "Dan T"]),
        ("Ada L; Bob R", ["Ada L", "Bob R"]),
        (r"Ada L \& Bob R", ["Ada L", "Bob R"]),
        ("Ada L & Bob R", ["Ada L", "Bob R"]),
        ("Ada L and and Bob R", ["Ada L", "Bob R"]),
        ("Ada L and", ["Ada L"]),
        ("Ada L / Bob R", ["Ada L", "Bob R"]),
        (
            "Ada Lane, Bob Rust, and Carl Senn",
            ["Bob Rust Ada Lane", "Carl Senn"],
        ),
        (
            "Ada Lane, Bob Rust, Carl Senn",
            ["Ada Lane", "Bob Rust", "Carl Senn"],
        ),
        ("Lane, Ada, and Rust, Bob", ["Ada Lane", "Bob Rust"]),
        ("Lane, Ada et al.", ["Ada Lane", "et al."]),
        ("Ada Lane et al", ["Ada Lane", "et al."]),
    ],
)
def test_a_list_of_names_that_breaks_the_rules_is_one_problem_and_shown_as_well_as_can_be(
    author: str, people: list[str]
) -> None:
    found, problems = read(
        f"title = {{T}}, year = 2024,\nauthor = {{{author}}}"
    )
    assert [one.name for one in found.authors] == people
    assert [(p.code, p.location, p.key) for p in problems] == [
        (Code.BAD_NAME, "x.bib:3", "k")
    ]


@pytest.mark.parametrize(
    "author",
    [
        "{García Márquez}, Gabriel José",
        "Lane, Ada and García Márquez, Gabriel José",
        "García Márquez, Gabriel José",
        "Roy Dipta, S. K.",
        "Roy Dipta, Shubhashis",
        "van der Berg, Jan Willem",
        "King, Jr., Martin Luther",
    ],
)
def test_a_family_name_of_several_words_is_no_mistake(author: str) -> None:
    assert clean(f"author = {{{author}}}").authors


def test_a_sign_in_the_braces_of_a_name_does_not_divide_it() -> None:
    assert [one.name for one in clean(r"author = {{Ada \& Sons}}").authors] == [
        "Ada & Sons"
    ]


@given(
    st.lists(
        st.sampled_from([*"{}\\,;~ ", " and ", "Ada", "von", "\\'e", "others"]),
        max_size=12,
    ).map("".join)
)
@settings(max_examples=2 * settings.default.max_examples)
def test_no_list_of_names_is_too_odd(names: str) -> None:
    entries, _ = parse(f"@misc{{k, author = {{{names}}}}}", "x")
    assert all(
        one.name for entry in entries for one in paper_from(entry)[0].authors
    )


# --- dates


@pytest.mark.parametrize(
    ("fields", "date", "published"),
    [
        ("year = 2024", "2024", 2024),
        ("year = 2024, month = mar", "2024-03", 2024),
        ("year = 2024, month = {12 January}", "2024-01", 2024),
        ("year = 2024, month = {March--April}", "2024-03", 2024),
        ("year = 2024, month = 9", "2024-09", 2024),
        ("year = 2024, origdate = {2023-10}", "2023-10", 2024),
        ("date = {2024-03-17}", "2024-03-17", 2024),
        (
            "date = {2024-03/2024-05}, origdate = {2023-10-02}",
            "2023-10-02",
            2024,
        ),
        ("date = {2024-23}", "2024", 2024),
        ("date = {2024-03~}", "2024-03", 2024),
        ("date = {2025-01}, year = 2024, month = may", "2025-01", 2024),
    ],
)
def test_the_date_is_that_of_the_first_public_version(
    fields: str, date: str, published: int
) -> None:
    found = clean(fields)
    assert (found.date, found.year, found.published) == (
        date,
        int(date[:4]),
        published,
    )


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("origdate = {soon},\nyear = 2024", "2024"),
        ("origdate = {2023-13},\nyear = 2024", "2024"),
        ("origdate = {2023-02-30},\nyear = 2024", "2024"),
        ("year = {to appear}", ""),
        ("year = 99", ""),
        ("month = {Summer},\nyear = 2024", "2024"),
        ("month = {Mrach},\ndate = {2024}", "2024"),
        ("year = {2020/2021}", "2020"),
    ],
)
def test_a_date_that_is_none_is_one_problem_at_its_line(
    fields: str, date: str
) -> None:
    found, problems = read(f"{fields},\ntitle = {{T}}")
    assert found.date == date
    assert [(p.code, p.line) for p in problems] == [(Code.BAD_DATE, 2)]


@pytest.mark.parametrize(
    ("fields", "added"),
    [
        ("added = {2026-11-26},\nyear = 2024", "2026-11-26"),
        ("added = {2026-11-26T10:00:00},\nyear = 2024", "2026-11-26"),
        ("origdate = {2023-05},\nyear = 2024", "2023-05"),
        ("title = {}", ""),
    ],
)
def test_a_paper_without_the_day_of_its_adding_is_as_new_as_its_first_version(
    fields: str, added: str
) -> None:
    assert read(fields)[0].added == added


@pytest.mark.parametrize("field", ["added", "checked"])
def test_a_day_of_upkeep_that_is_none_is_one_problem_at_its_line(
    field: str,
) -> None:
    found, problems = read(
        f"year = 2024,\n{field} = {{lately}},\ntitle = {{T}}"
    )
    assert found.added == "2024"
    assert [(p.code, p.line) for p in problems] == [(Code.BAD_DATE, 3)]


def test_a_missing_year_is_a_problem_save_for_datasets() -> None:
    found, problems = read("title = {T}")
    assert (found.year, found.date, found.published) == (None, "", None)
    assert [(p.code, p.line) for p in problems] == [(Code.MISSING_YEAR, 1)]
    assert not read("title = {T}", "dataset")[1]


def test_a_missing_title_is_a_problem_and_the_key_stands_for_it() -> None:
    found, problems = read("year = 2024")
    assert found.title == "k"
    assert [(p.code, p.line) for p in problems] == [(Code.MISSING_TITLE, 1)]


# --- links


@pytest.mark.parametrize(
    ("fields", "kind", "url"),
    [
        (
            "url = {https://x.org/a\\_b?c=d\\%20e}",
            "paper",
            "https://x.org/a_b?c=d%20e",
        ),
        ("url = {\\url{HTTP://x.org}}", "paper", "HTTP://x.org"),
        (
            "howpublished = {See \\url{https://x.org/a}}",
            "paper",
            "https://x.org/a",
        ),
        (
            "eprint = {2310.12508v2}, eprinttype = {arXiv}",
            "arxiv",
            "https://arxiv.org/abs/2310.12508v2",
        ),
        (
            "eprint = {arXiv:2310.12508}, archiveprefix = {arXiv}",
            "arxiv",
            "https://arxiv.org/abs/2310.12508",
        ),
        (
            "eprint = {https://arxiv.org/pdf/2310.12508.pdf}",
            "arxiv",
            "https://arxiv.org/abs/2310.12508",
        ),
        (
            "eprint = {math.AG/0601001}",
            "arxiv",
            "https://arxiv.org/abs/math.AG/0601001",
        ),
        (
            "journal = {arXiv preprint arXiv:2310.12508}",
            "arxiv",
            "https://arxiv.org/abs/2310.12508",
        ),
        (
            "journal = {CoRR}, volume = {abs/2310.12508}",
            "arxiv",
            "https://arxiv.org/abs/2310.12508",
        ),
        ("doi = {10.1145/3.4_5}", "doi", "https://doi.org/10.1145/3.4_5"),
        (
            'doi = {https://dx.doi.org/10.1/a"<b>}',
            "doi",
            "https://doi.org/10.1/a%22%3Cb%3E",
        ),
        (
            "openreview = {gn0mIhQGNM}",
            "openreview",
            "https://openreview.net/forum?id=gn0mIhQGNM",
        ),
        (
            "openreview = {https://openreview.net/pdf?id=a-_B}",
            "openreview",
            "https://openreview.net/forum?id=a-_B",
        ),
        (
            "anthology = {2024.acl-long.1}",
            "anthology",
            "https://aclanthology.org/2024.acl-long.1",
        ),
        (
            "url = {https://aclanthology.org/2024.acl-long.1/}",
            "anthology",
            "https://aclanthology.org/2024.acl-long.1/",
        ),
        ("code = {https://github.com/a/b}", "code", "https://github.com/a/b"),
        ("project = {https://a.github.io}", "project", "https://a.github.io"),
    ],
)
def test_addresses_and_identifiers_become_links(
    fields: str, kind: str, url: str
) -> None:
    assert links(fields) == {kind: url}


def test_links_come_in_one_order_and_each_address_once() -> None:
    identifiers = "anthology = {a.1}, openreview = {o}, doi = {10.1/d}, eprint = {2310.12508}"
    found = links(
        f"project = {{https://p}}, code = {{https://c}}, {identifiers}, url = {{https://u}}"
    )
    assert list(found) == [
        "paper",
        "arxiv",
        "doi",
        "openreview",
        "anthology",
        "code",
        "project",
    ]
    assert links("url = {https://doi.org/10.1/d}, doi = {10.1/d}") == {
        "doi": "https://doi.org/10.1/d"
    }


def test_an_eprint_elsewhere_is_no_arxiv_link() -> None:
    assert links("eprint = {1234.5678}, eprinttype = {hdl}") == {}


@pytest.mark.parametrize("field", ["eprinttype", "archiveprefix"])
def test_an_archive_that_is_nearly_arxiv_is_told(field: str) -> None:
    fields = "title = {T}, year = 2024, eprint = {2401.01234}"
    found, problems = read(f"{fields},\n{field} = {{arvix}}")
    assert found.links == ()
    assert [(p.code, p.line, p.hint) for p in problems] == [
        (Code.BAD_URL, 3, "did you mean 'arxiv'?")
    ]


@pytest.mark.parametrize(
    "field",
    [
        "url = {javascript:alert(1)}",
        "code = {www.x.org}",
        "url = {https://}",
        "project = {data:text/html,x}",
        "url = {https://x y}",
        'url = {https://x/"onclick=}',
        "code = {ftp://x/y}",
        "url = {http://[x}",
        "doi = {hello}",
        "openreview = {a b}",
        "eprint = {x}, eprinttype = {arxiv}",
        "url = {java\tscript:x}",
        "anthology = {<a>}",
    ],
)
def test_what_is_no_address_is_no_link_but_a_problem_at_its_line(
    field: str,
) -> None:
    found, problems = read(f"title = {{T}}, year = 2024,\n{field}")
    assert found.links == ()
    assert [(p.code, p.line) for p in problems] == [(Code.BAD_URL, 3)]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (
            "url = {x}",
            "url: 'x' is not an http or https address; write the whole address",
        ),
        (
            "url = {https://x.org/a b}",
            "url: 'https://x.org/a b' is not an http or https address; write %20",
        ),
        (
            "doi = {x}",
            "doi: 'x' is not a DOI; write it as in its address: 10.1000/182",
        ),
        (
            "eprint = {x}, eprinttype = {arxiv}",
            "eprint: 'x' is not an arXiv identifier; write it as in its address: 2403.01234",
        ),
        (
            "openreview = {?}",
            "openreview: '?' is not an OpenReview page; write it as in its address: gn0mIhQGNM",
        ),
        (
            "month = {Smarch}",
            "month: 'Smarch' is not a month; write its name, or a number from",
        ),
        (
            "origdate = {2024-13}",
            "origdate: '2024-13' is not a date; write dates as 2024, 2024-03",
        ),
    ],
)
def test_a_value_that_cannot_be_read_is_told_with_what_to_write(
    field: str, text: str
) -> None:
    _, (problem,) = read(f"title = {{T}}, year = 2024,\n{field}")
    assert problem.text.startswith(f"k: {text}")


@pytest.mark.parametrize("kind", ["arxiv", "doi", "openreview", "anthology"])
def test_the_example_of_an_identifier_is_one(kind: str) -> None:
    assert identifiers.read(
        kind, identifiers.example(kind)
    ) == identifiers.example(kind)


# --- venue, keywords, fields


@pytest.mark.parametrize(
    ("fields", "venue", "short"),
    [
        (
            "booktitle = {Learning {R}epresentations}, venue = {ICLR}",
            "Learning Representations",
            "ICLR",
        ),
        ("journaltitle = {JML}", "JML", "JML"),
        ("journal = {Journal}, shortjournal = {J.}", "Journal", "J."),
        (
            "journal = {arXiv preprint arXiv:2310.12508}",
            "arXiv preprint arXiv:2310.12508",
            "arXiv",
        ),
        ("venue = {ICLR}", "ICLR", "ICLR"),
        ("howpublished = {\\url{https://x.org}}", "", ""),
        ("note = {n}", "", ""),
    ],
)
def test_the_venue_is_where_it_appeared_and_its_short_name_the_venue_field(
    fields: str, venue: str, short: str
) -> None:
    found = clean(fields)
    assert (found.venue, found.venue_short) == (venue, short)


def test_keywords_are_tags_where_they_look_like_facet_and_value() -> None:
    found = clean(
        "keywords = {stage:a/b, modality:text; modality:image,, Plain words , see: this,"
        " http://x.org, 3d:x}"
    )
    assert found.tags == {"stage": ("a/b",), "modality": ("text", "image")}
    assert found.keywords == (
        "Plain words",
        "see: this",
        "http://x.org",
        "3d:x",
    )


def test_every_field_is_there_as_text() -> None:
    found = clean(
        "shorttitle = {{S}un}, abstract = {One.\n\nTwo \\& three.}, size = {5\\,\\%}, url ="
        " {https://x.org/a~b}"
    )
    assert (found.short, found.abstract) == ("Sun", "One.\n\nTwo & three.")
    assert found.fields["url"] == "https://x.org/a~b"
    assert found.fields["size"].replace(" ", "") == "5%"
    assert set(found.fields) == {
        "shorttitle",
        "abstract",
        "size",
        "url",
        "title",
        "year",
    }


names = st.sampled_from(
    [
        "url",
        "doi",
        "year",
        "origdate",
        "month",
        "author",
        "keywords",
        "eprint",
        "anthology",
    ]
)


@given(st.lists(names, max_size=4), tex)
@settings(max_examples=2 * settings.default.max_examples)
def test_no_entry_is_too_odd(names: list[str], value: str) -> None:
    entries, _ = parse(
        "@misc{k"
        + "".join(f",\n {name} = {{{value}}}" for name in names)
        + "\n}",
        "x",
    )
    assert all(paper_from(entry)[0].title for entry in entries)


# --- where values were read

FORM = "write it as: 1 abstract https://…; 2 README https://…"
EVIDENCE = {
    "no number": (
        "1 a https://x.org/1; README https://x.org",
        "title 1",
        "readfrom: 'README https://x.org' is not a numbered source",
        FORM,
    ),
    "long number": (
        "12345 https://x.org",
        "",
        "readfrom: '12345 https://x.org' is not a numbered source",
        FORM,
    ),
    "no semicolon": (
        "1 a https://x.org 2 b https://x.org/b",
        "title 2",
        "readfrom: '1 a https://x.org 2 b https://x.org/b' has more than one address",
        FORM,
    ),
    "number twice": (
        "1 a https://x.org; 1 b https://x.org/b",
        "title 1",
        "readfrom: the number 1 is used twice",
        "give each source a number of its own",
    ),
    "no numbers": (
        "1 a https://x.org",
        "title",
        "basis: 'title' is not a field with numbers",
        "write it as: summary 1 2; size 2",
    ),
    "unknown field": (
        "1 a https://x.org",
        "titel 1",
        "basis: the entry has no field 'titel'",
        "did you mean 'title'?",
    ),
    "unknown field of a value": (
        "1 a https://x.org",
        "title/T 1; titel/T 1",
        "basis: the entry has no field 'titel'",
        "did you mean 'title'?",
    ),
    "far from any field": (
        "1 a https://x.org",
        "q 1",
        "basis: the entry has no field 'q'",
        "name a field of the entry",
    ),
    "unknown value": (
        "1 a https://x.org",
        "year/2042 1",
        "basis: the field 'year' does not contain '2042'",
        "did you mean '2024'?",
    ),
    "unknown source": (
        "1 a https://x.org",
        "title 1 2",
        "basis names source 2, which readfrom lacks",
        "add to readfrom: 2 abstract https://…",
    ),
    "unknown sources": (
        "1 a https://x.org",
        "title 3; year 1 2 3",
        "basis names sources 2, 3, which readfrom lacks",
        "add to readfrom: 2 abstract https://…",
    ),
}


@pytest.mark.parametrize("name", EVIDENCE)
def test_a_fault_of_sources_is_one_problem_at_its_field(name: str) -> None:
    readfrom, basis, message, hint = EVIDENCE[name]
    _, (problem,) = read(
        f"title = {{T}}, year = 2024,\nreadfrom = {{{readfrom}}},\nbasis = {{{basis}}}"
    )
    assert (problem.code, problem.message, problem.hint) == (
        Code.BAD_SOURCE,
        message,
        hint,
    )
    assert problem.line == (3 if message.startswith("readfrom") else 4)


def test_what_can_be_read_of_sources_is_kept() -> None:
    found, faults = evidence(
        {
            "title": "T",
            "readfrom": "1 a b https://x.org v2; here; 2 https://x.org/2; 2 https://x.org/3",
            "basis": "title 1 2 9; titel 1; title",
            "readby": "two readers",
        }
    )
    assert found.sources == (
        Source(1, "a b", "https://x.org", "v2"),
        Source(2, "", "https://x.org/2", ""),
    )
    assert (found.basis, found.reader) == ({"title": (1, 2)}, "two readers")
    assert [fault.field for fault in faults] == [
        "readfrom",
        "readfrom",
        "basis",
        "basis",
    ]
