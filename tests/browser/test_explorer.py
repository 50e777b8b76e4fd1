"""The explorer of the real site in Chromium: served below a path, from a folder, and without
scripts.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from browsing import CLIPBOARD, Open
from explorers import (
    ALL,
    LIMIT,
    REAL,
    address,
    chips,
    count,
    count_in_python,
    exclude,
    explorer,
    field,
    fragment,
    group,
    in_python,
    matching,
    number,
    option,
    real_project,
    rows,
    show_all,
    tick,
    unlike_python,
)
from playwright.sync_api import Page, expect
from support import REPOSITORY, Project, keys, some_slow

from sphinx_mmu.bib import reader
from sphinx_mmu.export.formats import FORMATS
from sphinx_mmu.views.arranged import SORTS

pytestmark = [pytest.mark.browser, pytest.mark.site]

# --- filters

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


FOLLOWED = """hash => new Promise(done => {
  addEventListener("hashchange", done, { once: true });
  location.hash = hash;
}).then(() => null)"""
"""Leads to a fragment, and ends when the page shows what it says."""


@pytest.mark.parametrize("step", some_slow([1, 4], [4]))
def test_every_filter_in_the_address_finds_what_python_finds(
    visit: Open, base: str, step: int
) -> None:
    with visit(explorer(base)) as page:
        for text in FILTERS[::step]:
            page.evaluate(FOLLOWED, fragment(text))
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


@pytest.mark.parametrize(
    "sort",
    some_slow(
        [f"{sign}{name}" for name in SORTS for sign in ("", "-")], ["venue"]
    ),
)
def test_orders_are_those_of_python(
    visit: Open, served_site: str, sort: str
) -> None:
    with visit(explorer(served_site, "list:dm", sort=sort)) as page:
        assert matching(page) == in_python("list:dm", sort)


def test_values_of_a_facet_are_alternatives_and_facets_narrow_each_other(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        tick(page, "Modality", "Audio")
        tick(page, "Modality", "Video")
        assert address(page)["q"] == "modality:(audio OR video)"
        assert matching(page) == in_python("modality:(audio OR video)")
        tick(page, "Kind", "Method")
        assert address(page)["q"] == "modality:(audio OR video) kind:method"
        assert matching(page) == in_python(
            "modality:(audio OR video) kind:method"
        )
        assert chips(page) == ["Modality is Audio or Video", "Kind is Method"]
        tick(page, "Modality", "Audio")
        assert address(page)["q"] == "modality:video kind:method"


def test_a_value_is_excluded_and_taken_in_again(visit: Open, base: str) -> None:
    with visit(explorer(base)) as page:
        exclude(page, "Kind", "Attack")
        button = option(page, "Kind", "Attack").get_by_role("button")
        expect(button).to_have_attribute("aria-pressed", "true")
        assert address(page)["q"] == "-kind:attack"
        assert number(page, "Kind", "Attack") == "not"
        assert chips(page) == ["Kind is not Attack"]
        expect(page.locator(".mmu-explorer > [role=status]")).to_have_text(
            f"Attack excluded. {count_in_python('-kind:attack')} of {ALL} papers"
        )
        button.click()
        assert address(page) == {}
        assert count(page) == ALL


@pytest.mark.slow
def test_papers_without_a_tag_are_a_value_too(visit: Open, base: str) -> None:
    with visit(explorer(base)) as page:
        assert number(page, "Stage", "Not tagged") == str(
            count_in_python("-stage:*")
        )
        tick(page, "Stage", "Not tagged")
        assert address(page)["q"] == "-stage:*"
        assert matching(page) == in_python("-stage:*")
        tick(page, "Stage", "Data-side")
        assert address(page)["q"] == "-stage:* OR stage:data-side"
        assert matching(page) == in_python("-stage:* OR stage:data-side")
        assert chips(page) == ["Stage is not tagged or Data-side"]


def test_a_stage_opens_into_its_pathways_and_a_pathway_takes_its_place(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        pathway = option(page, "Stage", "Direct gradient")
        expect(pathway).to_be_hidden()
        option(page, "Stage", "Training-time").get_by_role(
            "button", name="Values of Training-time"
        ).click()
        expect(pathway).to_be_visible()
        tick(page, "Stage", "Training-time")
        tick(page, "Stage", "Direct gradient")
        assert address(page)["q"] == "stage:training-time/direct-gradient"
        stage = option(page, "Stage", "Training-time").get_by_role("checkbox")
        assert stage.evaluate("box => box.indeterminate && !box.checked")
        tick(page, "Stage", "Training-time")
        assert address(page)["q"] == "stage:training-time"


def test_a_page_opened_below_a_stage_shows_the_pathway(
    visit: Open, base: str
) -> None:
    with visit(
        explorer(base, "stage:decoding-time/guidance-path-control")
    ) as page:
        expect(
            option(page, "Stage", "Guidance-path control").get_by_role(
                "checkbox"
            )
        ).to_be_checked()


STATES: list[list[str]] = [
    [],
    ["kind:method"],
    ["stage:training-time", "modality:image"],
    ["-target:concept", "diffus*"],
    ["target:(concept OR style)", "year:>=2024", "-has:doi"],
]


@pytest.mark.parametrize("state", some_slow(STATES, STATES[-2:]), ids=" ".join)
def test_counts_say_what_a_click_would_leave(
    visit: Open, served_site: str, state: list[str]
) -> None:
    """Where other values of the facet are in force: what a click would leave if it were the first
    there.
    """
    with visit(explorer(served_site, " ".join(state))) as page:
        for name in ("stage", "modality", "target", "kind", "list"):
            others = " ".join(
                part for part in state if not part.startswith(f"{name}:")
            )
            label = REAL.facets[name].label
            known = [
                v
                for v in REAL.papers.values(name)
                if count_in_python(f"{name}:{v}")
            ]
            wanted = {
                REAL.term_label(name, value): (
                    "not"
                    if f"-{name}:{value}" in state
                    else str(count_in_python(others, f"{name}:{value}"))
                )
                for value in known
            }
            if count_in_python(f"-{name}:*"):
                wanted["Not tagged"] = str(
                    count_in_python(others, f"-{name}:*")
                )
            assert numbers(page, label) == wanted


def numbers(page: Page, facet: str) -> dict[str, str]:
    """The number of each value of a facet, also of those that are folded away."""
    script = """facet => [...document.querySelectorAll('fieldset')]
      .filter(f => f.querySelector('legend').textContent === facet).flatMap(f => [...f.querySelectorAll('label')])
      .map(l => [[...l.children[1].childNodes].at(-1).textContent, l.children[2].textContent])"""
    return dict(page.evaluate(script, facet))


def test_years_code_and_venue(visit: Open, base: str) -> None:
    with visit(explorer(base)) as page:
        first, published = (
            group(page, name) for name in ("First public", "Published")
        )
        first.get_by_role("combobox", name="from").select_option("2023")
        first.get_by_role("combobox", name="to", exact=True).select_option(
            "2024"
        )
        assert address(page)["q"] == "year:[2023 TO 2024]"
        tick(page, "Has", "Code")
        tick(page, "Has", "Venue")
        assert address(page)["q"] == "year:[2023 TO 2024] has:code venue:*"
        assert matching(page) == in_python(
            "year:[2023 TO 2024] has:code venue:*"
        )
        assert chips(page) == [
            "First public in 2023 to 2024",
            "Paper has code",
            "Venue is recorded",
        ]
        exclude(page, "Has", "Code")
        assert address(page)["q"] == "year:[2023 TO 2024] venue:* -has:code"
        first.get_by_role("combobox", name="from").select_option("any")
        assert "year:<=2024" in address(page)["q"]
        page.get_by_role("button", name="Clear all").last.click()
        published.get_by_role("combobox", name="from").select_option("2024")
        first.get_by_role("combobox", name="to", exact=True).select_option(
            "2023"
        )
        assert address(page)["q"] == "published:>=2024 year:<=2023"
        assert chips(page) == [
            "Published in 2024 to …",
            "First public in … to 2023",
        ]
        assert matching(page) == in_python("published:>=2024 year:<=2023")
        page.get_by_role("button", name="Clear all").last.click()
        tick(page, "Published", "Not recorded")
        assert (address(page)["q"], chips(page)) == (
            "-published:*",
            ["Published is not recorded"],
        )
        assert matching(page) == in_python("-published:*")


@pytest.mark.slow
def test_a_long_facet_folds_and_every_value_of_it_can_be_reached(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        authors = group(page, "Author")
        boxes, more = (
            authors.get_by_role("checkbox"),
            authors.locator(".mmu-all"),
        )
        expect(boxes).to_have_count(10)
        field_within = authors.get_by_role("searchbox", name="Find in Author")
        field_within.fill("sijia l")
        expect(boxes).to_have_count(1)
        boxes.first.check()
        assert address(page)["q"] == 'author:"Sijia Liu"'
        assert chips(page) == ["Author is Sijia Liu"]
        assert matching(page) == in_python('author:"Sijia Liu"')
        field_within.fill("")
        group(page, "Venue").get_by_role("searchbox").fill(
            "computer vision and pattern"
        )
        expect(
            group(page, "Venue").get_by_role("checkbox").first
        ).to_have_accessible_name(re.compile("^CVPR "))
        while more.inner_text().startswith("Show 100 more"):
            more.click()
        more.click()
        papers = (REAL.papers.by_key[key] for key in in_python())
        everyone = {author.name for paper in papers for author in paper.authors}
        shown = authors.locator("label > span:not(.mmu-n)").all_inner_texts()
        assert set(shown) - {"Not recorded"} == everyone
        assert more.inner_text() == "Show fewer"


def test_derived_facets_count_and_filter_as_python_does(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        option(page, "Venue", "CVPR").get_by_role(
            "button", name="Values of CVPR"
        ).click()
        tick(page, "Venue", "CVPR 2024")
        assert address(page)["q"] == "venue:CVPR/2024"
        assert chips(page) == ["Venue is CVPR 2024"]
        assert matching(page) == in_python('venue:"CVPR 2024"')
        exclude(page, "Venue", "CVPR 2024")
        assert address(page)["q"] == "-venue:CVPR/2024"
        page.locator(".mmu-chip button").last.click()
        group(page, "Results").get_by_role("searchbox").fill("i2p")
        tick(page, "Results", "I2P")
        assert chips(page) == ["Results on I2P"]
        assert matching(page) == in_python("results:i2p")
        tick(page, "Has", "Results")
        assert chips(page) == ["Results on I2P", "Paper has results"]


# --- searching


def marked(page: Page) -> list[str]:
    """The words that are marked in the rows."""
    script = "[...(CSS.highlights.get('mmu-found') ?? [])].map(range => range.toString())"
    found: list[str] = page.evaluate(script)
    return found


@pytest.mark.slow
def test_words_are_found_and_marked_whatever_their_accents(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        field(page).press_sequentially("cywinski")
        assert unlike_python(matching(page), "cywinski") == ""
        page.wait_for_timeout(200)  # marks come after the words
        assert marked(page) == ["Cywiński"] * len(in_python("cywinski"))
        assert matching(page)[: len(marked(page))] == in_python("cywinski")
        field(page).fill("salun")
        page.wait_for_timeout(200)
        assert unlike_python(matching(page), "salun") == ""
        assert matching(page)[0] == "fan2023salun"
        assert "SalUn" in marked(page)
        field(page).fill("")
        page.wait_for_timeout(200)
        assert marked(page) == []
        assert count(page) == ALL


@pytest.mark.slow
def test_words_may_be_a_phrase_a_beginning_or_excluded(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        for text in (
            '"machine unlearning"',
            "forget*",
            "unlearning -diffusion",
            "title:concept",
        ):
            field(page).fill(text)
            page.wait_for_timeout(200)
            assert unlike_python(matching(page), text) == ""
            wanted = fold(re.sub(r'["*]|-\w+|title:', "", text).strip())
            assert {fold(m) for m in marked(page)} == {wanted}, text


def fold(text: str) -> str:
    return text.casefold()


def test_a_condition_that_is_typed_becomes_a_chip(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        field(page).fill("safety -stage:training-time author:zhang")
        assert chips(page) == []
        found = matching(page)
        assert (
            unlike_python(found, "safety -stage:training-time author:zhang")
            == ""
        )
        field(page).press("Enter")
        assert chips(page) == ["Stage is not Training-time", "Author has zhang"]
        expect(field(page)).to_have_value("safety")
        expect(field(page)).to_be_focused()
        assert matching(page) == found
        expect(
            option(page, "Stage", "Training-time").get_by_role(
                "button", name="Exclude"
            )
        ).to_have_attribute("aria-pressed", "true")


MISTAKES = {
    'diffusion "concept': (
        'This quote is never closed, at character 11, “"concept”. Add " at its end.'
    ),
    "(stage:data-side": (
        "This parenthesis is never closed, at character 1, “(stage:data-”. Add ) where the group"
        " ends."
    ),
    "kind:": "A value is missing after 'kind:', at character 6, the end. Write kind:* for any.",
    "kind:methid": "Kind has no value 'methid'. Did you mean 'method'?",
    "stge:data-side": "There is no facet 'stge'. Did you mean 'stage'?",
}


EARLIER = "The rows are those of the last filter that could be read."


@pytest.mark.parametrize("text", some_slow(MISTAKES, ["kind:methid"]))
def test_a_mistake_is_told_and_the_last_good_result_stays(
    visit: Open, served_site: str, text: str
) -> None:
    with visit(explorer(served_site, "list:dm")) as page:
        good = "list:dm diffusion" if text.startswith("diff") else "list:dm"
        field(page).press_sequentially(text)
        expect(page.locator(".mmu-fault")).to_have_text(
            f"{MISTAKES[text]} {EARLIER}"
        )
        expect(
            page.get_by_text(
                "(from the last filter that could be read)", exact=True
            )
        ).to_be_visible()
        if text.startswith(("kind", "stge", "diff")):
            assert unlike_python(matching(page), good) == ""
        else:
            assert matching(page)
        assert field(page).get_attribute("aria-invalid") == "true"
        field(page).press("Enter")
        expect(page.locator(".mmu-fault")).to_have_text(
            f"{MISTAKES[text]} {EARLIER}"
        )
        expect(field(page)).to_have_value(text)
        field(page).fill("")
        expect(page.locator(".mmu-fault")).to_be_empty()
        expect(
            page.get_by_text(
                "(from the last filter that could be read)", exact=True
            )
        ).to_be_hidden()
        assert field(page).get_attribute("aria-invalid") is None
        assert matching(page) == in_python("list:dm")


def test_an_address_that_cannot_be_read_says_so_and_is_left_by_any_click(
    visit: Open, base: str
) -> None:
    with visit(explorer(base, "stage:(a")) as page:
        expect(page.locator(".mmu-fault")).to_contain_text(
            "never closed, at character 7"
        )
        expect(page.locator(".mmu-fault")).not_to_contain_text("last filter")
        expect(field(page)).to_have_value("stage:(a")
        assert matching(page) == []
        tick(page, "Kind", "Method")
        assert address(page)["q"] == "kind:method"
        expect(page.locator(".mmu-fault")).to_be_empty()
        expect(field(page)).to_have_value("")


def test_what_is_found_is_told_once_typing_pauses(
    visit: Open, base: str
) -> None:
    with visit(
        explorer(base), alone=True
    ) as page:  # the clock is that of all its pages
        status = page.locator(".mmu-explorer > [role=status]")
        expect(status).to_be_empty()
        page.clock.install()
        page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 60)
        field(page).press_sequentially("video")
        assert unlike_python(matching(page), "video") == ""
        assert 0 < count(page) < ALL
        expect(status).to_be_empty()
        page.clock.run_for(1000)
        expect(status).to_have_text(f"{count(page)} of {ALL} papers")


# --- chips


@pytest.mark.slow
def test_a_chip_is_turned_round_and_removed_and_focus_stays_near(
    visit: Open, base: str
) -> None:
    with visit(
        explorer(base, "stage:data-side kind:(method OR attack)")
    ) as page:
        page.get_by_role(
            "button", name="Stage is Data-side: turn round"
        ).click()
        assert chips(page) == [
            "Stage is not Data-side",
            "Kind is Method or Attack",
        ]
        expect(
            page.get_by_role(
                "button", name="Stage is not Data-side: turn round"
            )
        ).to_be_focused()
        page.get_by_role("button", name="Remove Kind is Attack").click()
        assert address(page)["q"] == "-stage:data-side kind:method"
        assert page.evaluate(
            "document.activeElement.closest('.mmu-chips, .mmu-search') !== null"
        )
        page.get_by_role("button", name="Remove Kind is Method").click()
        page.get_by_role("button", name="Remove Stage is not Data-side").click()
        expect(field(page)).to_be_focused()
        expect(page.locator(".mmu-chips")).to_be_hidden()
        assert address(page) == {}


@pytest.mark.slow
def test_all_conditions_are_cleared_at_once(visit: Open, base: str) -> None:
    with visit(explorer(base, "stage:data-side year:2023 fog")) as page:
        page.get_by_role("button", name="Clear all").click()
        assert address(page) == {}
        expect(field(page)).to_have_value("")
        expect(field(page)).to_be_focused()
        assert count(page) == ALL


def test_an_empty_result_names_each_condition_and_what_would_be_left(
    visit: Open, base: str
) -> None:
    with visit(explorer(base, "modality:audio kind:method zebra")) as page:
        box = page.locator(".mmu-empty")
        expect(box).to_contain_text("No paper matches all of these.")
        leaves = {
            "zebra": count_in_python("modality:audio kind:method"),
            "Modality is Audio": count_in_python("kind:method zebra"),
            "Kind is Method": count_in_python("modality:audio zebra"),
        }
        assert ways_out(page) == [
            f"Without “{name}”: {n}"
            for name, n in sorted(leaves.items(), key=lambda way: -way[1])
        ] + ["Search all of this site for “zebra”"]
        expect(page.get_by_role("table")).to_be_hidden()
        box.get_by_role("button", name="Without “zebra”").click()
        assert address(page)["q"] == "modality:audio kind:method"
        assert rows(page) == in_python("modality:audio kind:method")


def test_where_one_condition_less_is_not_enough_all_can_go(
    visit: Open, base: str
) -> None:
    with visit(explorer(base, "zebra unicorn")) as page:
        expect(page.locator(".mmu-empty")).to_contain_text(
            "No paper matches all of these, or all but one of them."
        )
        assert ways_out(page) == [
            f"Without any of them: {ALL}",
            "Search all of this site for “zebra unicorn”",
        ]
        page.locator(".mmu-empty").get_by_role(
            "button", name="Without any of them"
        ).click()
        assert (address(page), count(page)) == ({}, ALL)


def ways_out(page: Page) -> list[str]:
    """What an empty result offers."""
    return [
        " ".join(text.split())
        for text in page.locator(".mmu-empty li").all_inner_texts()
    ]


# --- columns, order, rows


@pytest.mark.parametrize(
    "sort",
    some_slow(["__proto__", "-constructor", "nothing", "-"], ["__proto__"]),
)
def test_an_order_that_there_is_not_is_the_usual_one(
    visit: Open, base: str, sort: str
) -> None:
    with visit(explorer(base, "list:dm", sort=sort)) as page:
        assert matching(page) == in_python("list:dm")
        assert (
            page.get_by_role("combobox", name="Sort").input_value() == "-date"
        )


def test_a_click_on_a_column_sorts_by_it_and_says_so(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        head = {
            name: page.get_by_role("columnheader", name=name, exact=True)
            for name in ("Date", "Paper", "Venue")
        }
        expect(head["Date"]).to_have_attribute("aria-sort", "descending")
        head["Paper"].get_by_role("button").click()
        expect(head["Paper"]).to_have_attribute("aria-sort", "ascending")
        assert head["Date"].get_attribute("aria-sort") is None
        assert (address(page), matching(page)) == (
            {"sort": "title"},
            in_python(sort="title"),
        )
        head["Paper"].get_by_role("button").click()
        expect(head["Paper"]).to_have_attribute("aria-sort", "descending")
        assert (address(page), matching(page)) == (
            {"sort": "-title"},
            in_python(sort="-title"),
        )
        expect(head["Paper"].get_by_role("button")).to_be_focused()
        page.get_by_role("combobox", name="Sort").select_option("oldest first")
        assert (address(page), matching(page)) == (
            {"sort": "date"},
            in_python(sort="date"),
        )
        page.get_by_role("combobox", name="Sort").select_option("newest first")
        assert address(page) == {}


def test_a_facet_sorts_in_the_order_of_its_terms_and_what_has_none_comes_last(
    visit: Open, base: str
) -> None:
    with visit(explorer(base, sort="stage")) as page:
        stages = [
            REAL.papers.by_key[key]
            .tags.get("stage", ("",))[0]
            .partition("/")[0]
            for key in matching(page)
        ]
        order = [
            term.value
            for term in REAL.facets["stage"].terms
            if "/" not in term.value
        ]
        assert [value for value, _ in itertools.groupby(stages)] == [*order, ""]


@pytest.mark.slow
def test_columns_are_hidden_and_shown_and_the_address_knows(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        page.get_by_text("Columns", exact=True).click()
        page.get_by_role("checkbox", name="Venue", exact=True).uncheck()
        page.get_by_role("checkbox", name="Target", exact=True).check()
        assert address(page) == {"cols": "stage,paper,date,links,target"}
        heads = ["Stage", "Paper", "Date", "Links", "Target"]
        visible = "heads => heads.filter(h => h.offsetParent).map(h => h.textContent).filter(Boolean)"
        assert page.locator("thead th").evaluate_all(visible) == heads
        first = page.locator("tr[data-mmu-key=wang2025umubench]")
        expect(first.locator("td:visible").last).to_have_text(
            "Identity, Knowledge"
        )
        expect(first.get_by_text("NeurIPS")).to_be_hidden()
        page.reload()
        assert page.locator("thead th").evaluate_all(visible) == heads
        page.get_by_text("Columns", exact=True).click()
        expect(
            page.get_by_role("checkbox", name="Paper", exact=True)
        ).to_be_disabled()


MORE = min(LIMIT, ALL - LIMIT)
"""How many rows are offered beyond those that are drawn."""
HELD = """const after = setTimeout;
window.setTimeout = (act, wait, ...more) => after(act, wait === 300 ? 1e6 : wait, ...more);"""
"""What is to follow after a while does not."""


@pytest.mark.slow
@pytest.mark.parametrize(("height", "few"), [(900, 12), (1440, 24)])
def test_a_page_opens_with_few_rows_but_as_it_was_left_with_all(
    visit: Open, base: str, height: int, few: int
) -> None:
    drawn = "document.querySelectorAll('tr[data-mmu-key]').length"
    with visit(
        explorer(base), HELD, viewport={"width": 1280, "height": height}
    ) as page:
        assert page.evaluate(drawn) == few
        expect(
            page.get_by_role("button", name=f"Show {MORE} more", exact=True)
        ).to_be_hidden()
        assert number(page, "Stage", "Data-side") == str(
            count_in_python("stage:data-side")
        )
        page.reload()
        assert page.evaluate(drawn) == LIMIT
    with visit(explorer(base, sort="title"), HELD) as page:
        assert page.evaluate(drawn) == LIMIT


FRAMES_HELD = (
    "window.held = []; window.requestAnimationFrame = act => held.push(act)"
)
"""Nothing is done before a paint until it is let."""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "control"),
    [(1600, "input"), (1280, "input"), (390, "summary")],
)
def test_the_links_of_the_build_are_there_until_the_rail_is_which_takes_their_focus(
    visit: Open, base: str, width: int, control: str
) -> None:
    with visit(
        explorer(base), FRAMES_HELD, viewport={"width": width, "height": 844}
    ) as page:
        expect(field(page)).to_be_visible()
        page.locator(".mmu-rail a:visible").first.focus()
        page.evaluate("held.splice(0).forEach(act => act(0))")
        expect(page.locator(f".mmu-panel {control}").first).to_be_focused()


@pytest.mark.slow
def test_at_most_a_hundred_rows_are_drawn_until_more_are_wanted(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        assert len(rows(page)) == LIMIT
        page.get_by_role("button", name=f"Show {MORE} more", exact=True).click()
        assert rows(page) == in_python()[: LIMIT + MORE]
        focused = "document.activeElement.closest('tr')?.dataset.mmuKey"
        assert page.evaluate(focused) == in_python()[LIMIT]
        show_all(page)
        assert rows(page) == in_python()
        expect(page.locator(".mmu-more")).to_be_hidden()
        page.reload()
        assert rows(page) == in_python()


@pytest.mark.slow
def test_a_key_in_the_address_leads_to_its_row(visit: Open, base: str) -> None:
    last = in_python()[-1]
    with visit(f"{base}papers/index.html#{last}") as page:
        expect(page.locator(f"tr[data-mmu-key='{last}']")).to_be_in_viewport()
        expect(page.locator("tr.mmu-here")).to_have_count(1)
        first = in_python()[0]
        page.evaluate("key => { location.hash = key }", first)
        expect(
            page.locator(f"tr.mmu-here[data-mmu-key='{first}']")
        ).to_be_in_viewport()


def test_an_anchor_of_the_page_changes_nothing(visit: Open, base: str) -> None:
    with visit(explorer(base, "kind:attack")) as page:
        page.evaluate("location.hash = '#papers'")
        page.wait_for_timeout(100)
        assert matching(page) == in_python("kind:attack")


# --- history


@pytest.mark.slow
def test_back_forward_and_reload_restore_the_same_rows(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        seen = [rows(page)]
        tick(page, "Kind", "Method")
        seen.append(rows(page))
        page.get_by_role("columnheader", name="Venue").get_by_role(
            "button"
        ).click()
        seen.append(rows(page))
        field(page).press_sequentially("diffusion model", delay=20)
        page.wait_for_timeout(400)
        seen.append(rows(page))
        exclude(page, "Target", "Concept")
        seen.append(rows(page))
        assert len({tuple(s) for s in seen}) == len(seen)
        page.reload()
        assert rows(page) == seen[-1]
        for wanted in seen[-2::-1]:
            page.go_back()
            assert rows(page) == wanted
        expect(field(page)).to_have_value("")
        for wanted in seen[1:]:
            page.go_forward()
            assert rows(page) == wanted
        expect(field(page)).to_have_value("diffusion model")


@pytest.mark.slow
def test_coming_back_from_a_paper_s_page_finds_the_rows_and_the_place(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        show_all(page)
        link = page.locator("tr[data-mmu-key] th a.mmu-title").nth(104)
        link.scroll_into_view_if_needed()
        place = page.evaluate("scrollY")
        link.click()
        page.wait_for_url("**/paper/**")
        page.go_back()
        page.wait_for_function("mmu.explorers?.length")
        assert rows(page) == in_python()
        page.wait_for_function(
            "place => Math.abs(scrollY - place) < 400", arg=place
        )


@pytest.mark.slow
def test_a_chip_can_be_taken_away_after_going_back(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        tick(page, "Stage", "Data-side")
        page.get_by_role("combobox", name="Sort").select_option("title")
        page.go_back()
        page.get_by_role("button", name="Remove Stage is Data-side").click()
        assert chips(page) == []
        assert matching(page) == in_python()


@pytest.mark.slow
def test_a_click_far_down_brings_the_results_into_sight(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        assert len(rows(page)) == LIMIT
        page.evaluate("scrollTo(0, 6000)")
        page.wait_for_function("scrollY > 5000")
        tick(page, "Kind", "Benchmark")
        expect(page.locator("tr[data-mmu-key]").first).to_be_in_viewport()


# --- taking away


def copied(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


@pytest.mark.parametrize(
    "form", some_slow(["bibtex", "ris", "csl-json", "csv", "markdown"], ["csv"])
)
def test_a_selection_is_saved_as_python_would_write_it(
    visit: Open, base: str, form: str
) -> None:
    known = FORMATS[form]
    chosen = [in_python()[n] for n in (3, 0, 40)]
    with visit(explorer(base)) as page:
        for key in chosen:
            page.locator(f"tr[data-mmu-key='{key}'] input").check()
        bar = page.get_by_role("region", name="Selection")
        expect(bar).to_contain_text("3 selected")
        bar.get_by_text("Copy or save").click()
        with page.expect_download() as waiting:
            bar.get_by_role("button", name=known.label, exact=True).click()
        saved = Path(waiting.value.path()).read_bytes().decode()
        assert (
            waiting.value.suggested_filename == f"papers-3-chosen{known.suffix}"
        )
        papers = [
            REAL.papers.by_key[key]
            for key in sorted(chosen, key=in_python().index)
        ]
        assert saved == known.join(
            [known.one(paper, REAL) for paper in papers], REAL
        )
    if form == "bibtex":
        entries, problems = reader.parse(saved, "saved.bib")
        assert (len(entries), problems) == (3, ())


def test_all_that_match_are_saved(visit: Open, base: str) -> None:
    with visit(explorer(base, "kind:attack")) as page:
        page.get_by_text("Take away", exact=True).click()
        with page.expect_download() as waiting:
            page.locator(".mmu-menu[open]").get_by_role(
                "button", name="BibTeX", exact=True
            ).click()
        assert waiting.value.suggested_filename == "papers-kind-attack.bib"
        entries, _ = reader.parse(
            Path(waiting.value.path()).read_text("utf-8"), "all.bib"
        )
        assert [entry.key for entry in entries] == in_python("kind:attack")


@pytest.mark.slow
def test_what_is_chosen_is_taken_away_instead_and_the_menu_says_so(
    visit: Open, base: str
) -> None:
    with visit(explorer(base, "kind:attack")) as page:
        page.get_by_text("Take away", exact=True).click()
        menu = page.locator(".mmu-menu[open]")
        number = len(in_python("kind:attack"))
        expect(menu).to_contain_text(f"All {number} that match")
        page.keyboard.press("Escape")
        first = in_python("kind:attack")[1]
        page.locator(f"tr[data-mmu-key='{first}'] input").check()
        page.get_by_text("Take away", exact=True).click()
        expect(menu).to_contain_text("The 1 chosen")
        with page.expect_download() as waiting:
            menu.get_by_role("button", name="BibTeX", exact=True).click()
        assert waiting.value.suggested_filename == "papers-1-chosen.bib"
        entries, _ = reader.parse(
            Path(waiting.value.path()).read_text("utf-8"), "one.bib"
        )
        assert [entry.key for entry in entries] == [first]


FILE_NAMES = {
    ("", 0): "papers",
    (
        "venue:CVPR year:>=2024 -has:code",
        0,
    ): "papers-venue-CVPR-year-from-2024-not-has-code",
    ("author:Müller <2020", 0): "papers-author-Muller-before-2020",
    ("kind:attack", 12): "papers-12-chosen",
    ("../../etc 漢字", 0): "papers-etc-漢字",
    ("a" * 99, 0): f"papers-{'a' * 53}",
}
"""The names of files, by the filter and the number of papers that are chosen."""


@pytest.mark.skipif(
    shutil.which("node") is None, reason="there is no node on PATH"
)
def test_the_name_of_a_file_tells_the_filter() -> None:
    script = f"""import {{ fileName }} from "{REPOSITORY.as_uri()}/client/take.js";
