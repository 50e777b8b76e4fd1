"""Makes one project to measure: the same papers, the same 32 pages of rows, in the words of one
tool.

``python -m benchmarks.projects TOOL NUMBER FOLDER``. Every run makes the same bytes.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

YEARS = tuple(str(year) for year in range(2019, 2025))
PATHWAYS = tuple(f"stage-{1 + i % 5}/pathway-{i:02}" for i in range(12))
MODALITIES = (
    "image",
    "text",
    "video",
    "audio",
    "point-cloud",
    "table",
    "graph",
    "speech",
)
TARGETS = ("identity", "concept", "style", "instance", "knowledge")
WORDS = (
    "unlearning erasing concepts multimodal diffusion models privacy alignment forgetting retention"
    " gradient robust selective localised editing benchmark evaluation adversarial memory"
    " attribution safety steering"
).split()
NAMES = (
    "Abara Bianchi Castro Dvorak Eriksen Farouk Gupta Haas Ito Jansen Kim Lopez Müller Novak Park"
).split()


@dataclass(frozen=True)
class Paper:
    """A work that was never written."""

    key: str
    title: str
    authors: tuple[str, ...]
    year: str
    month: int
    venue: str
    pathway: str
    modalities: tuple[str, ...]
    target: str
    url: str

    @property
    def tags(self) -> tuple[str, ...]:
        """Its keywords."""
        many = tuple(f"modality:{modality}" for modality in self.modalities)
        return (f"pathway:{self.pathway}", *many, f"target:{self.target}")


@dataclass(frozen=True)
class Page:
    """A page that lists the papers with one tag, or all."""

    name: str
    facet: str = ""
    value: str = ""

    def shows(self, paper: Paper) -> bool:
        """Whether the paper stands on this page."""
        return (
            not self.facet
            or paper.year == self.value
            or f"{self.facet}:{self.value}" in paper.tags
        )


def papers(number: int) -> Iterator[Paper]:
    """So many papers, the same ones each time."""
    dice = random.Random(number)  # noqa: S311 -- not for secrets
    for i in range(number):
        yield Paper(
            key=f"paper{i:05}",
            title=" ".join(dice.choices(WORDS, k=9)).capitalize(),
            authors=tuple(
                f"{name}, {chr(65 + dice.randrange(26))}."
                for name in dice.sample(NAMES, 4)
            ),
            year=dice.choice(YEARS),
            month=dice.randint(1, 12),
            venue=dice.choice(("ICLR", "NeurIPS", "CVPR", "ACL", "TMLR")),
            pathway=dice.choice(PATHWAYS),
            modalities=tuple(dice.sample(MODALITIES, dice.randint(1, 2))),
            target=dice.choice(TARGETS),
            url=f"https://example.org/paper/{i}",
        )


def pages() -> list[Page]:
    """One page of all papers, 31 of some."""
    filters = [("year", value) for value in YEARS]
    filters += [("pathway", value) for value in PATHWAYS]
    filters += [("modality", value) for value in MODALITIES]
    filters += [("target", value) for value in TARGETS]
    return [
        Page("all"),
        *(Page(f"page{i:02}", *pair) for i, pair in enumerate(filters, 1)),
    ]


def bibtex(every: list[Paper]) -> str:
    """The papers as a .bib file."""
    return "\n".join(map(_entry, every))


def _entry(paper: Paper) -> str:
    fields = {
        "title": paper.title,
        "author": " and ".join(paper.authors),
        "booktitle": paper.venue,
        "year": paper.year,
        "origdate": f"{paper.year}-{paper.month:02}",
        "url": paper.url,
        "keywords": ", ".join(paper.tags),
    }
    lines = ",\n".join(
        f"  {name:9} = {{{value}}}" for name, value in fields.items()
    )
    return f"@inproceedings{{{paper.key},\n{lines}\n}}\n"


def mmu_page(page: Page, _every: list[Paper]) -> str:
    """Our table, its filter in a line."""
    condition = (
        f'   :filter: {page.facet}:"{page.value}"\n' if page.facet else ""
    )
    return f".. mmu:paper-table::\n{condition}   :columns: date paper venue links\n"


def bibtex_page(page: Page, _every: list[Paper]) -> str:
    """A list by sphinxcontrib-bibtex, in the form that costs it least: without labels."""
    field = "year" if page.facet == "year" else "keywords"
    text = page.value if page.facet == "year" else f"{page.facet}:{page.value}"
    condition = (
        f'   :filter: {field} % "{text}"\n' if page.facet else "   :all:\n"
    )
    return f".. bibliography::\n   :list: bullet\n{condition}"


def bare_page(page: Page, every: list[Paper]) -> str:
    """What a script would write: the rows as reStructuredText."""
    rows = "".join(
        f"   * - {p.year}-{p.month:02}\n     - {p.title}. {'; '.join(p.authors)}\n     -"
        f" {p.venue}\n     - `paper <{p.url}>`__\n"
        for p in every
        if page.shows(p)
    )
    return (
        ".. list-table::\n   :header-rows: 1\n   :widths: 10 60 10 20\n\n"
        f"   * - Date\n     - Paper\n     - Venue\n     - Links\n{rows}"
    )


CONF = 'project = "Papers"\nhtml_theme = "basic"\n'
TOOLS: dict[str, tuple[str, Callable[[Page, list[Paper]], str]]] = {
    "sphinx_mmu": (
        (
            'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["papers.bib"]\nmmu_paper_pages = False\n'
            "mmu_table_inline_max = 0\n"
        ),
        mmu_page,
    ),
    "sphinxcontrib-bibtex": (
        'extensions = ["sphinxcontrib.bibtex"]\nbibtex_bibfiles = ["papers.bib"]\n',
        bibtex_page,
    ),
    "list-table": ("", bare_page),
    "nothing": ("", lambda page, _every: f"{page.facet} {page.value}\n"),
}
ROW = {
    "sphinx_mmu": "<tr[^>]* data-mmu-key=",
    "sphinxcontrib-bibtex": '<li id="id[0-9]+"><p>',
    "list-table": '<tr class="row-(odd|even)"><td>',
    "nothing": "(?!)",
}
"""By what a row is told in each tool's HTML: a table that lacks rows is no fast table."""


def make(tool: str, number: int, folder: Path) -> None:
    """Write the project into the folder."""
    conf, write = TOOLS[tool]
    every = list(papers(number))
    folder.mkdir(parents=True)
    (folder / "conf.py").write_text(CONF + conf, "utf-8")
    (folder / "papers.bib").write_text(bibtex(every), "utf-8")
    for page in pages():
        (folder / f"{page.name}.rst").write_text(
            f"{page.name}\n======\n\n{write(page, every)}", "utf-8"
        )
    contents = "".join(f"   {page.name}\n" for page in pages())
    (folder / "index.rst").write_text(
        f"Papers\n======\n\n.. toctree::\n\n{contents}", "utf-8"
    )


def rows(number: int) -> int:
    """How many rows all pages have together."""
    listing = pages()
    return sum(
        page.shows(paper) for paper in papers(number) for page in listing
    )


if __name__ == "__main__":
    make(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
