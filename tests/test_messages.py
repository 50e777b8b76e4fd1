"""Texts that readers see: with a catalogue that changes every letter, no page has others."""

import json
import re
from collections.abc import Iterable, Iterator
from gettext import NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from pages import by_class, tree
from support import ROOTS, Build, Project

from sphinx_mmu import messages
from sphinx_mmu.export.formats import FORMATS
from sphinx_mmu.ext.kinds.every import DIRECTIVES
from sphinx_mmu.ext.pages import site_files
from sphinx_mmu.library.collection import DERIVED
from sphinx_mmu.model.links import KINDS
from sphinx_mmu.views.columns import STANDARD
from tools.messages import template

_WIDE = {
    ord(letter): ord(letter) + 0xFEE0
    for letter in map(chr, range(ord("A"), ord("z") + 1))
    if letter.isalpha()
}


def wide(text: str) -> str:
    """A text in the wide letters of East Asian fonts; values in braces stay."""
    return re.sub(
        r"\{\w+\}|[^{}]+",
        lambda m: m[0] if m[0][0] == "{" else m[0].translate(_WIDE),
        text,
    )


@pytest.fixture(scope="session")
def catalogue() -> bytes:
    """A catalogue of every text that the tool for translators finds, as gettext reads it."""
    found = Catalog(locale="eo")
    for message in template():
        if isinstance(message.id, tuple):
            found.add(message.id, tuple(map(wide, message.id)))
        elif message.id:
            found.add(message.id, wide(message.id))
    written = BytesIO()
    write_mo(written, found)
    return written.getvalue()


@pytest.fixture(scope="module", autouse=True)
def english_again() -> Iterator[None]:
    yield
    messages.use(NullTranslations())


# --- a site whose data have no Latin letters

