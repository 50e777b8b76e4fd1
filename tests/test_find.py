"""What the search of the real site finds, asked in Node: tests/cases/find.toml has what readers type
and which hits may come first. Slips of the finger are made by a rule, and each word that a row of the
explorer shows must find that row.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
from explorers import REAL
from realsite import real_site

from sphinx_mmu.views.columns import column, summary, venue_text

pytestmark = pytest.mark.site

HERE = Path(__file__).parent
CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (HERE / "cases/find.toml").read_text("utf-8")
)
QUERIES = CASES["query"]
LISTED = CASES["listed"]
OFFERS: dict[str, str] = {
    case["asked"]: case["filter"] for case in CASES["offer"]
}
NOT_OFFERED = ["video diffusion", "image-to-image", "diffusion models"]


def slip(text: str, n: int) -> str:
    """The longest word with one edit in its middle: two letters changed over, one left out, one
    replaced, or one put in.
    """
    words = text.split(" ")
    word = max(words, key=len)
    at = len(word) // 2
    letter = word[at].lower()
    other = chr((ord(letter) - 96) % 26 + 97) if "a" <= letter <= "z" else "x"
    wrong = [
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        word[:at] + word[at + 1 :],
        word[:at] + other + word[at + 1 :],
        word[:at] + other + word[at:],
    ][n % 4]
    return " ".join(wrong if each == word else each for each in words)


def firsts(query: dict[str, Any]) -> list[str]:
    """The addresses that may come first."""
    papers = [
        paper.key
        for paper in REAL.papers.papers
        if ("venue" in query and venue_text(paper).startswith(query["venue"]))
        or query.get("author") in {person.name for person in paper.authors}
    ]
    return [*query.get("first", ()), *(f"paper/{key}" for key in papers)]


def place(found: list[str], first: list[str]) -> int:
    """Where the first hit is that may be first, counted from 1; 0 if there is none."""
    for n, address in enumerate(found, 1):
        plain = address.replace(".html", "")
        for wanted in first:
            rest = plain[len(wanted) : len(wanted) + 1]
            if plain.startswith(wanted) and (
                "#" in wanted or not rest.isalnum()
            ):
                return n
    return 0


class Asked:
    """Answers of one run of Node."""

    def __init__(
        self, static: Path, folder: Path, texts: list[str], words: list[str]
    ) -> None:
        node = shutil.which("node")
        if not node:
            pytest.skip("there is no node on PATH")
        questions = folder / "questions.json"
        questions.write_text(
            json.dumps({"texts": texts, "words": words}), "utf-8"
        )
        command = [node, str(HERE / "find.mjs"), str(static), str(questions)]
        done = subprocess.run(
            command,
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        made = json.loads(done.stdout)
        self.answers: dict[str, Any] = {
            answer["text"]: answer for answer in made["answers"]
        }
        self.rows: dict[str, list[str]] = dict(
            zip(words, made["rows"], strict=True)
        )

    def places(self, asked: list[tuple[str, list[str]]]) -> list[int]:
        return [
            place(self.answers[text]["found"], first) for text, first in asked
        ]


PLAIN = [(query["asked"], firsts(query)) for query in QUERIES]
SLIPS = [  # of names in capitals or spelt otherwise, a slip would leave nothing to know them by
    (slip(query["asked"], n), firsts(query))
    for n, query in enumerate(QUERIES)
    if query["kind"] not in ("acronym", "spelling")
]
OTHERS = [
    "CVPR 2024",
    "concept erasure",
    "what is direct gradient",
    "colour",
    "ImageNet",
    "Imagenette",
    "color",
    "erasing concepts",
    "erasure of concepts",
    "Muller",
    "salum",
    "mmu_bibfiles",
    "guidance",
    "the",
    "",
    "!?",
    "qqqqqqq",
    "2024",
    "saliency mask why",
    "author:Bansal",
    "unlearn canvas",
    "uncelarn canvas",
    "gap map svg",
]
EXACT = {
    "How to cite": "cite.html",
    "HOW TO CITE": "cite.html",
    "compare": "compare.html",
    "benchmarks": "benchmarks.html",
    "attacks": "attacks.html",
    "where the data are": "benchmarks.html#where-the-data-are-and-their-licence",
    "what is unlearning": "overview.html",
    "zotero": "papers/index.html",
    "bibtex": "papers/index.html",
    "export": "papers/index.html",
    "download": "papers/index.html",
    "feed": "news.html",
}
"""Headings, and names that pages give themselves; which page comes first."""


def visible_words() -> dict[str, set[str]]:
    """Each word that a row of the page of all papers shows → the rows that show it."""
    found: dict[str, set[str]] = {}
    shown = ("stage", "paper", "venue", "date", "links", *REAL.facets)
    for paper in REAL.papers.papers:
        texts = [summary(paper, REAL)]
        for name in shown:
            made = column(name, REAL)
            assert made
            for line in made[1](paper, REAL):
                texts += [
                    f"{part.lead} {part.text}"
                    for part in line.parts
                    if part.kind != "muted"
                ]
        text = re.sub(
            r"\band \d+ more\b", "", "\n".join(texts)
        )  # a number of authors is no name
        for word in re.findall(r"[^\W_]+", text):
            found.setdefault(word, set()).add(paper.key)
    return found


VISIBLE = visible_words()


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    static = real_site("html", tmp_path_factory).out / "_static"
    texts = list(
        dict.fromkeys(
            [
                *(text for text, _ in PLAIN + SLIPS),
                *(case["asked"] for case in LISTED),
                *OTHERS,
                *EXACT,
                *OFFERS,
                *NOT_OFFERED,
            ]
        )
    )
    return Asked(
        static, tmp_path_factory.mktemp("find"), texts, sorted(VISIBLE)
    )


def share(places: list[int], most: int) -> float:
    return sum(0 < at <= most for at in places) / len(places)


def test_there_are_queries_of_every_kind() -> None:
    assert len(QUERIES) >= 60
    kinds = {query["kind"] for query in QUERIES}
    assert {
        "name",
        "author",
        "venue",
        "concept",
        "synonym",
        "question",
        "guide",
    } < kinds


def test_readers_find_what_they_ask_for(asked: Asked) -> None:
    places = asked.places(PLAIN)
    reciprocal = sum(1 / at for at in places if at) / len(places)
    missed = [
        text for (text, _), at in zip(PLAIN, places, strict=True) if at != 1
    ]
    assert share(places, 1) >= 0.85, missed
    assert share(places, 3) >= 0.95, missed
    assert reciprocal >= 0.9, missed


def test_a_slip_of_the_finger_is_forgiven(asked: Asked) -> None:
    places = asked.places(SLIPS)
    missed = [
        text
        for (text, _), at in zip(SLIPS, places, strict=True)
        if not 0 < at <= 3
    ]
    assert share(places, 3) >= 0.85, missed


@pytest.mark.parametrize("case", LISTED, ids=lambda case: case["asked"])
def test_an_explorer_lists_few_papers_and_the_best_first(
    asked: Asked, case: dict[str, Any]
) -> None:
    listed = asked.answers[case["asked"]]["listed"]
    wanted = case.get("first", [])
    assert listed[: len(wanted)] == wanted
    assert len(listed) <= case["most"]


@pytest.mark.parametrize("text", NOT_OFFERED)
def test_words_that_are_not_about_a_work_are_no_filter(
    asked: Asked, text: str
) -> None:
    assert asked.answers[text]["offers"] == []


def test_words_of_a_filter_are_looked_for_and_the_filter_is_offered(
    asked: Asked,
) -> None:
    found = asked.answers["author:Bansal"]
    assert [(o["filter"], o["count"] > 1) for o in found["offers"]] == [
        ("author:Bansal", True)
    ]
    assert len(found["found"]) > found["offers"][0]["count"]


def test_a_topic_without_such_a_link_is_said_to_have_none(asked: Asked) -> None:
    (offer,) = asked.answers["dataset for audio"]["offers"]
    assert offer["filter"] == "modality:audio"
    assert offer["note"] == "none of them has data"


def test_only_a_hit_that_is_called_so_is_sure(asked: Asked) -> None:
    assert asked.answers["unlearn canvas"]["sure"]
    assert not asked.answers["uncelarn canvas"]["sure"]
    assert not asked.answers["gap map svg"]["sure"]


def test_a_page_says_where_nothing_has_all_words(asked: Asked) -> None:
    assert asked.answers["concept erasure"]["all"]
    assert not asked.answers["gap map svg"]["all"]


def test_each_word_that_a_row_shows_finds_that_row(asked: Asked) -> None:
    lost = {
        word: keys - set(asked.rows[word])
        for word, keys in VISIBLE.items()
        if not keys <= set(asked.rows[word])
    }
    assert lost == {}
    assert len(VISIBLE) > 500


def test_spellings_and_forms_of_a_word_find_the_same(asked: Asked) -> None:
    def found(text: str) -> list[str]:
        return asked.answers[text]["found"][:5]

    assert (
        len({*found("colour")} & {*found("color")}) >= 3
    )  # how it is written counts a little
    assert (
        len({*found("erasing concepts")} & {*found("erasure of concepts")}) >= 2
    )
    assert found("ImageNet")[0] == "datasets.html#imagenet"
    assert found("Imagenette")[0] == "datasets.html#imagenette"
    assert "paper/fan2023salun.html" in asked.answers["salum"]["found"][:1]
    assert not asked.answers["salum"]["known"]
    assert asked.answers["guidance"]["known"]


def test_a_venue_with_a_year_is_offered_as_a_filter(asked: Asked) -> None:
    (offer,) = asked.answers["CVPR 2024"]["offers"]
    assert offer["filter"] == "venue:CVPR/2024"
    assert offer["count"] > 0
    assert (
        asked.answers["concept erasure"]["offers"][0]["filter"]
        == "target:concept"
    )
    assert asked.answers["what is direct gradient"]["offers"][0][
        "filter"
    ].startswith("stage:")


def test_years_negations_and_what_papers_have_are_offered_as_filters(
    asked: Asked,
) -> None:
    found = {
        text: [o["filter"] for o in asked.answers[text]["offers"]]
        for text in OFFERS
    }
    assert found == {text: [filter_] for text, filter_ in OFFERS.items()}
    assert asked.answers["2024"]["offers"] == []


def test_a_heading_in_full_comes_first(asked: Asked) -> None:
    found = {text: asked.answers[text]["found"][0] for text in EXACT}
    assert found == EXACT
    assert [
        o["filter"] for o in asked.answers["saliency mask why"]["offers"]
    ] == ["changes:neurons"]


def test_a_hit_shows_the_sentence_that_matches(asked: Asked) -> None:
    first = asked.answers["what is direct gradient"]["said"][0]
    assert "".join(text for text, _ in first)
    assert any(found for _, found in first)


def test_guides_come_last_unless_they_are_asked_for(asked: Asked) -> None:
    groups = asked.answers["guidance"]["groups"]
    assert "guide" not in groups[:5]
    assert asked.answers["mmu_bibfiles"]["groups"][0] == "guide"


@pytest.mark.parametrize("text", ["", "!?", "qqqqqqq"])
def test_nothing_is_found_where_nothing_is_asked(
    asked: Asked, text: str
) -> None:
    assert asked.answers[text]["found"] == []
    assert asked.answers[text]["offers"] == []


def test_every_hit_leads_to_a_place(
    asked: Asked, tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = real_site("html", tmp_path_factory).out
    pages: dict[str, str] = {}
    for answer in asked.answers.values():
        for address in answer["found"]:
            page, _hash, anchor = address.partition("#")
            text = pages.setdefault(page, (out / page).read_text("utf-8"))
            assert not anchor or f'id="{anchor}"' in text, address
    assert len(pages) > 10
