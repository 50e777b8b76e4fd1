"""Every directive in Markdown and reST, as html and as the nodes of all other builders, and every
mistake in one.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from textwrap import indent
from types import FrameType
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from pages import (
    by_class,
    html_tables,
    ids,
    repeated_ids,
    squeezed,
    text,
    tree,
    xml_keys,
    xml_tables,
)
from support import REPOSITORY, Build, Project, keys
from test_messages import RESULTS, WORDS

from sphinx_mmu.ext.common.nodes import Spot
from sphinx_mmu.ext.config import VALUES
from sphinx_mmu.ext.kinds.every import DIRECTIVES, KINDS
from sphinx_mmu.ext.kinds.figures import FIGURE_KINDS
from sphinx_mmu.ext.kinds.figures_latex.forest import forest
from sphinx_mmu.ext.kinds.figures_latex.tikz import _SHAPES
from sphinx_mmu.ext.kinds.papers import CatalogueDirective
from sphinx_mmu.ext.render.docutils_view import NodeRenderer
from sphinx_mmu.ext.render.html_view import Renderer
from sphinx_mmu.ext.state.domain import domain_of
from sphinx_mmu.problems import Code
from sphinx_mmu.views.kinds import REQUESTS

CONF = """\
extensions = ["myst_parser", "sphinx_design", "sphinx_mmu"]
myst_enable_extensions = ["colon_fence"]
html_theme = "basic"
nitpicky = True
mmu_bibfiles = ["refs.bib"]
mmu_dataset_bibfiles = ["data.bib"]
mmu_background_bibfiles = ["old.bib"]
mmu_vocabulary = ["words.toml"]
"""
MARKUPS = ("md", "rst")


@dataclass(frozen=True)
class Use:
    """A directive as an author writes it, and the keys of the rows that it shows."""

    name: str
    argument: str = ""
    options: dict[str, str] = field(default_factory=dict)
    body: str = ""
    shows: str = ""

    def md(self) -> str:
        lines = [
            *(f":{o}: {v}".rstrip() for o, v in self.options.items()),
            *([self.body] if self.body else []),
        ]
        return (
            f"```{{mmu:{self.name}}} {self.argument}".rstrip()
            + "\n"
            + "".join(f"{x}\n" for x in lines)
            + "```\n"
        )

    def rst(self) -> str:
        options = "".join(
            f"   :{o}: {v}".rstrip() + "\n" for o, v in self.options.items()
        )
        body = f"\n{indent(self.body, '   ')}\n" if self.body else ""
        return (
            f".. mmu:{self.name}:: {self.argument}".rstrip()
            + f"\n{options}{body}"
        )

    def page(self, markup: str) -> str:
        """A page with a heading, a sentence and the directive, in line 5 or 6."""
        head = (
            "# Page\n\nText.\n\n"
            if markup == "md"
            else "Page\n====\n\nText.\n\n"
        )
        return head + (self.md() if markup == "md" else self.rst())


def small(folder: Path, pages: dict[str, str], conf: str = "") -> Project:
    """A project over the small survey's database with these pages."""
    project = Project(folder, "survey")
    for path in (*project.source.rglob("*.md"), *project.source.rglob("*.rst")):
        path.unlink()
    project.write("conf.py", CONF + conf)
    for name, content in pages.items():
        project.write(name, content)
    names = "\n".join(
        Path(name).stem for name in pages if not name.endswith(".txt")
    )
    project.write("index.md", f"# Index\n\n```{{toctree}}\n{names}\n```\n")
    return project


# --- what is shown

FIGURE = {"filter": "year:*", "caption": "Drawn & <more>", "empty": "ok"}
ALL = "eve2024 fox2024 dan2023 cid2022 bob2021 ada2020"
USES = {
    "all": Use("paper-table", shows=ALL),
    "filter": Use(
        "paper-table",
        options={"filter": "target:face AND year:[2022 TO *]"},
        shows="dan2023 cid2022",
    ),
    "facet": Use(
        "paper-table",
        options={"target": "voice"},
        shows="eve2024 cid2022 bob2021",
    ),
    "facets-all": Use(
        "paper-table",
        options={"target": "voice", "kind": "method"},
        shows="cid2022 bob2021",
    ),
    "facet-any": Use(
        "paper-table",
        options={"kind": "attack, survey"},
        shows="eve2024 fox2024 dan2023",
    ),
    "facet-child": Use(
        "paper-table", options={"stage": "train/grad"}, shows="eve2024 ada2020"
    ),
    "columns": Use(
        "paper-table",
        options={"columns": "date, target authors tags"},
        shows=ALL,
    ),
    "ticks": Use(
        "paper-table",
        options={"columns": "name target:face stage:train"},
        shows=ALL,
    ),
    "ticks-derived": Use(
        "paper-table",
        options={"columns": "name has:doi year:2024 type:article"},
        shows=ALL,
    ),
    "ticks-alias": Use(
        "paper-table",
        options={"columns": "name stage:Gradient target:FACE"},
        shows=ALL,
    ),
    "ticks-term": Use(
        "paper-table",
        options={"columns": "name stage:train/grad target:face"},
        shows=ALL,
    ),
    "filter-capital": Use(
        "paper-table",
        options={"Filter": "target:face", "LIMIT": "2"},
        shows="dan2023 cid2022",
    ),
    "facet-capital": Use(
        "paper-table",
        options={"Target": "voice"},
        shows="eve2024 cid2022 bob2021",
    ),
    "fields": Use(
        "paper-table",
        options={"columns": "key figures datasets abstract"},
        shows=ALL,
    ),
    "sort": Use(
        "paper-table",
        options={"sort": "title"},
        shows="ada2020 bob2021 cid2022 dan2023 eve2024 fox2024",
    ),
    "limit": Use(
        "paper-table", options={"limit": "2"}, shows="eve2024 fox2024"
    ),
    "group": Use(
        "paper-table",
        options={"group-by": "stage", "sort": "key"},
        shows="ada2020 eve2024 bob2021 cid2022 dan2023 fox2024",
    ),
    "group-year": Use("paper-table", options={"group-by": "year"}, shows=ALL),
    "list": Use(
        "paper-table",
        options={"format": "list", "target": "face"},
        shows="dan2023 cid2022 ada2020",
    ),
    "list-group": Use(
        "paper-table",
        options={"format": "list", "group-by": "kind", "sort": "key"},
        shows="ada2020 bob2021 cid2022 dan2023 eve2024 fox2024",
    ),
    "cards": Use(
        "paper-table",
        options={"format": "cards", "target": "face"},
        shows="dan2023 cid2022 ada2020",
    ),
    "caption": Use(
        "paper-table",
        options={"caption": "Works & <more>", "kind": "survey"},
        shows="fox2024",
    ),
    "empty": Use("paper-table", options={"filter": "year:1999", "empty": "ok"}),
    "facets": Use("paper-table", options={"facets": "stage target"}, shows=ALL),
    "benchmarks": Use("benchmark-catalogue", shows="bob2021 cid2022"),
    "benchmarks-some": Use(
        "benchmark-catalogue",
        options={"filter": "target:face"},
        shows="cid2022",
    ),
    "benchmarks-list": Use(
        "benchmark-catalogue",
        options={"format": "list"},
        shows="bob2021 cid2022",
    ),
    "benchmarks-bare": Use(
        "benchmark-catalogue",
        options={"targets": "no", "columns": "name"},
        shows="bob2021 cid2022",
    ),
    "datasets": Use("dataset-catalogue", shows="faces voices"),
    "card": Use("paper-card", "bob2021", shows="bob2021"),
    "card-bibtex": Use(
        "paper-card", "bob2021", {"bibtex": "yes"}, shows="bob2021"
    ),
    "term": Use(
        "term",
        "stage:train",
        body="Prose *about* it.",
        shows="eve2024 bob2021 ada2020",
    ),
    "term-bare": Use(
        "term",
        "stage:train",
        {
            "heading": "no",
            "show": "formula papers",
            "limit": "1",
            "columns": "key date",
            "targets": "no",
        },
        shows="eve2024",
    ),
    "term-sections": Use(
        "term", "target:face", body="Prose.", shows="dan2023 cid2022 ada2020"
    ),
    "terms-list": Use("term-list", "stage", {"format": "list", "depth": "2"}),
    "terms-cards": Use("term-list", "stage", {"format": "cards"}),
    "terms-pipe": Use("term-list", "stage", {"format": "pipe"}),
    "terms-table": Use(
        "term-list",
        "stage",
        {
            "format": "table",
            "depth": "2",
            "targets": "no",
            "columns": "label definition formula symbols papers cites weight",
        },
    ),
    "terms-under": Use("term-list", "stage", {"under": "stage:train"}),
    "papers": Use("papers"),
    "problems": Use("problem-list"),
    "config": Use("config-list"),
    "gap-map": Use(
        "gap-map",
        options={
            "rows": "target",
            "columns": "kind",
            "expect": "1",
            "filter": "year:*",
            "caption": "Crossed",
            "empty": "ok",
        },
    ),
    "pipeline": Use(
        "pipeline",
        "stage",
        {
            "line": "acts",
            "states": "0 Data; 1 Model",
            "bypass": "0 1 no training",
            "filter": "year:*",
            "caption": "In order",
            "empty": "ok",
        },
    ),
    "tree": Use(
        "taxonomy-tree", "stage", {"limit": "1", "placed-by": "kind", **FIGURE}
    ),
    "tree-flat": Use("taxonomy-tree", "target"),
    "tree-part": Use("taxonomy-tree", "stage:train"),
    "timeline": Use(
        "timeline", options={"series": "kind", "period": "year", **FIGURE}
    ),
    "timeline-tags": Use(
        "timeline", options={"series": "target:face target:voice"}
    ),
    "timeline-bare": Use("timeline"),
    "sparks": Use("sparks", "stage", {"period": "half", **FIGURE}),
    "sparks-one": Use("sparks", "stage:decode"),
    "directions": Use(
        "direction-map",
        "stage",
        {
            "facts": "weight",
            "fall": "low",
            "rise": "high",
            "stay": "same",
            "stated": "weight high",
            "caption": "Ways",
        },
    ),
    "crossing": Use(
        "crossing",
        options={"rows": "target", "columns": "stage", "limit": "1", **FIGURE},
    ),
    "crossing-bare": Use("crossing"),
    "coverage": Use(
        "coverage", "benchmark", {"columns": "target kind", **FIGURE}
    ),
    "compare": Use("compare", body="Read on."),
    "add-paper": Use("add-paper", body="Write to us."),
    "coverage-all": Use("coverage", options={"columns": "stage"}),
}