WORDS = """
[metric.a]
label = "Low"
direction = "lower"
unit = "%"
[metric.b]
label = "High"
direction = "higher"
[metric.c]
label = "Near"
direction = "o"
[task.s]
label = "Style"
[baseline.o]
label = "Before"
reference = true
[source.x]
label = "Board"
url = "https://example.org/board"
[facet.measure]
label = "Measure"
[term."measure:one"]
label = "One"
[term."measure:one/less"]
label = "Less"
direction = "lower"
stated = "y"
[term."measure:one/more"]
label = "More"
direction = "higher"
[term."measure:one/same"]
label = "Same"
direction = "unchanged"
[term."measure:one/open"]
label = "Open"
[field.stated]
label = "Stated"
"""
RESULTS = """work,benchmark,task,setting,model,metric,value,spread,measured_by,source,date,note
ada2020,cid2022,s,,,a,1,0.1,authors,https://example.org/1,2024,１
bob2021,cid2022,s,,,a,2,,authors,https://example.org/1,2024,
o,cid2022,s,,,a,9,,authors,https://example.org/1,2024,
ada2020,cid2022,s,,,b,4,,authors,https://example.org/1,2024,
bob2021,cid2022,s,,,b,3,,authors,https://example.org/1,2024,
o,cid2022,s,,,b,9,,authors,https://example.org/1,2024,
ada2020,cid2022,,,,c,4,,x,https://example.org/2,2024,
bob2021,cid2022,,,,c,3,,x,https://example.org/2,2024,
"""
INDEX = """
```{mmu:feeds}
```

```{mmu:search-box}
```

```{mmu:add-paper}
```

```{toctree}
views
papers/index
compare
names
```

```{mmu:papers}
```
"""
EXPLORER = """
```{mmu:paper-table}
:facets: stage target venue author year has results
```
"""
VIEWS = """
```{mmu:paper-table}
:group-by: venue
:columns: title authors year type key tags keywords links abstract has:doi measure
:limit: 3
```

```{mmu:paper-table}
:group-by: kind
:format: list
```

```{mmu:paper-table}
:filter: year:1900
:empty: ok
```

```{mmu:paper-table}
:format: cards
```

```{mmu:paper-card} ada2020
:bibtex: yes
```

```{mmu:dataset-catalogue}
:facets: target
```

```{mmu:term} stage:train
```

```{mmu:term} stage:train/grad
```

```{mmu:term-list} stage
:columns: label short definition formula symbols papers cites section weight
```

```{mmu:term-list} stage
:format: pipe
```

```{mmu:term-list} target
:format: cards
```

```{mmu:results} cid2022
```

```{mmu:results} cid2022
:limit: 1
```

```{mmu:results} cid2022
:filter: year:1900
:metrics: c
:empty: ok
```

```{mmu:gap-map}
:rows: stage/2
:columns: target
```

```{mmu:gap-map}
:rows: kind
:columns: target
```

```{mmu:pipeline} stage
:states: 0 ０; 1 １
:bypass: 1 2 ２
```

```{mmu:taxonomy-tree} stage
:limit: 1
:placed-by: kind
```

```{mmu:timeline}
:series: target
:period: quarter
```

```{mmu:timeline}
```

```{mmu:timeline}
:filter: year:2024
:period: half
```

```{mmu:sparks} stage
```

```{mmu:sparks} stage:train
:period: decade
```

```{mmu:direction-map} measure
:facts: direction
:stated: stated y
```

```{mmu:crossing}
:rows: stage
:columns: target
:limit: 1
```

```{mmu:coverage} benchmark
:columns: target stage
```

```{mmu:coverage}
:columns: kind
```

```{mmu:result-plot} cid2022
:x: a
:y: b
:task: s
:log: x
```
"""
PAGES = {
    "index": INDEX,
    "views": VIEWS,
    "papers/index": EXPLORER,
    "compare": "```{mmu:compare}\n```",
    "names": "```{mmu:index}\n```",
}
CONF = """
def setup(app):
    app.add_message_catalog("sphinx_mmu", app.confdir / "locale")


language = "eo"
extensions = ["myst_parser", "sphinx_mmu"]
html_theme = "basic"
html_copy_source = False
html_baseurl = "https://example.org/"
mmu_bibfiles = ["refs.bib"]
mmu_dataset_bibfiles = ["data.bib"]
mmu_background_bibfiles = ["old.bib"]
mmu_vocabulary = ["words.toml"]
mmu_results = ["results.csv"]
mmu_facet_pages = ["venue", "target"]
mmu_feeds = True
mmu_site_search = True
mmu_edit_url = "https://example.org/{file}#L{line}"
mmu_new_issue_url = "https://example.org/new?title={title}"
"""
FIELDS = "title|shorttitle|author|journal|booktitle|venue|abstract|benchname|figures|size|summary|publisher"
KEYS = "label|short|definition|description|meaning|text|basis|plural|inverse|verb|acts|weight|note"


def widened(name: str) -> str:
    """A file of the survey whose printed texts have wide letters."""
    text = (ROOTS / "survey" / name).read_text("utf-8")
    if name.endswith(".toml"):
        return re.sub(
            rf'\b({KEYS})(\s*=\s*)"([^"]*)"',
            lambda m: f'{m[1]}{m[2]}"{wide(m[3])}"',
            text,
        )
    values = re.compile(
        rf"^(\s*(?:{FIELDS})\s*=\s*)(\{{.*\}})(,?)$", re.MULTILINE
    )
    words = re.compile(r"(?<![\\A-Za-z])(?!and\b)[A-Za-z]+")
    return values.sub(
        lambda m: m[1] + words.sub(lambda w: wide(w[0]), m[2]) + m[3], text
    )


