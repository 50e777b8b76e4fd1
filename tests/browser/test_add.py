"""The form for a missing paper in Chromium: what is typed is checked, becomes an entry, and can be
copied or sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import CLIPBOARD, Open
from playwright.sync_api import Browser, Locator, Page, expect
from pybtex.database import parse_string
from support import library_of_all_words, some_slow

from sphinx_mmu.bib.latex import plain_text
from sphinx_mmu.bib.values import braced, escaped
from sphinx_mmu.lookup.new_entry import protected
from sphinx_mmu.lookup.proposed_tags import proposals
from tools.issue import wish

pytestmark = [pytest.mark.browser, pytest.mark.site]

LIBRARY = library_of_all_words()
TITLE = (
    "Forgetting Styles of Copyright Holders by Data-path Perturbation in Audio"
)
BIBTEX = """@inproceedings{x,
  title = "{GONE}: a {Made-up} Way \\& more",
  author = {Doe, Jane and
            Roe, Richard},
  booktitle = {Proceedings of Nothing}, year = 2026, abstract = {not wanted}
}"""


@pytest.fixture
def form(base: str, visit: Open) -> Iterator[Page]:
    with visit(f"{base}contribute/add-a-paper.html") as page:
        yield page


def what(page: Page) -> Locator:
    return page.get_by_label("arXiv identifier, DOI, address or BibTeX")


def said(page: Page) -> Locator:
    return page.locator("#mmu-add-said")


def entry(page: Page) -> str:
    return page.get_by_role("group", name="BibTeX entry").inner_text()


def send(page: Page) -> Locator:
    return page.get_by_role("link", name="Open a prefilled issue")


def sent(page: Page) -> dict[str, str]:
    href = send(page).get_attribute("href")
    assert href
    assert href.startswith(
        "https://github.com/smsnobin77/Awesome-Multimodal-Unlearning/issues/new?"
    )
    return {
        name: values[0]
        for name, values in parse_qs(urlsplit(href).query).items()
    }


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "field", "value"),
    [
        ("2603.01234v2", "eprint", "2603.01234"),
        ("https://arxiv.org/pdf/2603.01234", "eprint", "2603.01234"),
        ("https://doi.org/10.48550/arXiv.2603.01234", "eprint", "2603.01234"),
        ("doi:10.1234/ABC.5_6", "doi", "10.1234/abc.5_6"),
        ("https://openreview.net/forum?id=a_B-9&x=1", "openreview", "a_B-9"),
        (
            "https://aclanthology.org/2026.acl-long.9.pdf",
            "url",
            "https://aclanthology.org/2026.acl-long.9",
        ),
        ("math.GT/0309136", "eprint", "math.GT/0309136"),
        ("https://doi.org/10.1002/a%3C1%3E", "doi", "10.1002/a<1>"),
    ],
)
def test_an_identifier_becomes_a_field_that_the_workflow_takes(
    typed: str, field: str, value: str, form: Page
) -> None:
    expect(send(form)).to_be_hidden()
    what(form).fill(typed)
    expect(said(form)).to_have_text(
        "No paper of the list has this identifier or title."
    )
    assert (
        parse_string(entry(form), "bibtex").entries.popitem()[1].fields[field]
        == value
    )
    given = sent(form)
    assert given["identifier"].endswith(value)
    taken = wish(
        f"### Identifier\n\n{given['identifier']}\n", LIBRARY.vocabulary
    ).identifier
    assert unquote(taken).endswith(value)


@pytest.mark.parametrize(
    "typed",
    some_slow(
        [
            "javascript:alert(1)",
            "a paper",
            "2603.1",
            "@misc{a, title = {",
            "ftp://a.example",
        ],
        ["javascript:alert(1)", "@misc{a, title = {"],
    ),
)
def test_what_is_none_is_refused_in_words(typed: str, form: Page) -> None:
    what(form).fill(typed)
    expect(said(form)).to_have_text(
        "This BibTeX cannot be read: perhaps a brace is missing."
        if typed.startswith("@")
        else "This is neither an arXiv identifier, nor a DOI, an address or BibTeX."
    )
    assert what(form).get_attribute("aria-invalid") == "true"
    expect(send(form)).to_be_hidden()


def test_a_listed_work_is_named_by_identifier_by_address_and_by_title(
    form: Page,
) -> None:
    paper = LIBRARY.papers.by_key["fan2023salun"]
    for typed in (
        "2310.12508",
        f"https://openreview.net/forum?id={paper.fields['openreview']}",
    ):
        what(form).fill(typed)
        expect(
            said(form).get_by_role("link", name=paper.title)
        ).to_have_attribute("href", "../paper/fan2023salun.html")
        expect(send(form)).to_be_hidden()
    what(form).fill("2603.01234")
    expect(send(form)).to_be_visible()
    form.get_by_label("Title", exact=True).fill(paper.title.upper())
    expect(said(form)).to_contain_text("This work is listed already")
    expect(send(form)).to_be_hidden()


def test_another_identifier_takes_its_own_year_with_it_but_not_one_that_was_typed(
    form: Page,
) -> None:
    year = form.get_by_label("Year")
    for typed, expected in (("2403.01234", "2024"), ("2603.01234", "2026")):
        what(form).fill(typed)
        expect(year).to_have_value(expected)
    year.fill("2025")
    what(form).fill("2403.01234")
    expect(year).to_have_value("2025")


@pytest.mark.parametrize(
    "field",
    [
        "eprint={2603.01234}, archivePrefix={arXiv}",
        "eprint={2603.01234v2}",
        "journal={arXiv preprint arXiv:2603.01234}",
        "journal={CoRR}, volume={abs/2603.01234}",
        "url={https://arxiv.org/abs/2603.01234v1}",
        "doi={10.48550/arXiv.2603.01234}",
    ],
)
def test_bibtex_of_arxiv_has_the_number_what_it_is_and_the_month(
    field: str, form: Page
) -> None:
    what(form).fill(f"@misc{{x, title={{T}}, {field}, year={{2026}}}}")
    (read,) = parse_string(entry(form), "bibtex").entries.values()
    names = ("eprint", "eprinttype", "origdate")
    assert [read.fields[name] for name in names] == [
        "2603.01234",
        "arxiv",
        "2026-03",
    ]


def test_bibtex_fills_the_fields_and_its_entry_is_read_back(form: Page) -> None:
    what(form).fill(BIBTEX)
    expect(form.get_by_label("Year")).to_have_value("2026")
    ((key, read),) = parse_string(entry(form), "bibtex").entries.items()
    assert (key, read.type) == ("doe2026gone", "inproceedings")
    assert read.fields["title"] == "{GONE}: a {Made-up} Way \\& more"
    assert [str(person) for person in read.persons["author"]] == [
        "Doe, Jane",
        "Roe, Richard",
    ]
    assert read.fields["booktitle"] == "Proceedings of Nothing"
    assert "abstract" not in read.fields
    given = sent(form)
    assert given["title"] == "Add: GONE: a Made-up Way & more"
    assert given["bibtex"].strip() == entry(form).strip()
    taken = wish(
        f"### BibTeX\n\n```bibtex\n{given['bibtex']}\n```\n", LIBRARY.vocabulary
    ).bibtex
    (drafted,) = parse_string(taken, "bibtex").entries.values()
    assert dict(drafted.fields) == {
        name: text for name, text in read.fields.items() if name != "tagsource"
    }


@pytest.mark.parametrize(
    "title",
    some_slow(
        [
            "100% & more_or #less",
            "An open { brace",
            "Ends in \\",
            "A } first",
            "<img src=x>",
            "a b \\} c",
            "costs $5",
            "x}, tagsource = {two-readings}, y = z",
        ],
        ["100% & more_or #less", "x}, tagsource = {two-readings}, y = z"],
    ),
)
def test_any_title_makes_an_entry_that_can_be_read(
    title: str, form: Page
) -> None:
    what(form).fill("2603.01234")
    form.get_by_label("Title", exact=True).fill(title)
    (read,) = parse_string(entry(form), "bibtex").entries.values()
    plain = " ".join(title.split())
    assert f"= {braced('title', escaped(plain))},\n" in entry(form)
    signs = str.maketrans("", "", "{}\\ ")  # braces in pairs are TeX's
    assert plain_text(read.fields["title"]).translate(signs) == plain.translate(
        signs
    )


def test_tags_are_those_that_the_command_proposes_and_the_reader_decides(
    form: Page,
) -> None:
    form.get_by_label("Title", exact=True).fill(TITLE)
    expected = proposals(TITLE, "", LIBRARY)
    assert len(expected) >= 3
    boxes = form.locator("[data-mmu-tag]")
    marked = [
        str(box.get_attribute("data-mmu-tag"))
        for box in boxes.all()
        if box.is_checked()
    ]
    assert sorted(marked) == sorted(expected)
    boxes.first.focus()
    form.keyboard.press("Space")
    assert marked[0] not in entry(form)
    assert form.evaluate("document.activeElement.dataset.mmuTag") == marked[0]


def test_a_list_that_takes_new_works_is_offered_with_its_file(
    form: Page,
) -> None:
    more = form.get_by_label("Another tag")
    offered = more.locator("option").evaluate_all(
        "all => all.map(option => option.value)"
    )
    lists = [tag for tag in offered if tag.startswith("list:")]
    assert lists == ["list:since", "list:compared"]
    assert "list:since" in entry(form)
    expect(
        form.get_by_text("This entry belongs in refs/since.bib.")
    ).to_be_visible()
    more.select_option("list:compared")
    assert "list:compared" in entry(form)
    assert "list:since" not in entry(form), "a facet with one value"
    expect(
        form.get_by_text("This entry belongs in refs/compared.bib.")
    ).to_be_visible()


def test_the_form_names_the_facets_of_which_every_paper_has_a_tag(
    form: Page,
) -> None:
    lacking = form.get_by_text("Every listed paper also has a tag for: ")
    expect(lacking).to_have_text(
        "Every listed paper also has a tag for: Modality, Kind."
    )
    for tag in ("modality:image", "kind:method"):
        form.get_by_label("Another tag").select_option(tag)
    expect(lacking).to_have_count(0)


@pytest.mark.slow
def test_the_month_is_that_of_the_arxiv_number_unless_another_is_typed(
    form: Page,
) -> None:
    month = form.get_by_label("Month of the first public version")
    for typed, expected in (
        ("2403.01234", "2024-03"),
        ("2603.01234", "2026-03"),
    ):
        what(form).fill(typed)
        expect(month).to_have_value(expected)
    month.fill("March 2026")
    expect(said(form)).to_have_text(
        "Write the month as year and number: 2024-03."
    )
    assert month.get_attribute("aria-invalid") == "true"
    expect(send(form)).to_be_hidden()
    month.fill("2026-02")
    assert "origdate   = {2026-02}" in entry(form)
    expect(send(form)).to_be_visible()


@pytest.mark.parametrize(
    "title",
    [
        "Erasing Paths of CLIP in ViT-B, for VLMs and LoRA",
        "GPT-4o, an mPLUG",
        "None",
    ],
)
def test_capitals_of_a_typed_title_are_kept_by_the_braces_of_the_command(
    title: str, form: Page
) -> None:
    form.get_by_label("Title", exact=True).fill(title)
    assert f"= {{{protected(title)}}},\n" in entry(form)


def test_the_entry_is_copied(
    html_site: object, served_site: str, chromium: Browser
) -> None:
    context = chromium.new_context(**CLIPBOARD)
    page = context.new_page()
    page.goto(f"{served_site}contribute/add-a-paper.html")
    what(page).fill(BIBTEX)
    page.get_by_role("button", name="Copy the entry").click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert (
        page.evaluate("navigator.clipboard.readText()").strip()
        == entry(page).strip()
    )
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_barrier_is_found_in_the_filled_form(
    width: int, scheme: str, served_site: str, visit: Open
) -> None:
    address = f"{served_site}contribute/add-a-paper.html"
    with visit(
        address,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        bypass_csp=True,
    ) as page:
        what(page).fill(BIBTEX)
        page.get_by_label("Title", exact=True).fill(TITLE)
        assert Axe().run(page).response["violations"] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_a_script_there_are_instructions_and_a_link(
    served_site: str, visit: Open
) -> None:
    with visit(
        f"{served_site}contribute/add-a-paper.html", java_script_enabled=False
    ) as page:
        box = page.locator("[data-mmu-add]")
        expect(box).to_contain_text("Open an issue with the arXiv identifier")
        expect(
            box.get_by_role("link", name="Propose a paper in an issue")
        ).to_be_visible()
        expect(box.locator("input, textarea")).to_have_count(0)


@pytest.mark.slow
def test_no_other_page_loads_the_script(served_site: str, visit: Open) -> None:
    for name, count in (
        ("contribute/add-a-paper", 1),
        ("contribute/tags", 0),
        ("compare", 0),
    ):
        with visit(f"{served_site}{name}.html") as page:
            expect(page.locator('script[src*="mmu-add.js"]')).to_have_count(
                count
            )