PAGES = {
    f"{markup}-{name}.{markup}": use.page(markup)
    for name, use in USES.items()
    for markup in MARKUPS
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return small(
        tmp_path_factory.mktemp("uses"),
        PAGES,
        'suppress_warnings = ["mmu.duplicate-target"]\n',
    )


@pytest.fixture(scope="module")
def html(project: Project) -> Build:
    return project.build()


@pytest.fixture(scope="module")
def xml(html: Build, project: Project) -> Build:
    return project.build("xml")


def body(build: Build, page: str) -> ET.Element:
    """What a page says, without the theme around it."""
    if build.out.name == "html":
        return next(by_class(tree(build.html(page)), "body"))
    return ET.fromstring(build.file(f"{page}.xml"))  # noqa: S314 -- written by Sphinx


both = pytest.mark.parametrize("markup", MARKUPS)
every = pytest.mark.parametrize("name", USES)


def test_nothing_is_warned_of(html: Build, xml: Build) -> None:
    assert html.text == ""
    assert xml.text == ""


MARK = "<i>x</i>"
PLOT = Use(
    "result-plot", "cid2022", {"task": "s", "x": "a", "y": "b", "log": "x"}
)
MARKED = PAGES | {"md-result-plot.md": PLOT.page("md")}


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The pages, with markup in each text of the data."""
    project = small(
        tmp_path_factory.mktemp("marked"),
        MARKED,
        'suppress_warnings = ["mmu.duplicate-target"]\nmmu_results = ["results.csv"]\n',
    )
    project.write("results.csv", RESULTS)
    words = (project.source / "words.toml").read_text("utf-8")
    project.write("words.toml", words + WORDS)
    texts = r"^ *(?:title|shorttitle|venue|label|short|definition)\b *= *[{\"]"
    for name in ("refs.bib", "data.bib", "old.bib", "words.toml"):
        old = (project.source / name).read_text("utf-8")
        new = re.sub(texts, rf"\g<0>{MARK} ", old, flags=re.MULTILINE)
        assert new != old, name
        project.write(name, new)
    return project.build()


@pytest.mark.drift
def test_no_text_of_the_data_is_markup(marked: Build) -> None:
    """Also in figures and tables, where a script would be run."""
    for page in sorted(marked.out.rglob("*.html")):
        before, found, _ = page.read_text("utf-8").partition(MARK)
        assert not found, (
            f"{page.stem}: what follows {before[-60:]!r} needs esc() where its HTML is made"
        )


def classes(build: Build, page: str) -> dict[str, set[str]]:
    """What is drawn on a page: the attribute ``class`` of each kind of element."""
    found: dict[str, set[str]] = {}
    for drawing in tree(build.html(page)).iter("svg"):
        for element in drawing.iter():
            if css := element.get("class"):
                found.setdefault(element.tag, set()).add(css)
    return found


@pytest.mark.drift
@pytest.mark.parametrize("name", FIGURE_KINDS)
def test_each_class_of_a_drawing_has_a_look(name: str, marked: Build) -> None:
    kind = FIGURE_KINDS[name]
    styles = (REPOSITORY / "sphinx_mmu/static/mmu-figures.css").read_text(
        "utf-8"
    )
    ruled = set(re.findall(r"\.([a-z][\w-]*)", styles))
    pages = [n for n, text in MARKED.items() if f"{{mmu:{name}}}" in text]
    assert pages, f"USES in tests/test_directives.py lacks {name}"
    for page in pages:
        drawn = classes(marked, Path(page).stem)
        plain = {
            css
            for css in " ".join(set().union(*drawn.values())).split()
            if not re.fullmatch(r"mmu-c\d+|nohighlight|o\d", css)
        }
        assert plain <= ruled, (
            f"static/mmu-figures.css has no rule for {sorted(plain - ruled)}"
        )
        shapes = set().union(
            *(drawn.get(t, ()) for t in ("rect", "circle", "path"))
        )
        if kind.latex not in (None, forest):
            assert drawn
            lacking = shapes - _SHAPES.keys() - {"hit"}
            assert not lacking, (
                f"_SHAPES in ext/kinds/figures_latex/tikz.py lacks {sorted(lacking)}"
            )


def queries(act: Callable[[], object]) -> set[str]:
    """The functions of the library that are called, and those that evaluate filters."""
    found = set()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        path = Path(frame.f_code.co_filename)
        asks = path.parent.name == "library" or path.stem == "evaluate"
        if event == "call" and asks and "sphinx_mmu" in path.parts:
            found.add(frame.f_code.co_qualname)

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return found


def test_what_writes_html_has_all_that_it_prints(html: Build) -> None:
    domain = domain_of(html.env)
    written = set()
    for page in domain.data["views"]:
        for request in domain.requests(page):
            kind, view = KINDS[request.kind], domain.views.of(request)
            if request.kind in FIGURE_KINDS:
                renderer = NodeRenderer(domain, page, "", 0)
                act = partial(kind.nodes, renderer, view, Spot(page))
            elif kind.html:
                act = partial(kind.html, Renderer(domain), view, Spot(page))
            else:
                continue
            assert queries(act) == set(), request
            written.add(request.kind)
    assert {"papers", "gap-map", "coverage"} <= written
    assert queries(lambda: domain.library.find("bob2021"))


@both
@every
def test_the_rows_are_those_of_the_filter(
    name: str, markup: str, html: Build
) -> None:
    assert keys(html.html(f"{markup}-{name}")) == USES[name].shows.split()


@every
def test_markdown_and_rest_say_the_same(
    name: str, html: Build, xml: Build
) -> None:
    for build in (html, xml):
        assert text(body(build, f"md-{name}")) == text(
            body(build, f"rst-{name}")
        )


@every
def test_html_and_other_builders_show_the_same_tables(
    name: str, html: Build, xml: Build
) -> None:
    string, nodes = body(html, f"md-{name}"), body(xml, f"md-{name}")
    rows = [
        [re.sub(r"\\[()\[\]]", "", cell) for cell in row]
        for table in html_tables(string)
        for row in table[1:]
    ]
    if name.partition("-")[0] not in (
        "gap",
        "crossing",
        "coverage",
    ):  # their cells have words for screen readers
        assert rows == [row for table in xml_tables(nodes) for row in table[1:]]


@pytest.mark.parametrize(
    "name",
    [n for n, use in USES.items() if use.shows and use.options.get("format")],
)
def test_html_and_other_builders_show_the_same_items(
    name: str, html: Build, xml: Build
) -> None:
    string, nodes = body(html, f"md-{name}"), body(xml, f"md-{name}")
    items = [e for e in string.iter("li") if e.get("data-mmu-key")]
    assert xml_keys(nodes) == USES[name].shows.split()
    for one, other in zip(items, nodes.iter("list_item"), strict=True):
        titles = [squeezed(link) for link in by_class(one, "mmu-title")]
        assert titles == [squeezed(e) for e in by_class(other, "mmu-title")]


@pytest.mark.drift
def test_every_kind_of_request_has_what_writes_its_views() -> None:
    differ = sorted(REQUESTS.keys() ^ KINDS.keys())
    assert differ == [], (
        f"{differ} is not in both: REQUESTS in views/kinds.py, KINDS in ext/kinds/every.py"
    )


@pytest.mark.drift
def test_every_directive_and_option_is_used_above() -> None:
    used = {
        (use.name, option)
        for use in USES.values()
        for option in ("", *use.options)
    }
    catalogues = {"benchmark-catalogue": CatalogueDirective}
    # tables with another preset
    elsewhere = {
        "feeds",
        "results",
        "result-plot",
        "index",
        "search-box",
        "paper-page",
        "facet-page",
    }  # tested with data of their own, or on pages that the build makes
    missing = [
        (name, option)
        for name, directive in (DIRECTIVES | catalogues).items()
        if name not in elsewhere
        for option in ("", *directive.names)
        if (name, option) not in used
        and not (name in catalogues and ("paper-table", option) in used)
    ]
    assert missing == [], f"USES in tests/test_directives.py lacks {missing}"


# --- how it is shown


def test_a_table_says_how_many_there_are(html: Build) -> None:
    assert "<b data-mmu-count>3</b> papers" in html.html("md-facet")
    assert "<b data-mmu-count>1</b> paper<" in html.html("md-caption")
    assert "<b data-mmu-count>2</b> benchmarks" in html.html("md-benchmarks")
    assert "<b data-mmu-count>1</b> benchmark<" in html.html(
        "md-benchmarks-some"
    )


def test_a_limited_table_counts_all(html: Build, xml: Build) -> None:
    assert "6 papers, the first 2 shown" in text(body(html, "md-limit"))
    assert "6 papers, the first 2 shown" in text(body(xml, "md-limit"))


def test_a_caption_is_text_and_no_markup(html: Build, xml: Build) -> None:
    assert "Works &amp; &lt;more&gt; · <b data-mmu-count>1" in html.html(
        "md-caption"
    )
    assert "Works & <more> · 1 paper" in text(body(xml, "md-caption"))


def test_an_empty_table_says_so_in_words(html: Build, xml: Build) -> None:
    assert "Nothing matches." in text(body(html, "md-empty"))
    assert "Nothing matches." in text(body(xml, "md-empty"))
    assert "<b data-mmu-count>0</b>" in html.html("md-empty")


def test_groups_have_headings_with_their_numbers(
    html: Build, xml: Build
) -> None:
    groups = [
        squeezed(e) for e in by_class(body(html, "md-group"), "mmu-group")
    ]
    assert groups == [
        "1TrainingBygradient2",
        "1TrainingBymask1",
        "2DecodingtimeDecodingtime2",
        "Nostage2",
    ]
    rubrics = [squeezed(e) for e in body(xml, "md-group").iter("rubric")]
    assert [r + n for r, n in zip(rubrics, "2122", strict=True)] == groups
    years = [
        squeezed(e) for e in by_class(body(html, "md-group-year"), "mmu-group")
    ]
    assert years == ["20242", "20222", "20211", "20201"]


def test_columns_have_their_labels(html: Build) -> None:
    def heads(page: str) -> list[str]:
        return [
            text(e)
            for e in body(html, page).iter("th")
            if e.get("scope") == "col"
        ]

    assert heads("md-columns") == ["Date", "Target", "Authors", "Tags"]
    assert heads("md-ticks") == ["Name", "Faces", "Training"]
    assert heads("md-benchmarks") == [
        "Benchmark",
        "Target",
        "Figures",
        "Datasets",
    ]


def test_ticks_are_what_a_filter_would_find(html: Build) -> None:
    def ticks(page: str) -> dict[str, str]:
        rows = [
            row
            for row in body(html, page).iter("tr")
            if row.get("data-mmu-key")
        ]
        return {
            row.get("data-mmu-key", ""): " ".join(
                text(e) for e in by_class(row, "mmu-sr")
            )
            for row in rows
        }

    found = ticks("md-ticks-derived")
    assert {key for key, said in found.items() if said.split()[0] == "yes"} == {
        "bob2021"
    }
    assert {key for key, said in found.items() if said.split()[1] == "yes"} == {
        "eve2024",
        "fox2024",
    }
    assert {key for key, said in found.items() if said.split()[2] == "yes"} == {
        "bob2021"
    }
    assert ticks("md-ticks-alias") == ticks("md-ticks-term")
    assert "yes yes" in ticks("md-ticks-alias").values()


def test_the_rows_of_a_catalogue_are_targets(html: Build, xml: Build) -> None:
    for page in ("md-benchmarks", "rst-benchmarks-list"):
        assert 'id="bob2021"' in html.html(page)
        assert 'ids="bob2021"' in xml.file(f"{page}.xml")
    assert 'id="bob2021"' not in html.html("md-benchmarks-bare")
    assert 'id="faces"' in html.html("md-datasets")


def test_a_card_shows_the_paper_and_on_request_the_entry(
    html: Build, xml: Build
) -> None:
    assert "Bravo Work" in html.html("md-card")
    assert "@article" not in html.html("md-card")
    (entry,) = body(html, "md-card-bibtex").iter("pre")
    assert re.match(
        r"@article\{bob2021,\n  title +=\s\{Bravo Work\},",
        "".join(entry.itertext()),
    )
    assert "keywords" not in html.html("md-card-bibtex")
    (block,) = body(xml, "md-card-bibtex").iter("literal_block")
    assert (block.text or "").startswith("@article{bob2021,")


def test_a_term_is_a_section_with_prose_facts_and_papers(
    html: Build, xml: Build
) -> None:
    page = body(html, "md-term")
    assert [text(e).rstrip("¶") for e in page.iter("h2")] == ["Training time"]
    parts = (
        "Training time<",
        "Prose <em>about</em> it.",
        "While training.",
        'data-mmu-key="eve2024"',
    )
    order = [html.html("md-term").index(part) for part in parts]
    assert order == sorted(order)
    assert [text(e) for e in page.iter("dt")] == [
        "Definition",
        "Formula",
        "For",
        "Against",
        "Acts on",
        "Subdivisions",
        "With code",
        "See also",
        "In the survey",
    ]
    assert [text(e) for e in body(xml, "md-term").iter("term")] == [
        text(e) for e in page.iter("dt")
    ]
    assert 'id="stage-train"' in html.html("md-term")


def test_a_term_shows_the_parts_that_are_asked_for(html: Build) -> None:
    page = body(html, "md-term-bare")
    assert list(page.iter("h2")) == []
    assert [text(e) for e in page.iter("dt")] == ["Formula"]
    assert [text(e) for e in page.iter("th") if e.get("scope") == "col"] == [
        "Key",
        "Date",
    ]
    assert "3 papers, the first 1 shown" in text(page)
    assert 'id="stage-train"' not in html.html("md-term-bare")


TERM_LISTS = {
    "terms-list": "Training time 3 By gradient 2 By mask 1 Decoding time 2",
    "terms-cards": "Training time 3 Decoding time 2",
    "terms-pipe": "Training By gradient By mask 3 Decoding time 2",
    "terms-table": "Training time 3 By gradient 2 By mask 1 Decoding time 2",
    "terms-under": "By gradient 2 By mask 1",
}


@pytest.mark.parametrize("name", TERM_LISTS)
def test_lists_of_terms_name_each_with_its_number_in_order(
    name: str, html: Build
) -> None:
    assert re.search(
        ".*".join(TERM_LISTS[name].split()), text(body(html, f"md-{name}"))
    )


@pytest.mark.parametrize(
    "name", [name for name in TERM_LISTS if name != "terms-pipe"]
)
def test_lists_of_terms_are_whole_in_other_builders(
    name: str, xml: Build
) -> None:
    assert re.search(
        ".*".join(TERM_LISTS[name].split()), text(body(xml, f"md-{name}"))
    )


def test_stations_of_a_pipeline_are_steps_with_what_is_below_and_dots(
    html: Build,
) -> None:
    (steps,) = by_class(body(html, "md-terms-pipe"), "mmu-pipe")
    assert steps.tag == "ol"
    train, decode = steps
    assert train.get("class") == "mmu-c1"
    assert [(part.get("class"), text(part)) for part in train] == [
        ("mmu-step", "1 Training"),
        ("mmu-line", "weights"),
        ("simple", "By gradient By mask"),
        ("mmu-n", "3 papers"),
        ("mmu-dots", ""),
    ]
    assert "".join(train[-1].itertext()) == "■■■"
    assert [part.get("class") for part in decode] == [
        "mmu-step",
        "mmu-n",
        "mmu-dots",
    ]


def test_terms_of_a_numbered_facet_have_its_numbers_and_colours(
    html: Build,
) -> None:
    (cards,) = by_class(body(html, "md-terms-cards"), "mmu-cards")
    assert [(card.get("class"), text(card[0])) for card in cards] == [
        ("mmu-c1", "1 Training time 3"),
        ("mmu-c2", "2 Decoding time 2"),
    ]
    outer, inner = by_class(body(html, "md-terms-list"), "mmu-list")
    assert inner in list(outer[0])
    assert [item.get("class") for item in inner] == [None, None]


def test_stations_of_a_pipeline_are_a_list_in_other_builders(
    xml: Build,
) -> None:
    said = "Training time (3) By gradient (2) By mask (1) 2 Decoding time (2)"
    assert said in text(body(xml, "md-terms-pipe"))


def test_cards_of_terms_define_them(html: Build, xml: Build) -> None:
    for build in (html, xml):
        assert "While training." in text(body(build, "md-terms-cards"))
        assert "While training." not in text(body(build, "md-terms-list"))


def test_cells_of_terms_say_of_which_column_they_are(
    html: Build, xml: Build
) -> None:
    head, first = [
        list(row) for row in body(html, "md-terms-table").iter("tr")
    ][:2]
    names = [text(cell) for cell in head]
    assert [cell.get("data-mmu-l") for cell in first] == [
        None,
        None,
        *names[2:],
    ]  # a term and its definition need none
    assert "data-mmu-l" not in xml.file("md-terms-table.xml")


def test_an_author_may_have_cells_labelled(tmp_path: Path) -> None:
    table = (
        "{.mmu-labelled}\n| A | B | C |\n|---|---|---|\n| 1 | 2 | *3* |\n\n| D | E |\n|---|---|\n|"
        " 4 | 5 |\n"
    )
    conf = 'myst_enable_extensions = ["attrs_block"]\n'
    build = small(tmp_path, {"page.md": "# Page\n\n" + table}, conf).build()
    cells = [
        (text(cell), cell.get("data-mmu-l"))
        for cell in body(build, "page").iter("td")
    ]
    assert cells == [
        ("1", None),
        ("2", "B"),
        ("3", "C"),
        ("4", None),
        ("5", None),
    ]


def test_the_pages_of_papers_are_in_no_sidebar(html: Build) -> None:
    assert html.env.toctree_includes == {
        "index": [Path(name).stem for name in PAGES]
    }


def test_the_guide_s_lists_are_whole(html: Build) -> None:
    problems, config = (
        text(body(html, "md-problems")),
        text(body(html, "md-config")),
    )
    assert [
        c.slug for c in Code if f"mmu.{c.slug} {c.severity}" not in problems
    ] == []
    assert [v.name for v in VALUES if v.name not in config] == []


# --- wherever an author puts it

NESTED = {
    "nested-md.md": (
        """\
# Nested

````{tab-set}
```{tab-item} One
:::{mmu:paper-table}
:kind: survey
:::
```
````

- An item

  ```{mmu:paper-table}
  :kind: attack
  ```

> A quotation
>
> ```{mmu:paper-card} ada2020
> ```

```{include} part.txt
```
"""
    ),
    "nested-rst.rst": (
        """\
Nested
======

.. tab-set::

   .. tab-item:: One

      .. mmu:paper-table::
         :kind: survey

- An item

  .. mmu:paper-table::
     :kind: attack

..

   A quotation

   .. mmu:paper-card:: ada2020

.. include:: part2.txt
"""
    ),
    "part.txt": "```{mmu:benchmark-catalogue}\n:targets: no\n```\n",
    "part2.txt": ".. mmu:benchmark-catalogue::\n   :targets: no\n",
}
FAULTY = {
    name: (
        content.replace("kind: survey", "kind: servey")
        .replace("kind: attack", "knid: attack")
        .replace("ada2020", "adaa2020")
        .replace("targets: no", "targets: not")
    )
    for name, content in NESTED.items()
}


others = pytest.mark.filterwarnings(
    "ignore:.*'sphinx.environment.BuildEnvironment.app'"
)  # sphinx_design asks for it


@others
@pytest.mark.parametrize("builder", ["html", "xml"])
def test_directives_work_inside_tabs_lists_quotations_and_included_files(
    builder: str, tmp_path: Path
) -> None:
    build = small(tmp_path, NESTED, 'exclude_patterns = ["*.txt"]\n').build(
        builder
    )
    assert build.text == ""
    for page in ("nested-md", "nested-rst"):
        shown = (
            keys(build.html(page))
            if builder == "html"
            else xml_keys(body(build, page))
        )
        assert shown == [
            "fox2024",
            "eve2024",
            "dan2023",
            "ada2020",
            "bob2021",
            "cid2022",
        ]


@others
def test_mistakes_inside_them_have_the_line_and_the_file_that_they_are_written_in(
    tmp_path: Path,
) -> None:
    conf = (
        'exclude_patterns = ["*.txt"]\nmmu_paper_pages = False\nsuppress_warnings ='
        ' ["mmu.duplicate-target"]\n'
    )
    build = small(tmp_path, FAULTY, conf).build("dummy")
    assert [
        re.sub(r"(?:.*/)?(\S+) WARNING: .*\[mmu\.(.*)\]", r"\1 \2", line)
        for line in build.warnings
    ] == [
        "nested-md.md:5: unknown-value",
        "nested-md.md:13: unknown-option",
        "nested-md.md:19: unknown-key",
        "part.txt:1: bad-option",
        "nested-rst.rst:8: unknown-value",
        "nested-rst.rst:13: unknown-option",
        "nested-rst.rst:20: unknown-key",
        "part2.txt:1: bad-option",
    ]


# --- mistakes: what is written, the code, and what the message says

MISTAKES = {
    "option": (
        Use("paper-table", options={"colums": "date"}),
        Code.UNKNOWN_OPTION,
        "did you mean 'columns'?",
    ),
    "option-far": (
        Use("papers", options={"qqq": "1"}),
        Code.UNKNOWN_OPTION,
        "it has no options",
    ),
    "option-facet": (
        Use("paper-table", options={"traget": "face"}),
        Code.UNKNOWN_OPTION,
        "did you mean 'target'?",
    ),
    "option-twice": (
        Use("term-list", "stage", {"format": "list", "dept": "2"}),
        Code.UNKNOWN_OPTION,
        "did you mean 'depth'?",
    ),
    "sort": (
        Use("paper-table", options={"sort": "datum"}),
        Code.BAD_OPTION,
        "did you mean 'date'?",
    ),
    "format": (
        Use("paper-table", options={"format": "tabel"}),
        Code.BAD_OPTION,
        "did you mean 'table'?",
    ),
    "limit-0": (
        Use("paper-table", options={"limit": "0"}),
        Code.BAD_OPTION,
        "from 1 up, not '0'",
    ),
    "limit-word": (
        Use("paper-table", options={"limit": "many"}),
        Code.BAD_OPTION,
        "from 1 up, not 'many'",
    ),
    "limit-digit": (
        Use("paper-table", options={"limit": "²"}),
        Code.BAD_OPTION,
        "from 1 up, not '²'",
    ),
    "group": (
        Use("paper-table", options={"group-by": "stagee"}),
        Code.BAD_OPTION,
        "did you mean 'stage'?",
    ),
    "group-depth": (
        Use("paper-table", options={"group-by": "stage/x"}),
        Code.BAD_OPTION,
        "cannot group by 'stage/x'",
    ),
    "empty": (
        Use("paper-table", options={"empty": "yes"}),
        Code.BAD_OPTION,
        "can only be 'ok', not 'yes'",
    ),
    "facet-none": (
        Use("paper-table", options={"kind": " , "}),
        Code.BAD_OPTION,
        ":kind: is empty",
    ),
    "filter-none": (
        Use("paper-table", options={"filter": ""}),
        Code.BAD_OPTION,
        "write a value, or leave it out",
    ),
    "facet": (
        Use("paper-table", options={"filter": "stag:train"}),
        Code.UNKNOWN_FACET,
        "did you mean 'stage'?",
    ),
    "value": (
        Use("paper-table", options={"filter": "stage:trian"}),
        Code.UNKNOWN_VALUE,
        "did you mean 'train'?",
    ),
    "value-option": (
        Use("paper-table", options={"stage": "trian"}),
        Code.UNKNOWN_VALUE,
        "did you mean 'train'?",
    ),
    "column": (
        Use("paper-table", options={"columns": "date papr"}),
        Code.UNKNOWN_COLUMN,
        "did you mean 'paper'?",
    ),
    "tick": (
        Use("paper-table", options={"columns": "date target:fac"}),
        Code.UNKNOWN_COLUMN,
        "did you mean 'target:face'?",
    ),
    "tick-facet": (
        Use("paper-table", options={"columns": "date taget:face"}),
        Code.UNKNOWN_COLUMN,
        "did you mean 'target:face'?",
    ),
    "tick-derived": (
        Use("paper-table", options={"columns": "date has:dio"}),
        Code.UNKNOWN_COLUMN,
        "did you mean 'has:doi'?",
    ),
    "syntax": (
        Use("paper-table", options={"filter": "stage:train AND"}),
        Code.FILTER_SYNTAX,
        "cannot read the filter",
    ),
    "parenthesis": (
        Use("paper-table", options={"filter": "(stage:train"}),
        Code.FILTER_SYNTAX,
        "^",
    ),
    "word": (
        Use("paper-table", options={"filter": "stage:train and kind:method"}),
        Code.FILTER_SYNTAX,
        "AND",
    ),
    "nothing": (
        Use("paper-table", options={"filter": "key:ada2020 AND year:2021"}),
        Code.EMPTY_RESULT,
        "no entry matches the filter",
    ),
    "catalogue": (
        Use("benchmark-catalogue", options={"targets": "nope"}),
        Code.BAD_OPTION,
        "can only be 'no'",
    ),
    "catalogue-none": (
        Use("benchmark-catalogue", options={"kind": "survey"}),
        Code.EMPTY_RESULT,
        "no entry matches",
    ),
    "datasets": (
        Use("dataset-catalogue", options={"columns": "titel"}),
        Code.UNKNOWN_COLUMN,
        "did you mean 'title'?",
    ),
    "card": (
        Use("paper-card", "adaa2020"),
        Code.UNKNOWN_KEY,
        "did you mean 'ada2020'?",
    ),
    "card-other": (
        Use("paper-card", "old1999"),
        Code.UNKNOWN_KEY,
        "is not a paper of the list",
    ),
    "card-option": (
        Use("paper-card", "ada2020", {"bibtex": "no"}),
        Code.BAD_OPTION,
        "can only be 'yes', not 'no'",
    ),
    "term": (
        Use("term", "target:fase", body="Prose stays."),
        Code.UNKNOWN_KEY,
        "did you mean 'target:face'?",
    ),
    "term-facet": (
        Use("term", "taget:face"),
        Code.UNKNOWN_KEY,
        "did you mean 'target:face'?",
    ),
    "term-heading": (
        Use("term", "target:voice", {"heading": "yes"}),
        Code.BAD_OPTION,
        "can only be 'no', not 'yes'",
    ),
    "term-show": (
        Use("term", "kind:method", {"show": "definitions"}),
        Code.BAD_OPTION,
        "did you mean 'definition'?",
    ),
    "term-column": (
        Use("term", "kind:attack", {"columns": "dat"}),
        Code.UNKNOWN_COLUMN,
        "did you mean 'date'?",
    ),
    "term-limit": (
        Use("term", "kind:survey", {"limit": "x"}),
        Code.BAD_OPTION,
        "from 1 up, not 'x'",
    ),
    "list": (
        Use("term-list", "stag"),
        Code.UNKNOWN_FACET,
        "did you mean 'stage'?",
    ),
    "list-under": (
        Use("term-list", "stage", {"under": "stage:trian"}),
        Code.UNKNOWN_VALUE,
        "did you mean 'train'?",
    ),
    "list-other": (
        Use("term-list", "stage", {"under": "target:face"}),
        Code.BAD_OPTION,
        "must be a term of 'stage'",
    ),
    "list-argument": (
        Use("term-list"),
        Code.BAD_OPTION,
        "mmu:term-list needs a facet; write it right after the name",
    ),
    "term-argument": (
        Use("term", options={"show": "papers"}, body="Prose stays."),
        Code.BAD_OPTION,
        "needs a term",
    ),
    "card-argument": (
        Use("paper-card"),
        Code.BAD_OPTION,
        "needs the key of a paper",
    ),
    "tree-argument": (
        Use("taxonomy-tree", options={"limit": "2"}),
        Code.BAD_OPTION,
        "needs a facet",
    ),
    "list-bare": (
        Use("term-list", "stage", {"under": "train"}),
        Code.BAD_OPTION,
        "did you mean 'stage:train'?",
    ),
    "list-term": (
        Use("term-list", "target:face"),
        Code.BAD_OPTION,
        "write target, and `:under: target:face` below it",
    ),
    "list-leaf": (
        Use("term-list", "target", {"under": "target:face"}),
        Code.EMPTY_RESULT,
        "there are no terms below 'target:face'",
    ),
    "map-facet": (
        Use("gap-map", "stage"),
        Code.BAD_OPTION,
        "write `:rows: stage`",
    ),
    "map-level": (
        Use("gap-map", options={"rows": "stage/7", "columns": "target"}),
        Code.EMPTY_RESULT,
        "none of these papers has a value of 'stage/7'; name other facets with :rows:",
    ),
    "crossing-value": (
        Use(
            "crossing",
            options={
                "rows": "stage",
                "columns": "target",
                "filter": "-target:* -stage:*",
            },
        ),
        Code.EMPTY_RESULT,
        "none of the entries found has anything for the figure to show; name another",
    ),
    "list-column": (
        Use(
            "term-list", "stage", {"format": "table", "columns": "label wieght"}
        ),
        Code.UNKNOWN_COLUMN,
        "did you mean 'weight'?",
    ),
    "list-stations": (
        Use("term-list", "stage", {"format": "pipe", "depth": "3"}),
        Code.BAD_OPTION,
        ":depth: of stations is at most 2, not 3; write `:format: list` for more levels",
    ),
    "list-format": (
        Use("term-list", "stage", {"format": "pipes"}),
        Code.BAD_OPTION,
        "did you mean 'pipe'?",
    ),
    "list-depth": (
        Use("term-list", "stage", {"depth": "0"}),
        Code.BAD_OPTION,
        "from 1 up, not '0'",
    ),
}


def faulty(folder: Path, conf: str = "") -> Build:
    pages = {
        f"{m}-{name}.{m}": use.page(m)
        for name, (use, _, _) in MISTAKES.items()
        for m in MARKUPS
    }
    return small(folder, pages, f"mmu_paper_pages = False\n{conf}").build()


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> Build:
    return faulty(
        tmp_path_factory.mktemp("mistakes"),
        'suppress_warnings = ["mmu.duplicate-target"]\n',
    )


@both
@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_one_warning_with_its_line_and_the_page_is_built(
    name: str, markup: str, mistaken: Build
) -> None:
    _, code, told = MISTAKES[name]
    page = f"{markup}-{name}"
    (warning,) = [
        w
        for w in re.split(r"\n(?=\S+\.(?:md|rst):)", mistaken.text)
        if w.startswith(f"{page}.{markup}:")
    ]
    assert warning.startswith(
        f"{page}.{markup}:{5 if markup == 'md' else 6}: WARNING: "
    )
    assert told in warning
    assert f"[mmu.{code.slug}]" in warning
    assert "<p>Text.</p>" in mistaken.html(page)


def test_nothing_else_is_told_of(mistaken: Build) -> None:
    assert len(mistaken.warnings) == len(MISTAKES) * len(MARKUPS)


def test_prose_under_an_unknown_term_stays(mistaken: Build) -> None:
    assert "Prose stays." in mistaken.html("md-term")
    assert "Prose stays." in mistaken.html("md-term-argument")


def test_a_bad_option_leaves_the_default(mistaken: Build) -> None:
    for name in (
        "sort",
        "format",
        "limit-0",
        "group",
        "empty",
        "filter-none",
        "facet-none",
    ):
        assert keys(mistaken.html(f"md-{name}")) == ALL.split(), name


def test_mistakes_are_told_in_every_build_until_they_are_mended(
    tmp_path: Path,
) -> None:
    wrong = MISTAKES["sort"][0].page("md")
    project = small(
        tmp_path, {"a.md": wrong, "b.md": "# B\n"}, "mmu_paper_pages = False\n"
    )
    (warning,) = project.build().warnings
    again = project.build()
    assert (again.warnings, again.read) == ([warning], ["a"])
    project.edit("a.md", "datum", "date")
    assert project.build().warnings == []
    assert project.build().read == []


@pytest.mark.slow
def test_each_kind_of_warning_can_be_suppressed_by_its_name(
    mistaken: Build, tmp_path: Path
) -> None:
    used = {code.slug for _, code, _ in MISTAKES.values()}
    for slug in sorted(used):
        assert f"[mmu.{slug}]" in mistaken.text
    names = [f"mmu.{slug}" for slug in sorted({*used, "duplicate-target"})]
    assert faulty(tmp_path, f"suppress_warnings = {names}\n").text == ""


def test_suppressing_one_kind_leaves_the_others(tmp_path: Path) -> None:
    pages = {
        "a.md": MISTAKES["sort"][0].page("md"),
        "b.md": MISTAKES["facet"][0].page("md"),
    }
    build = small(
        tmp_path,
        pages,
        'suppress_warnings = ["mmu.bad-option"]\nmmu_paper_pages = False\n',
    ).build("dummy")
    assert [line.partition(" ")[0] for line in build.warnings] == ["b.md:5:"]


def test_the_same_term_or_catalogue_twice_is_one_warning_at_the_second_place(
    tmp_path: Path,
) -> None:
    term, catalogue = (
        Use("term", "target:face").page("md"),
        Use("benchmark-catalogue").md(),
    )
    build = small(
        tmp_path,
        {"a.md": f"{term}\n{catalogue}", "b.md": f"{term}\n{catalogue}"},
    ).build("dummy")
    told = re.compile(
        r" WARNING: (.*) (?:is|are) defined on a and b; .*\[mmu.duplicate-target\]"
    )
    places = [told.sub(r" \1", warning) for warning in build.warnings]
    assert places == [
        "b.md:8: benchmark 'bob2021' and 1 more",
        "b.md:5: term 'target:face'",
    ]
    again = small(
        tmp_path / "again",
        {"a.md": term + "\n" + Use("term", "target:face").md()},
    ).build("dummy")
    assert [w.partition("; ")[0] for w in again.warnings] == [
        "a.md:8: WARNING: term 'target:face' is defined twice on a"
    ]


def test_a_heading_below_a_row_of_its_name_has_another_id(
    tmp_path: Path,
) -> None:
    page = f"# A\n\n{Use('dataset-catalogue').md()}\n\n## Faces\n"
    build = small(tmp_path, {"a.md": page}).build()
    found = {"a": tree(build.html("a"))}
    assert "faces" in ids(found["a"])
    assert repeated_ids(found) == []


def test_a_name_of_sphinx_s_own_is_left_to_it(tmp_path: Path) -> None:
    build = small(
        tmp_path, {"a.md": "# A\n\n```{mmu:paper-tabel}\n```\n"}
    ).build("dummy")
    assert len(build.warnings) == 1
    assert build.warnings[0].startswith("a.md:3: ")


# --- text where a directive takes none: docutils would drop it, with a message of its own

TEXTS = {
    "argument": (
        ".. mmu:paper-table:: kind:attack",
        "write `:filter: kind:attack`",
    ),
    "no-filter": (
        ".. mmu:timeline::\n   :period month",
        "':period month' cannot be read; write `:name: value`",
    ),
    "catalogue": (
        ".. mmu:benchmark-catalogue:: kind:attack",
        "takes no argument 'kind:attack'",
    ),
    "parts": (".. mmu:index:: terms", "write `:parts: terms`"),
    "body": (
        ".. mmu:paper-table::\n   :kind: attack\n\n   filter: x",
        "takes no text 'filter: x'",
    ),
    "figure": (".. mmu:timeline:: kind", "write `:series: kind`"),
    "caption": (
        ".. mmu:timeline::\n   :caption: The *most* of all",
        ":caption: has the markup '*most*'; write plain text",
    ),
    "card": (
        ".. mmu:paper-card:: ada2020 bob2021",
        "there is no entry 'ada2020 bob2021'",
    ),
    "coverage": (
        ".. mmu:coverage::",
        "coverage needs :columns:; name one or more facets",
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_text_that_a_directive_does_not_take_is_one_warning(
    name: str, tmp_path: Path
) -> None:
    directive, told = TEXTS[name]
    project = Project(tmp_path, "survey")
    project.write("odd.rst", f":orphan:\n\nOdd\n===\n\n{directive}\n")
    project.write(
        "even.rst",
        ":orphan:\n\nEven\n====\n\n.. mmu:paper-table::\n   :filter: kind:attack\n",
    )
    built = project.build()
    warning = next(w for w in built.warnings if told in w)
    assert warning.startswith("odd.rst:6: WARNING: ")
    assert all("[mmu." in w for w in built.warnings)
    if "body" in name:
        assert "<p>filter: x</p>" in built.html("odd")
    if "paper-table" in directive:
        assert keys(built.html("odd")) == keys(built.html("even")) != []


def test_values_without_commas_are_reported_and_are_alternatives(
    tmp_path: Path,
) -> None:
    table = ":orphan:\n\nPage\n====\n\n.. mmu:paper-table::\n   :stage: "
    project = Project(tmp_path, "survey")
    project.write("odd.rst", f"{table}train decode\n")
    project.write("even.rst", f"{table}train, decode\n")
    built = project.build()
    (warning,) = built.warnings
    assert warning.startswith("odd.rst:6: WARNING: ")
    assert "write `:stage: train, decode`" in warning
    assert keys(built.html("odd")) == keys(built.html("even")) != []


def test_an_option_without_colons_is_told_in_markdown(tmp_path: Path) -> None:
    project = Project(tmp_path, "survey")
    project.write(
        "odd.md",
        "---\norphan: true\n---\n\n# Odd\n\n```{mmu:paper-table}\nfilter: kind:attack\n```\n",
    )
    (warning,) = project.build().warnings
    assert (
        "odd.md:7: WARNING: mmu:paper-table takes no text 'filter: kind:attack'"
        in warning
    )


def test_a_fence_that_is_never_closed_swallows_nothing(tmp_path: Path) -> None:
    rest = "\n## Next\n\n{mmu:paper}`ada2020`\n\n```{mmu:paper-card} bob2021\n```\n\nLast.\n"
    page = f"# Page\n\n```{{mmu:paper-table}}\n:limit: 2\n{rest}"
    built = small(tmp_path, {"page.md": page}).build()
    (warning,) = built.warnings
    assert (
        "page.md:3: WARNING: mmu:paper-table takes no text '## Next'" in warning
    )
    html = built.html("page")
    assert "<h2>Next<" in html
    assert "<p>Last.</p>" in html
    assert sorted(keys(html)) == ["bob2021", "eve2024", "fox2024"]


def test_a_heading_inside_a_term_stands_where_it_is_written(
    tmp_path: Path,
) -> None:
    term = "```{mmu:term} stage:train\nProse.\n\n## Inner\n\nMore.\n```\n\nAfter.\n"
    built = small(
        tmp_path,
        {"page.md": f"# Page\n\nBefore.\n\n{term}"},
        "mmu_paper_pages = False\n",
    ).build()
    shown = text(body(built, "page"))
    places = [
        shown.index(part)
        for part in (
            "Before.",
            "Training",
            "Prose.",
            "Inner",
            "More.",
            "After.",
        )
    ]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("{mmu:paper}'ada2020'", "{mmu:paper} is printed as it is"),
        ("{mmu:count} `kind:attack`", "{mmu:count} is printed as it is"),
        ("(mmu:paper)`ada2020`", "(mmu:paper) is printed as it is"),
        ("[mmu:paper]`ada2020`", "[mmu:paper] is printed as it is"),
        ("{mmu:paper`ada2020`", "{mmu:paper is printed as it is"),
        ("mmu:paper}`ada2020`", "mmu:paper} is printed as it is"),
        (":mmu:paper:`ada2020`", ":mmu:paper: is printed as it is"),
        (".. mmu:paper-table::", "write a directive on lines of its own"),
        ("{mmu:timeline}", "write a directive on lines of its own"),
        ("{mmu:term}", "write {mmu:term}`…`: the name in braces"),
        ("```{mmu:paper-table\n```", "{mmu:paper-table is printed as it is"),
        ("```mmu:paper-table\n```", "write a directive on lines of its own"),
        (":::{mmu:paper-table\n:::", "write a directive on lines of its own"),
        ("So ::{mmu:paper-table}", "write a directive on lines of its own"),
        (
            ":::{mmu:add-paper}\nWords.\n\n## Next\n\n",
            "mmu:add-paper is never closed; close it with as many colons",
        ),
        (
            "> ```{mmu:add-paper}\n> Words.\n\nNext",
            "mmu:add-paper is never closed; close it with as many colons",
        ),
        (
            "```{mmu:add-paper}\nWords.\n\n## Next\n```",
            "mmu:add-paper has the heading 'Next' in it; close the directive",
        ),
    ],
)
def test_roles_that_are_printed_and_directives_that_are_not_closed_are_reported(
    written: str, said: str, tmp_path: Path
) -> None:
    literal = "`{mmu:paper}'x'`\n\n    {mmu:paper}'x'\n"
    page = f"# Page\n\n## Part\n\n{written}\n\n{literal}"
    project = small(tmp_path, {"page.md": page})
    for _build in range(2):
        (warning,) = project.build().warnings
        assert warning.startswith("page.md:5: ")
        assert said in warning


def test_fences_of_colons_are_explained_where_the_project_has_none(
    tmp_path: Path,
) -> None:
    page = "# Page\n\n:::{mmu:paper-table}\n:::\n"
    project = small(tmp_path, {"page.md": page})
    (warning,) = project.build(myst_enable_extensions=[]).warnings
    assert "add 'colon_fence' to myst_enable_extensions in conf.py" in warning


def test_what_data_contain_is_not_reported_as_an_author_s_slip(
    tmp_path: Path,
) -> None:
    project = Project(tmp_path, "survey")
    project.edit("words.toml", "While answering.", "As {mmu:paper} does.")
    project.edit("refs.bib", "{Alpha: First", "{Alpha (mmu:2024): First")
    prose = "{mmu:paper:title}`ada2020` <https://x.org/(mmu:a)>"
    head = "---\norphan: true\n---\n# T"
    project.write("t.md", f"{head}\n\n{prose}\n\n$$ {{mmu:paper}} $$\n")
    built = project.build(myst_enable_extensions=["dollarmath"])
    assert "(mmu:2024)" in built.html("t")
    assert built.warnings == []


def test_names_without_end_take_no_time(tmp_path: Path) -> None:
    page = "# Page\n\n" + "mmu:a-" * 50_000 + "\n"
    assert small(tmp_path, {"page.md": page}).build("dummy").warnings == []


def test_directives_within_each_other_without_end_are_one_warning(
    tmp_path: Path,
) -> None:
    page = "# Page\n\n" + "```{mmu:paper-table}\n\n" * 500
    warnings = small(tmp_path, {"page.md": page}).build("dummy").warnings
    assert [w for w in warnings if "is within 20 directives" in w]
    assert len(warnings) < 50


@pytest.mark.parametrize(
    "caption",
    [
        "2**3 and 2**4",
        "*CLIP and *BLIP",
        "(*a, *b) unpacked",
        "f(x)[0](y)",
        "5 * 4 * 3",
    ],
)
def test_signs_in_a_caption_are_no_markup(caption: str, tmp_path: Path) -> None:
    page = f"# Page\n\n```{{mmu:paper-table}}\n:caption: '{caption}'\n```\n"
    built = small(tmp_path, {"page.md": page}).build()
    assert built.warnings == []
    assert caption in built.html("page")


def test_a_role_with_a_hyphen_is_a_role(tmp_path: Path) -> None:
    project = Project(tmp_path, "survey")
    words = (project.source / "words.toml").read_text("utf-8")
    project.write(
        "words.toml", f'{words}\n[catalogue.test-bed]\nlabel = "Bed"\n'
    )
    project.write(
        "odd.md", "---\norphan: true\n---\n# Odd\n\n{mmu:test-bed} `a`\n"
    )
    warnings = project.build().warnings
    assert any("write {mmu:test-bed}`…`: the name" in w for w in warnings)


def test_lines_of_a_page_are_counted_as_markdown_does(tmp_path: Path) -> None:
    page = "# Page\n\none\u2028line\n\n```{mmu:add-paper}\nWords.\n"
    (warning,) = small(tmp_path, {"page.md": page}).build().warnings
    assert warning.startswith("page.md:5: WARNING: mmu:add-paper is never")


def test_a_page_in_another_encoding_is_read_for_the_end_of_a_fence(
    tmp_path: Path,
) -> None:
    closed = "# Page\n\n```{mmu:add-paper}\né\n```\n\n"
    project = small(tmp_path, {"page.md": ""}, 'source_encoding = "latin-1"\n')
    (project.source / "page.md").write_text(closed + closed[8:-5], "latin-1")
    (warning,) = [w for w in project.build().warnings if "mmu" in w]
    assert warning.startswith("page.md:7: WARNING: mmu:add-paper is never")


def test_a_page_is_read_once_for_the_ends_of_all_its_fences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[Path] = []
    whole = Path.read_text

    def counted(path: Path, *args: Any, **named: Any) -> str:
        read.append(path)
        return whole(path, *args, **named)

    monkeypatch.setattr(Path, "read_text", counted)
    closed = "```{mmu:add-paper}\nWords.\n```\n\n"
    small(tmp_path, {"page.md": f"# Page\n\n{closed * 9}"}).build("dummy")
    assert [path.name for path in read].count("page.md") <= 2


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("mmu-nmes: one, two", "did you mean 'mmu-names'?"),
        ("mmu_mentions: x", "did you mean 'mmu-mentions'?"),
        ("MMU-Mentions: x", "did you mean 'mmu-mentions'?"),
        ("mmu-mentions: yes", 'write mmu-mentions: "no", or leave it out'),
    ],
)
def test_metadata_of_a_page_that_there_are_not_are_reported(
    written: str, said: str, tmp_path: Path
) -> None:
    page = f"---\n{written}\nmmu-kind: Page\n---\n\n# Page\n"
    unquoted = "---\norphan: true\nmmu-mentions: no\n---\n\n# No\n\nA {mmu:paper}`ada2020`.\n"
    project = small(tmp_path, {"page.md": page, "no.md": unquoted})
    for _build in range(2):
        build = project.build()
        (warning,) = build.warnings
        assert warning.startswith("page.md:1: ")
        assert said in warning
    assert "mmu-mentions" not in build.html("paper/ada2020")


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (":filter:target:face", ":filter:target:face"),
        (":filter: target:face\n:sort-added", ":sort-added"),
        (':sort: title\n:filter: "target:face', ':filter: "target:face'),
        ("---\nfilter: target:face\nsort: 'title\n---", "sort: 'title"),
    ],
)
def test_a_line_of_options_that_myst_cannot_read_is_named_and_no_list_is_shown(
    options: str, line: str, tmp_path: Path
) -> None:
    page = f"# Page\n\n```{{mmu:paper-table}}\n{options}\n```\n"
    project = small(tmp_path, {"page.md": page})
    for _build in range(2):
        built = project.build()
        (warning,) = [w for w in built.warnings if "[mmu." in w]
        assert warning.startswith("page.md:3: ")
        assert f"{line!r} cannot be read; write `:name: value`" in warning
        assert keys(built.html("page")) == []


@pytest.mark.parametrize(
    "written",
    ["{mmu-paper}`ada2020`", "```{mmu-paper-table}\n```", "{mmupaper}`x`"],
)
def test_what_sphinx_says_of_nearly_our_names_is_repeated(
    written: str, tmp_path: Path
) -> None:
    project = small(tmp_path, {"page.md": f"# Page\n\n{written}\n"})
    for _build in range(2):
        assert "Unknown" in project.build().text