@pytest.fixture(scope="module")
def project(
    tmp_path_factory: pytest.TempPathFactory, catalogue: bytes
) -> Project:
    made = Project(tmp_path_factory.mktemp("wide"))
    for name in ("refs.bib", "data.bib", "old.bib", "words.toml"):
        made.write(name, widened(name))
    words = (made.source / "words.toml").read_text("utf-8")
    labels = re.sub(
        r'(label = )"(\w+)"', lambda m: f'{m[1]}"{wide(m[2])}"', WORDS
    )
    made.write("words.toml", f"{words}\n{labels}")
    made.write("results.csv", RESULTS)
    made.write("conf.py", CONF)
    for name, text in PAGES.items():
        made.write(f"{name}.md", f"# １\n{text}\n")
    folder = made.source / "locale/eo/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "sphinx_mmu.mo").write_bytes(catalogue)
    return made


@pytest.fixture(scope="module")
def site(project: Project) -> Build:
    return project.build(jobs=2)


# --- what is visible

NAMES = set(
    "ACL APA Anthology BibTeX CSL CSV DOI JSON Markdown OpenReview OPML RIS arXiv".split()
)
"""Names of services, formats and styles."""
ATTRIBUTES = "aria-label title placeholder alt data-mmu-l data-mmu-labels data-mmu-unit data-mmu-units".split()
UNREAD = {
    "script",
    "style",
    "pre",
    "code",
    "head",
    "literal",
    "literal_block",
    "math",
    "comment",
}
LEFT_OUT = {"headerlink", "mmu-references"}
"""Classes of what Sphinx makes, and of references in the style of a publisher."""
DATA = re.compile(
    r"https?://\S+|\S+\.\w{2,4}\b|\w+(?:19|20)\d\d\b|plain words|article|inproceedings|misc"
    r"|^ authors; $|\bstage:\S+|(?<=[^ -~]) and [^ -~]+ 20\d\d"
)
"""What has Latin letters in the data: addresses, files, keys, keywords, types, a name in a file of results,
and labels of papers, which are in the style of citations.
"""


def said(element: ET.Element) -> Iterator[str]:
    """Everything that readers of an element see or hear, but code."""
    classes = element.get("class") or element.get("classes", "")
    if element.tag in UNREAD or LEFT_OUT.intersection(classes.split()):
        return
    yield from (element.get(name, "") for name in ATTRIBUTES)
    yield element.text or ""
    for child in element:
        yield from said(child)
        yield child.tail or ""


def english(texts: Iterable[str]) -> list[str]:
    """The texts that have words besides data and names."""
    found = {
        text: re.findall(r"[A-Za-z]{2,}", DATA.sub(" ", text)) for text in texts
    }
    return [
        text for text, words in found.items() if not NAMES.issuperset(words)
    ]


def data_of(build: Build, name: str) -> Any:
    """What a script assigns."""
    return json.loads(
        build.file(f"_static/{name}.js")
        .partition("=")[2]
        .partition("=")[2][:-2]
    )


@pytest.mark.drift
def test_every_directive_is_on_the_pages() -> None:
    own = {*DIRECTIVES, "dataset-catalogue"} - {
        "problem-list",
        "config-list",
        "paper-page",
        "facet-page",
    }  # English, for the guide; on pages that the build makes
    shown = set(re.findall(r"mmu:([\w-]+)", "".join(PAGES.values())))
    assert own == shown, (
        "PAGES in tests/test_messages.py and the directives differ by"
        f" {sorted(own ^ shown)}"
    )


@pytest.mark.drift
@pytest.mark.parametrize(
    ("file", "texts"),
    [
        ("export/formats.py", [one.label for one in FORMATS.values()]),
        ("model/links.py", [one.label for one in KINDS.values()]),
        ("model/links.py", [one.thing for one in KINDS.values()]),
        ("views/columns.py", [one.label for one, _ in STANDARD.values()]),
        ("library/collection.py", DERIVED.values()),
    ],
)
def test_each_text_of_a_table_is_marked_or_a_name(
    file: str, texts: Iterable[str]
) -> None:
    known = template()
    missing = english(text for text in texts if text not in known)
    assert missing == [], (
        f"{missing} in {file}: write marked(…) around it, or put what is a name into NAMES"
        " of tests/test_messages.py"
    )


