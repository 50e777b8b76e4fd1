"""Facets of the explorer in Chromium: what a tick finds, and the numbers beside values."""

from __future__ import annotations

import re

import pytest
from browsing import Open
from explorers import (
    ALL,
    REAL,
    address,
    chips,
    count,
    count_in_python,
    exclude,
    explorer,
    field,
    group,
    in_python,
    matching,
    number,
    option,
    tick,
)
from playwright.sync_api import Page, expect
from support import some_slow

pytestmark = [pytest.mark.browser, pytest.mark.site]


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