const made = JSON.parse(process.argv[1]).map(given => fileName("papers", ...given));
console.log(JSON.stringify(made));"""
    command = [
        "node",
        "--input-type=module",
        "-e",
        script,
        json.dumps(list(FILE_NAMES)),
    ]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, encoding="utf-8"
    )
    assert json.loads(done.stdout) == list(FILE_NAMES.values())


@pytest.mark.slow
def test_a_selection_of_all_is_told(visit: Open, served_site: str) -> None:
    with visit(explorer(served_site, "kind:attack")) as page:
        page.get_by_role("checkbox", name="Select all").check()
        told = page.locator(".mmu-explorer > [role=status]")
        expect(told).to_contain_text(
            f"{len(in_python('kind:attack'))} selected"
        )


@pytest.mark.slow
def test_the_selection_is_in_the_address_and_all_is_a_star(
    visit: Open, base: str
) -> None:
    first, second = in_python("kind:attack")[:2]
    with visit(explorer(base, "kind:attack")) as page:
        for key in (first, second):
            page.locator(f"tr[data-mmu-key='{key}'] input").check()
        assert address(page) == {"q": "kind:attack", "sel": f"{first},{second}"}
        every = page.get_by_role("checkbox", name="Select all")
        assert every.evaluate("box => box.indeterminate")
        page.reload()
        assert page.evaluate("mmu.explorers[0].selected()") == [first, second]
        every.check()
        assert address(page) == {"q": "kind:attack", "sel": "*"}
        page.reload()
        assert sorted(page.evaluate("mmu.explorers[0].selected()")) == sorted(
            in_python("kind:attack")
        )
        tick(page, "List", "Diffusion")
        expect(page.get_by_role("region", name="Selection")).to_contain_text(
            "not among the results"
        )
        page.get_by_role("button", name="Clear", exact=True).click()
        expect(page.get_by_role("region", name="Selection")).to_be_hidden()
        assert "sel" not in address(page)


@pytest.mark.slow
def test_link_and_references_are_copied(visit: Open, served_site: str) -> None:
    with visit(explorer(served_site, "kind:attack"), **CLIPBOARD) as page:
        page.get_by_text("Take away", exact=True).click()
        menu = page.locator(".mmu-menu[open]")
        menu.get_by_role("button", name="Copy link").click()
        expect(menu.get_by_role("button", name="Copied")).to_be_visible()
        expect(page.locator(".mmu-explorer > [role=status]")).to_have_text(
            "Copy link: Copied"
        )
        assert copied(page) == page.url
        menu.get_by_role("button", name="Copy references (APA)").click()
        page.wait_for_function(
            "url => navigator.clipboard.readText().then(text => text !== url)",
            arg=page.url,
        )
        papers = [REAL.papers.by_key[key] for key in in_python("kind:attack")]
        assert copied(page) == "\n\n".join(
            FORMATS["apa"].one(p, REAL).strip() for p in papers
        )


@pytest.mark.slow
def test_a_view_is_cited_with_its_filter_its_data_the_day_and_the_link(
    visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site, "kind:attack"), **CLIPBOARD) as page:
        page.get_by_text("Take away", exact=True).click()
        page.get_by_role("button", name="Cite this view").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        day = page.evaluate("new Date().toISOString().slice(0, 10)")
        title = page.evaluate("document.title")
        assert (
            copied(page)
            == f"{title}: {len(in_python('kind:attack'))} of {ALL} papers (kind:attack). "
            f"Data revision {REAL.revision}, retrieved {day}. {page.url}"
        )


@pytest.mark.slow
def test_text_is_copied_from_a_page_of_a_folder_too(
    visit: Open, html_site: Path
) -> None:
    with visit(
        explorer(f"{html_site.as_uri()}/", "kind:attack"), **CLIPBOARD
    ) as page:
        page.get_by_text("Take away", exact=True).click()
        page.get_by_role("button", name="Copy link").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()


DIRECTIVES = [
    ("stage:training-time -kind:attack", "title", ""),
    ("-has:code", "", ""),
    ('"machine unlearning" OR audio', "-venue", ""),
    ("title:concept* year:[2023 TO *]", "stage", "paper,venue"),
    ("", "date", ""),
    ("it's OR \"it's: so\" OR diffusion", "", ""),
    ("-#1 kind:benchmark", "author", "paper,date,modality"),
]


@pytest.mark.slow
@pytest.mark.parametrize("step", [1, 4])
def test_a_copied_directive_shows_the_same_papers(
    visit: Open, served_site: str, tmp_path: Path, step: int
) -> None:
    wanted: dict[str, list[str]] = {}
    project = Project(tmp_path)
    for n, (text, sort, cols) in list(enumerate(DIRECTIVES))[::step]:
        with visit(explorer(served_site, text, sort=sort, cols=cols)) as page:
            page.get_by_text("Take away", exact=True).click()
            expect(
                page.get_by_role("button", name="Copy as directive")
            ).to_have_count(0)
        for_authors = explorer(
            served_site, text, query="?author", sort=sort, cols=cols
        )
        with visit(for_authors, **CLIPBOARD) as page:
            page.get_by_text("Take away", exact=True).click()
            page.get_by_role("button", name="Copy as directive").click()
            expect(page.get_by_role("button", name="Copied")).to_be_visible()
            found = matching(page)
            assert not re.search(r"[ '][*]['\n]", copied(page)), (
                "a condition that all papers meet"
            )
            project.write(f"page{n}.md", f"# Page {n}\n\n{copied(page)}")
            wanted[f"page{n}"] = sorted(found) if sort == "stage" else found
    chosen = explorer(
        served_site, query="?author", sel=",".join(in_python()[:3])
    )
    with visit(chosen, **CLIPBOARD) as page:
        page.get_by_role("region", name="Selection").get_by_role(
            "button", name="Copy as directive"
        ).click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        project.write("chosen.md", f"# Chosen\n\n{copied(page)}")
        wanted["chosen"] = in_python()[:3]
    built = real_project(project, index="\n".join(wanted)).build()
    assert built.warnings == []
    for name, found in wanted.items():
        shown = keys(built.html(name))
        assert (
            sorted(shown)
            if "stage"
            in DIRECTIVES[int(name[4:] or 0) if name != "chosen" else 0][1]
            else shown
        ) == found


# --- other scripts


def test_other_scripts_have_a_handle(visit: Open, base: str) -> None:
    with visit(explorer(base)) as page:
        page.evaluate(
            """() => { window.told = []; addEventListener("mmu:change", e => told.push(e.target.className)); }"""
        )
        assert page.evaluate(
            "mmu.explorers[0].query('kind:attack -has:code').keys()"
        ) == in_python("kind:attack -has:code")
        assert (
            address(page)["q"]
            == page.evaluate("mmu.explorers[0].text()")
            == "kind:attack -has:code"
        )
        assert page.evaluate("told.length") == 1
        assert page.evaluate(
            "mmu.explorers[0].element.matches('[data-mmu-explorer]')"
        )


# --- phones, feeds, values that are begun


def test_on_phones_facets_are_folded_and_the_panel_leads_to_the_results(
    visit: Open, base: str
) -> None:
    with visit(
        f"{base}papers/index.html", viewport={"width": 390, "height": 800}
    ) as page:
        page.locator(".mmu-panel > summary").click()
        stage = group(page, "Stage")
        expect(stage.get_by_role("checkbox").first).to_be_hidden()
        stage.get_by_role("button", name="Stage", exact=True).click()
        done = page.locator(".mmu-panel-foot button")
        before = done.inner_text()
        stage.get_by_role("checkbox").first.check()
        expect(done).to_be_in_viewport()
        expect(done).not_to_have_text(before)
        expect(done).to_have_text(f"Show {count(page)} papers")
        done.click()
        expect(page.locator(".mmu-panel")).not_to_have_attribute("open", "")
        title = page.locator("tr[data-mmu-key] th a").first
        expect(title).to_be_focused()
        expect(title).to_be_in_viewport()


@pytest.mark.slow
def test_the_feed_is_that_of_the_view_or_is_called_wider(
    visit: Open, base: str
) -> None:
    with visit(explorer(base, "venue:ICLR")) as page:
        feed = page.locator("a.mmu-feed")
        expect(feed).to_have_text("Feed of new works: ICLR")
        assert re.search(
            r"feeds/venue-iclr\.xml", feed.get_attribute("href") or ""
        )
        field(page).fill("has:code")
        expect(feed).to_have_text("Feed of ICLR, which is wider than this list")
        page.locator(".mmu-chip button").last.click()
        field(page).fill("stage:training-free")
        expect(feed).to_have_text("Feed of new works: Training-free")


@pytest.mark.slow
def test_a_value_that_is_begun_is_completed_and_no_mistake_yet(
    visit: Open, base: str
) -> None:
    with visit(explorer(base)) as page:
        offered = page.locator(".mmu-search datalist option")
        find = field(page)
        find.press_sequentially("fog -stage:tr")
        values = offered.evaluate_all("all => all.map(o => o.value)")
        assert "fog -stage:training-free" in values
        page.wait_for_timeout(1500)
        assert find.get_attribute("aria-invalid") is None
        find.press("Enter")
        expect(page.locator(".mmu-fault")).to_contain_text(
            "Stage has no value 'tr'"
        )
        find.fill("stage:training-free")
        expect(page.locator(".mmu-fault")).to_be_empty()
        find.fill("buildson:esd")
        expect(page.locator(".mmu-fault")).to_contain_text(
            "in the field 'buildson'"
        )


# --- what is offered beside words


@pytest.mark.slow
def test_a_filter_that_is_offered_for_words_is_taken(
    visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site)) as page:
        field(page).press_sequentially("video")
        offer = page.locator(".mmu-offer button")
        expect(offer).to_be_visible()
        wanted = offer.inner_text()
        offer.click()
        expect(page.locator(".mmu-offer")).to_be_hidden()
        assert field(page).input_value() == ""
        assert address(page)["q"] == wanted
        assert matching(page) == in_python(wanted)


@pytest.mark.slow
def test_all_that_match_are_selected_at_once(
    visit: Open, served_site: str
) -> None:
    with visit(explorer(served_site, "kind:attack")) as page:
        page.get_by_text("Take away", exact=True).click()
        page.get_by_role("button", name="Select all", exact=True).click()
        found = count_in_python("kind:attack")
        expect(page.get_by_text(f"The {found} chosen")).to_be_visible()
        assert address(page)["sel"] == "*"