def test_every_text_of_a_page_is_from_the_catalogue(site: Build) -> None:
    assert site.text == ""
    pages = [
        page.relative_to(site.out).as_posix()
        for page in site.out.rglob("*.html")
    ]
    assert len(pages) > len(PAGES) + 6
    for page in sorted(set(pages) - {"search.html", "genindex.html"}):
        assert (
            page,
            english(said(next(by_class(tree(site.file(page)), "body")))),
        ) == (
            page,
            [],
        )


def test_so_is_every_text_of_other_builders(project: Project) -> None:
    build = project.build("xml")
    pages = list(build.out.rglob("*.xml"))
    assert len(pages) > len(PAGES)
    for page in pages:
        root = ET.fromstring(page.read_text("utf-8"))  # noqa: S314 -- written by Sphinx
        assert (page.name, english(said(root))) == (page.name, [])


def test_so_is_every_text_of_the_data_for_scripts(site: Build) -> None:
    records, found = data_of(site, "mmu-papers"), data_of(site, "mmu-find-data")
    names = ("kinds", "asked", "derived")
    assert english(str(row[1]) for name in names for row in records[name]) == []
    assert english([found["paper"], found["within"], *found["labels"]]) == []


def test_scripts_look_up_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = """say(_("b \\u00b7 \\xb7"), _(\n'{n} "b"', {n}), a_("c"), x._("d"), "e", _(f))"""
    monkeypatch.setattr(site_files, "PACKAGE", tmp_path)
    (tmp_path / "static").mkdir()
    for name, text in {
        "a.js": script,
        "b.js": f"{script}; _('a')",
        "c.css": "_('g')",
    }.items():
        (tmp_path / "static" / name).write_text(text, "utf-8")
    assert site_files.script_texts() == ["a", "b · ·", '{n} "b"']


def test_pages_load_translations_of_the_texts_of_scripts(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        site_files, "script_texts", lambda: ["Search", "{n} more", "unheard of"]
    )
    build = project.build(clean=True)
    assert data_of(build, "mmu-messages") == {
        t: wide(t) for t in ("Search", "{n} more")
    }
    order = re.findall(
        r'src="(?:\.\./)?_static/(mmu-[\w-]+)\.js', build.html("papers/index")
    )
    assert order[0] == "mmu-messages"
    assert "mmu-explorer" in order
    english = project.build(language="en")
    assert not (english.out / "_static/mmu-messages.js").exists()
    assert "mmu-messages" not in english.html("papers/index")
    assert "Ready-made lists" in english.html("papers/index")
    # Chosen when the page was read.
    assert ">Cite<" in english.html("paper/ada2020")


def test_without_a_catalogue_texts_are_english() -> None:
    messages.use(NullTranslations())
    assert messages._("{n} more", n=2) == "2 more"
    assert [
        messages.counted("{n} {a}", "{n} {a}s", n, a="b") for n in (0, 1)
    ] == [
        "0 bs",
        "1 b",
    ]


def test_the_template_has_what_modules_and_scripts_look_up() -> None:
    found = template()
    assert found["Project page"].locations[0][0] == "model/links.py"
    assert ("{n} paper", "{n} papers") in [message.id for message in found]
    assert "Breadcrumb" in found  # within an f-string


def test_a_label_within_a_sentence_keeps_its_acronyms() -> None:
    labels = ["LLM family", "T2I model", "Target", "MU-Bench", "Ärger", "A", ""]
    assert [messages.lower_first(label) for label in labels] == [
        "LLM family",
        "T2I model",
        "target",
        "MU-Bench",
        "ärger",
        "a",
        "",
    ]


def test_pieces_fill_the_places_of_a_text_and_texts_beside_each_other_are_one() -> (
    None
):
    text = "{a}, from {b}: {c}."
    assert messages.filled(text, a="x", b=[1, 2], c=[]) == [
        "x, from ",
        1,
        2,
        ": .",
    ]
