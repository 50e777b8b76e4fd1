"""Lists of names, shortened: in rows, in references, and in labels."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import in_node, library_of_all_words

from sphinx_mmu.export.client_data import data_script
from sphinx_mmu.library.library import Library, author_year
from sphinx_mmu.model.people import (
    OTHERS,
    Person,
    cited,
    listed,
    person_from,
    shortened,
)
from sphinx_mmu.views.columns import AUTHORS, BYLINE


def people(text: str) -> list[Person]:
    return [one for name in text.split(" and ") if (one := person_from(name))]


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ("", ""),
        ("Lee, Ada", "Lee"),
        ("{The Team} and Lee, Ada", "The Team, Lee"),
        ("A, A and B, B and C, C and D, D", "A, B, C, D"),
        ("A, A and B, B and C, C and D, D and E, E", "A, B, C and 2 more"),
        (
            "Kim, Jin and Kim, Tae and Kim, Su and D, D and E, E",
            "J. Kim, T. Kim, S. Kim and 2 more",
        ),
        ("Kim, Jin and Lee, Ada and Kim, Tae-Woo", "J. Kim, Lee, T.-W. Kim"),
        ("Kim, Jin Ho and Kim, J. and Lee, A", "J. H. Kim, J. Kim, Lee"),
        ("Kim, Jin and Kim, Jun and Lee, A", "Jin Kim, Jun Kim, Lee"),
        ("Kim, 伟 and Kim, Émile", "伟 Kim, É. Kim"),
        ("A, A and B, B and C, C and Kim, D and Kim, E", "A, B, C and 2 more"),
        ("Kim and Kim, Jin", "Kim, J. Kim"),
    ],
)
def test_a_row_names_the_first_so_that_they_differ(
    names: str, shown: str
) -> None:
    assert listed(people(names)) == shown


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ("", ""),
        ("Lee, Ada", "Ada Lee"),
        ("A, A and B, B", "A A and B B"),
        ("A, A and B, B and C, C", "A A, B B and C C"),
        ("A, A and B, B and C, C and D, D", "A A, B B, C C et al."),
        ("A, A and others", "A A et al."),
        ("others", ""),
    ],
)
def test_a_reference_names_the_first_and_others(names: str, shown: str) -> None:
    assert cited(people(names), 3) == shown


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ("Lee, Ada", "Lee"),
        ("Kim, A and Kim, B", "Kim and Kim"),
        ("Kim, A and Lee, B and C, C", "Kim et al."),
        ("Kim, A and others", "Kim et al."),
    ],
)
def test_a_label_names_one_or_two(names: str, shown: str) -> None:
    assert cited(people(names), 2, named=1, full=False) == shown
    assert OTHERS.name not in cited(people(names), 2, full=False).replace(
        " et al.", ""
    )


ODD_NAMES = [
    "",
    "others",
    "Lee, Ada and others",
    "Lee, Ada and Kim, Jin and others",
    "{The Team}",
    "{The {AI} Team} and Lee, Ada",
    "伟",
    "王伟 and 李娜",
    "de la Cruz, Ana and von Ada, Nora",
    "O'Neil, Ann Bea and Müller, É. V.",
    "Kim, Jin and Kim, Tae-Woo",
    "Kim, Jin and Kim, Jin",
    "Kim, J. and Kim, 伟 and Lee, Ada",
    "King, Jr, Martin Luther and Lee, Ada",
    r"{\'E}mile, Zo{\"e} and {\O}stby, A",
    "<b>Lee</b>, Ada and A & B",
    *(
        " and ".join(f"N{n}, Given" for n in range(number))
        for number in (1, 2, 3, 4, 5, 8, 9, 10, 24)
    ),
]
CALLED = """
import { runInThisContext } from "node:vm";
import { records, shortened } from "CLIENT/records.js";
globalThis.window = globalThis;
runInThisContext(GIVEN.script);
answer([records("papers").papers.map(paper => [paper.label, paper.called, paper.by, paper.people]),
  GIVEN.lists.map(([names, most]) => shortened(names, most))]);
"""


def odd_library(folder: Path) -> Library:
    entries = [
        f"@misc{{k{n}{title}{year}, author = {{{names}}}{title and ', title = {A title}'}{year and ', year = 2024'}}}\n"
        for n, names in enumerate(ODD_NAMES)
        for title in ("", "t")
        for year in ("", "y")
    ]
    (folder / "odd.bib").write_text("".join(entries), "utf-8")
    return Library.load(["odd.bib"], root=folder)


@pytest.mark.parametrize("real", [True, False])
def test_the_script_calls_papers_and_people_alike(
    real: bool,
    tmp_path: Path,
) -> None:
    library = library_of_all_words() if real else odd_library(tmp_path)
    papers = library.papers.papers
    lists = [
        ([f"n{n}" for n in range(size)], most)
        for size in range(12)
        for most in (1, BYLINE, AUTHORS)
    ]
    script = data_script(library, library.papers, "papers", lambda *_: "")
    called, short = in_node(CALLED, {"script": script, "lists": lists})
    assert called == [
        [
            library.labels[p.key],
            author_year(p),
            listed(p.authors, BYLINE),
            listed(p.authors, AUTHORS),
        ]
        for p in papers
    ]
    assert short == [shortened(*one) for one in lists]
