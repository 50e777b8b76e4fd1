"""One answer to whether a work is a preprint, and when it was published, in every output."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import real_library

from sphinx_mmu.bib.dates import dates_of
from sphinx_mmu.bib.reader import parse
from sphinx_mmu.export.formats import FORMATS
from sphinx_mmu.export.papers_json import papers_json
from sphinx_mmu.ext.pages.highwire import highwire
from sphinx_mmu.ext.pages.schema_org import linked_data
from sphinx_mmu.library.library import Library
from sphinx_mmu.model import links, publication
from sphinx_mmu.model.citation import apa
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.paper_reader import paper_from
from sphinx_mmu.views.paper_details import paper_details

TYPES = "article inproceedings misc online unpublished book phdthesis techreport dataset odd".split()
PLACES = (
    *(
        "arXiv",
        "arXiv preprint arXiv:2104.00002",
        "CoRR",
        "CoRR abs/2104.00002",
        "bioRxiv",
    ),
    *(
        "Preprint",
        "SSRN Electronic Journal",
        "https://x.org",
        "ICLR",
        "Journal of Corrosion",
    ),
    *("Corr. Sci.", "Proceedings of arXivology", "MIT"),
)
FIELDS = {
    **dict.fromkeys(
        "booktitle journaltitle journal school institution publisher howpublished venue"
        " shortjournal".split(),
        PLACES,
    ),
    "eprint": ("2104.00002", "2310.00001"),
    "openreview": ("aB3x", "gn0mIhQGNM"),
    "doi": ("10.48550/arXiv.2104.00002", "10.1000/a_b"),
    "anthology": ("2024.acl-1.1",),
    "year": ("2021", "2024"),
    "date": ("2024-05-07", "2021"),
    "origdate": ("2021-04", "2023-12-31"),
    "month": ("apr",),
    "title": ("T",),
    "author": ("Ada, Nora",),
}
ENTRIES = st.builds(
    lambda kind, fields: (
        f"@{kind}{{k, {', '.join(f'{n} = {{{v}}}' for n, v in fields.items())}}}"
    ),
    st.sampled_from(TYPES),
    st.fixed_dictionaries(
        {}, optional={n: st.sampled_from(v) for n, v in FIELDS.items()}
    ),
)


def read(text: str) -> Paper:
    (entry,), _ = parse(text, "x.bib")
    return paper_from(entry)[0]


def agree(paper: Paper, library: Library) -> None:
    """All outputs say the same of a paper."""
    pieces = {name: form.one(paper, library) for name, form in FORMATS.items()}
    ris = dict(
        line.split("  - ", 1)
        for line in pieces["ris"].splitlines()
        if "  - " in line
    )
    csl, tags = json.loads(pieces["csl-json"]), dict(highwire(paper))
    data = linked_data(paper, library)
    (record,) = json.loads(papers_json(Library([paper]), lambda _: ""))[
        "papers"
    ]

    # when
    issued = publication.issued(paper)
    year = issued[:4]
    parts = csl.get("issued", {"date-parts": [[]]})["date-parts"][0]
    assert "-".join(f"{part:02}" for part in parts) == issued
    assert ris.get("PY", "") == year
    assert ris.get("DA", "").strip("/").replace("/", "-") in (
        {issued, ""} if year else {""}
    )
    assert data.get("datePublished", "") == issued
    assert tags.get("citation_publication_date", "").replace("/", "-") == issued
    assert f"({year or 'n.d.'})" in apa(paper)
    assert {str(record["published"] or ""), str(paper.published or "")} <= {
        year,
        "",
    }
    assert dates_of(paper.entry).issued[:4] in {year, ""}
    assert publication.venue_text(paper).removeprefix(
        paper.venue_short
    ).strip() in {
        year,
        "",
    }

    # a preprint, or where it was published
    preprint, published = (
        publication.is_preprint(paper),
        publication.is_published(paper),
    )
    assert not (preprint and published)
    assert (ris.get("M3"), csl.get("genre")) == (
        "Preprint",
    ) * 2 or not preprint
    assert preprint or "Preprint" not in {ris.get("M3"), csl.get("genre")}
    places = [
        name for name in tags if name.endswith(("_title", "_institution"))
    ]
    assert set(places) == {"citation_title"} or published
    if preprint:
        assert set(places) == {"citation_title"}
        assert "isPartOf" not in data
        assert not {"T2", "J2"} & ris.keys()
        assert not {"container-title", "container-title-short"} & csl.keys()
        assert ris["PB"] == csl["publisher"] == publication.archive(paper)
    assert ris.get("T2") == csl.get("container-title")
    if ris.get("T2"):
        # An issue or a volume of it, where one is known.
        whole = data["isPartOf"]
        while "isPartOf" in whole:
            whole = whole["isPartOf"]
        assert whole["name"] == ris["T2"] in tags.values()
    rows = [
        row
        for row in paper_details(paper, library)
        if row.label == "Versions"
        for line in row.cell
        if line.parts[0].text.startswith("Published")
    ]
    assert bool(rows) == (published and bool(links.url(paper.links, "arxiv")))
    assert paper.venue_short != "arXiv" or not published


@given(ENTRIES)
def test_all_outputs_agree(text: str) -> None:
    paper = read(text)
    agree(paper, Library([paper]))


@pytest.mark.site
def test_all_outputs_agree_on_the_database() -> None:
    library = real_library()
    for collection in (library.papers, library.datasets, library.background):
        for paper in collection.papers:
            agree(paper, library)


@pytest.mark.parametrize(
    ("text", "preprint", "published", "archive"),
    [
        ("@misc{k, title = {T}, eprint = {2104.00002}}", True, False, "arXiv"),
        (
            "@misc{k, title = {T}, doi = {10.48550/arXiv.2104.00002}}",
            True,
            False,
            "arXiv",
        ),
        (
            "@misc{k, title = {T}, openreview = {aB3x}, year = 2025}",
            True,
            False,
            "OpenReview",
        ),
        ("@article{k, title = {T}, journal = {CoRR}}", True, False, "arXiv"),
        (
            "@article{k, title = {T}, journal = {bioRxiv}}",
            True,
            False,
            "bioRxiv",
        ),
        (
            "@article{k, title = {T}, journal = {arXiv}, venue = {ICLR}}",
            False,
            True,
            "arXiv",
        ),
        (
            "@inproceedings{k, title = {T}, eprint = {2104.00002}}",
            False,
            False,
            "",
        ),
        ("@inproceedings{k, title = {T}, booktitle = {ICLR}}", False, True, ""),
        ("@phdthesis{k, title = {T}, eprint = {2104.00002}}", False, False, ""),
        ("@dataset{k, title = {T}}", False, False, ""),
        ("@misc{k, title = {T}}", False, False, ""),
    ],
)
def test_preprint_published_or_neither(
    text: str, *, preprint: bool, published: bool, archive: str
) -> None:
    paper = read(text)
    assert publication.is_preprint(paper) == preprint
    assert publication.is_published(paper) == published
    assert publication.archive(paper) == archive


@pytest.mark.parametrize(
    ("fields", "short"),
    [
        ("journal = {arXiv preprint arXiv:2104.00002}", "arXiv"),
        ("journal = {CoRR, abs/2104.00002}", "arXiv"),
        ("howpublished = {Preprint, arXiv:2104.00002}", "arXiv"),
        ("journal = {Journal of Corrosion}", "Journal of Corrosion"),
        ("journal = {arXiv}, venue = {ICLR}", "ICLR"),
        (
            "booktitle = {Proceedings of ICLR}, venue = {arXiv}",
            "Proceedings of ICLR",
        ),
    ],
)
def test_the_short_name_of_a_venue(fields: str, short: str) -> None:
    assert read(f"@article{{k, title = {{T}}, {fields}}}").venue_short == short
