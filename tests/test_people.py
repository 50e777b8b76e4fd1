"""Lists of names, shortened: in rows, in references, and in labels."""

from __future__ import annotations

import pytest

from sphinx_mmu.model.people import OTHERS, Person, cited, listed, person_from


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
