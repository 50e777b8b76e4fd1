"""A kind of link is one entry of the registry: everything that shows or asks for links knows it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support import REPOSITORY, Project

from sphinx_mmu.bib import fields
from sphinx_mmu.bib.reader import parse
from sphinx_mmu.export.client_data import data_script
from sphinx_mmu.export.formats import FORMATS
from sphinx_mmu.export.papers_json import papers_json
from sphinx_mmu.export.readme import with_sections
from sphinx_mmu.ext.pages.highwire import highwire
from sphinx_mmu.ext.pages.schema_org import linked_data
from sphinx_mmu.filters import evaluate
from sphinx_mmu.library.library import Library
from sphinx_mmu.model import links
from sphinx_mmu.model.links import Badge, LinkKind
from sphinx_mmu.views.cells import known_text
from sphinx_mmu.views.kinds import Views
from sphinx_mmu.views.papers import PapersRequest

BIB = """
@misc{one, title = {One}, year = 2024, eprint = {2401.00001}, talk = {https://talks.org/a_b%20c},
  hal = {https://hal.science/hal-1}}
@misc{two, title = {Two}, year = 2024}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with two kinds of links that are new: a talk, and a text of the work."""
    talk = LinkKind("talk", "Talk", "a talk", Badge("talk", "123456"), "talk")
    text = LinkKind("hal", "HAL", "a text at HAL", Badge("HAL"), "hal", rank=6)
    for kind in (talk, text):
        monkeypatch.setitem(links.KINDS, kind.name, kind)
    made = Project(tmp_path)
    made.write("refs.bib", BIB)
    return made


@pytest.fixture
def library(project: Project) -> Library:
    found = Library.load(["refs.bib"], root=project.source)
    assert not found.problems
    return found


def test_a_table_shows_it(library: Library) -> None:
    view = Views(library).of(PapersRequest(columns=("paper", "links")))
    cells = [
        known_text(row.cells[1]) for group in view.groups for row in group.rows
    ]
    # One way to the text, then all other links.
    assert cells == ["arXiv Talk", ""]


def test_a_filter_finds_it(library: Library) -> None:
    found, problems = evaluate.select(("has:talk", "has:hal"), library.papers)
    assert (found, problems) == (1, ())


def test_a_readme_has_its_badge(library: Library, project: Project) -> None:
    text = with_sections(
        "<!-- mmu:begin list --><!-- mmu:end -->", library, project.source
    )
    assert "badge/talk-123456" in text
    assert "(https://talks.org/a_b%20c)" in text


def test_exports_and_metadata_have_it(library: Library) -> None:
    paper = library.papers.papers[0]
    data = linked_data(paper, library)
    record = json.loads(papers_json(library, lambda _: ""))["papers"][0]
    # A talk is not the work.
    assert data["sameAs"] == ["https://hal.science/hal-1"]
    assert record["links"]["talk"] == "https://talks.org/a_b%20c"
    assert ("citation_abstract_html_url", paper.links[0].url) in highwire(paper)
    assert "Talk: https://talks.org/a_b%20c" in FORMATS["ris"].one(
        paper, library
    )
    assert "talks.org/a_b" in FORMATS["bibtex-all"].one(paper, library)
    assert "talks.org/a_b" not in FORMATS["bibtex"].one(
        paper, library
    )  # no style prints it


def test_refresh_asks_for_its_address(library: Library) -> None:
    asked = links.address_fields()
    assert asked[-2:] == ("talk", "hal")
    assert {"url", "code"}.issubset(asked)
    assert {"eprint", "doi"}.isdisjoint(asked)


def test_scripts_get_it(library: Library) -> None:
    script = data_script(
        library, library.papers, "papers", lambda _kind, _name: ""
    )
    data = json.loads(re.sub(r"^.*?papers=(.*);\n$", r"\1", script))
    assert ["talk", "a talk"] in data["asked"]
    kinds = [kind[:2] + kind[3:] for kind in data["kinds"]]
    assert kinds == [
        ["arxiv", "arXiv", 1],
        ["talk", "Talk", 0],
        ["hal", "HAL", 6],
    ]


def test_a_page_shows_it(project: Project) -> None:
    project.write(
        "conf.py", 'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["refs.bib"]\n'
    )
    project.write(
        "index.rst", "All\n===\n\n.. mmu:paper-table::\n   :filter: has:talk\n"
    )
    built = project.build()
    assert '<a href="https://talks.org/a_b%20c">Talk</a>' in built.html("index")
    assert not built.warnings


def test_what_is_no_address_is_told_at_its_field(project: Project) -> None:
    project.edit("refs.bib", "https://talks.org/a_b%20c", "no address")
    (problem,) = Library.load(["refs.bib"], root=project.source).problems
    assert problem.message.startswith(
        "talk: 'no address' is not an http or https address"
    )


@pytest.mark.drift
@pytest.mark.parametrize("kind", links.KINDS.values(), ids=links.KINDS.keys())
def test_the_field_of_each_kind_is_published_and_holds_no_tex(
    kind: LinkKind,
) -> None:
    known = fields.STANDARD & fields.VERBATIM
    assert kind.field in known, f"LINKS in bib/fields.py lacks {kind.field}"


@pytest.mark.drift
@pytest.mark.parametrize("kind", links.KINDS.values(), ids=links.KINDS.keys())
def test_the_guide_names_the_field_of_each_kind(kind: LinkKind) -> None:
    guide = (REPOSITORY / "docs" / "extension" / "vocabulary.md").read_text(
        "utf-8"
    )
    (listed,) = re.findall(r"^- (.*) become links\.$", guide, re.MULTILINE)
    assert f"`{kind.field}`" in listed, (
        f"docs/extension/vocabulary.md does not say that `{kind.field}` becomes a link"
    )


@pytest.mark.drift
def test_the_guide_names_no_field_that_gives_no_link() -> None:
    guide = (REPOSITORY / "docs" / "extension" / "vocabulary.md").read_text(
        "utf-8"
    )
    (listed,) = re.findall(r"^- (.*) become links\.$", guide, re.MULTILINE)
    missing = set(re.findall(r"`(\w+)`", listed)) - links.fields()
    assert not missing, (
        f"KINDS in model/links.py has no kind of {sorted(missing)}"
    )


def test_the_order_of_ways_to_the_text() -> None:
    (entry,), _ = parse(
        "@misc{k, url = {https://x.org/a.pdf}, doi = {10.1/a}, eprint = {2401.00001},"
        " openreview = {aB3x}, anthology = {2024.acl-1.1}, code = {https://c.org}}",
        "x.bib",
    )
    text = {n: f.value for n, f in entry.fields.items()}
    found = links.read(text, lambda *_: pytest.fail("no fault"))
    given = {"url", "doi", "eprint", "openreview", "anthology", "code"}
    assert [k.kind for k in found] == [
        k.name for k in links.KINDS.values() if k.field in given
    ]
    assert [k.kind for k in links.preferred(found)] == (
        "arxiv openreview anthology doi paper".split()
    )
    assert [k.kind for k in links.brief(found)] == ["arxiv", "code"]
    assert [
        re.sub(r"^https://([^/]+).*", r"\1", url) for url in links.pdfs(found)
    ] == [*("x.org", "aclanthology.org", "openreview.net", "arxiv.org")]
