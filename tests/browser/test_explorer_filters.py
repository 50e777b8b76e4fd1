"""Filters of the explorer in Chromium: each finds what Python finds."""

from __future__ import annotations

import json
import random
import re

import pytest
from browsing import Open
from explorers import (
    LIMIT,
    REAL,
    address,
    count,
    explorer,
    follow,
    fragment,
    in_python,
    matching,
    rows,
    unlike_python,
)
from support import some_slow

pytestmark = [pytest.mark.browser, pytest.mark.site]


FILTERS = [
    "stage:training-time",
    "stage:training-time/direct-gradient",
    "stage:(data-side OR decoding-time)",
    "stage:training-time -kind:attack",
    "modality:audio OR modality:video",
    "modality:image modality:audio",
    "-stage:*",
    "stage:* -has:code",
    "has:code venue:*",
    "NOT (has:code OR has:doi)",
    "year:[2023 TO 2024]",
    "year:>=2025",
    "year:<2024 target:concept",
    "year:<1000",
    "year:>9999",
    "year:0000",
    "year:>=0001 -year:<0000",
    "date:[2024-03 TO 2024-09]",
    "diffusion",
    '"concept erasing"',
    "-diffusion kind:method",
    "cywinski",
    "CYWIŃSKI",
    "author:zhang",
    "title:forget*",
    "erasing OR forgetting",
    "venue:ICLR",
    "list:dm (kind:benchmark OR kind:attack)",
    "-(target:concept OR target:style) list:dm",
    "key:fan2023salun",
    "Stage:Training-Time",
    "tagsource:open",
    "*",
    "(modality:text AND target:safety) OR kind:benchmark",
    "nothing-of-this-name-at-all",
]


@pytest.mark.parametrize("step", some_slow([1, 4], [4]))
def test_every_filter_in_the_address_finds_what_python_finds(
    visit: Open, base: str, step: int
) -> None:
    with visit(explorer(base)) as page:
        for text in FILTERS[::step]:
            follow(page, fragment(text))
            found = matching(page)
            assert unlike_python(found, text) == ""
            assert count(page) == len(found), text
            assert rows(page) == found[:LIMIT], text


def made_up(chance: random.Random, depth: int = 2) -> str:
    """A filter of what the database has, and of some that it has not."""
    if depth and chance.random() < 0.6:
        joint = chance.choice([" ", " AND ", " OR "])
        parts = [
            made_up(chance, depth - 1) for _ in range(chance.randint(2, 3))
        ]
        return f"{chance.choice(['', '', '-', 'NOT '])}({joint.join(parts)})"
    facet = chance.choice(
        [
            "stage",
            "modality",
            "target",
            "kind",
            "has",
            "venue",
            "author",
            "word",
            "year",
        ]
    )
    if facet == "year":
        first = chance.randint(2020, 2025)
        return chance.choice(
            [
                f"year:{first}",
                f"year:>={first}",
                f"year:[{first} TO {chance.randint(first, 2026)}]",
            ]
        )
    paper = chance.choice(REAL.papers.papers)
    word = json.dumps(
        chance.choice(re.findall(r"\w+", paper.title)), ensure_ascii=False
    )
    if facet == "word":
        return chance.choice([word, f"title:{word}"])
    if facet == "author":
        return f'author:"{chance.choice(paper.authors).name}"'
    value = chance.choice(list(REAL.papers.values(facet)))
    return chance.choice(
        [f'{facet}:"{value}"', f'-{facet}:"{value}"', f"{facet}:*"]
    )


@pytest.mark.parametrize("number", some_slow([200, 60], [60]))
def test_filters_made_up_at_random_find_what_python_finds(
    visit: Open, served_site: str, number: int
) -> None:
    chance = random.Random(7)  # noqa: S311 -- the same every time
    made = [made_up(chance) for _ in range(number)]
    # A short word that is typed is looked for where words begin, in Python everywhere.
    texts = [text for text in made if not re.search(r'(?<!:)"\w{1,3}"', text)]
    with visit(explorer(served_site)) as page:
        answers = page.evaluate(
            "texts => texts.map(text => mmu.explorers[0].query(text).keys())",
            texts,
        )
    assert [
        unlike_python(found, text)
        for text, found in zip(texts, answers, strict=True)
    ] == ["" for _ in texts]
    assert len({len(found) for found in answers}) > 20


@pytest.mark.parametrize("text", some_slow(FILTERS[3::6], FILTERS[3:4]))
def test_a_page_opened_with_a_filter_shows_it_at_once(
    visit: Open, base: str, text: str
) -> None:
    with visit(explorer(base, text)) as page:
        assert unlike_python(matching(page), text) == ""
        assert rows(page) == matching(page)[:LIMIT]
        # Opening a page rewrites no address.
        assert address(page) == {"q": text}


def test_other_scripts_have_a_handle(visit: Open, base: str) -> None:
    with visit(explorer(base)) as page:
        page.evaluate(
            """() => { window.changes = []; addEventListener("mmu:change", e => changes.push(e.target.className)); }"""
        )
        assert page.evaluate(
            "mmu.explorers[0].query('kind:attack -has:code').keys()"
        ) == in_python("kind:attack -has:code")
        assert (
            address(page)["q"]
            == page.evaluate("mmu.explorers[0].text()")
            == "kind:attack -has:code"
        )
        assert page.evaluate("changes.length") == 1
        assert page.evaluate(
            "mmu.explorers[0].element.matches('[data-mmu-explorer]')"
        )
