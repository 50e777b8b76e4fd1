"""Rows that scripts draw are those of the build: for every column there is, every facet, and every
paper of the real database and of odd ones. Run in Node, without a browser.
"""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from support import BIBS, REPOSITORY, TOMLS, Project, some_slow

from sphinx_mmu.library.collection import ordered_values
from sphinx_mmu.library.library import Library
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import listed
from sphinx_mmu.views.arranged import SORTS
from sphinx_mmu.views.cells import (
    Cell,
    Line,
    Part,
    badge,
    entry_part,
    term_part,
    text_cell,
    title_part,
)
from sphinx_mmu.views.columns import BYLINE, STANDARD, Column, column_names
from sphinx_mmu.views.kinds import Views
from sphinx_mmu.views.papers import PapersRequest

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(
    not NODE and not os.environ.get("MMU_NO_SKIPS"), reason="needs Node"
)

Tree = list[Any]


class Rows(HTMLParser):
    """The rows of a page that have a key, and the heads of its columns."""

    def __init__(self) -> None:
        super().__init__()
        self.root: Tree = ["", [], []]
        self.open = [self.root]
        self.found: dict[str, Tree] = {}

    def handle_starttag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        made: Tree = [
            tag,
            sorted([name, value or ""] for name, value in attrs),
            [],
        ]
        self.open[-1][2].append(made)
        if tag not in {"col", "meta", "link", "input", "img", "br", "hr"}:
            self.open.append(made)
        key = dict(made[1]).get("data-mmu-key")
        if tag == "tr" and key is not None:
            made[1] = [pair for pair in made[1] if pair[0] != "id"]
            self.found[key] = made

    def handle_endtag(self, tag: str) -> None:
        if tag in {one[0] for one in self.open}:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, text: str) -> None:
        if self.open[-1][0] != "tr":
            self.open[-1][2].append(text)

    def heads(self) -> list[dict[str, str]]:
        return [
            {"css": dict(th[1])["class"], "label": "".join(th[2])}
            for th in self.all("th", self.root)
            if ["scope", "col"] in th[1]
        ]

    def all(self, tag: str, tree: Tree) -> Iterable[Tree]:
        for kid in tree[2]:
            if not isinstance(kid, str):
                yield from ([kid] if kid[0] == tag else ())
                yield from self.all(tag, kid)


def every_column(library: Library, collection: str) -> list[str]:
    """All columns that a table of a collection can have: of ticks one of each value of a facet,
    and two of each derived one.
    """
    held = library.collection(collection)
    values = {
        name: ordered_values(held, facet)
        for name, facet in library.facets.items()
        if name in held.facets()
    }
    values |= {
        name: sorted(held.values(name))[:2]
        for name in held.facets()
        if name not in values
    }
    ticks = [
        f"{name}:{v}"
        for name, some in values.items()
        for v in some
        if not {*v} & {*' ,"'}
    ]
    return [
        *(name for name in column_names(library) if name != "paper"),
        *ticks,
        "paper",
    ]


def made(
    folder: Path, library: Library, collection: str, page: str
) -> dict[str, Any]:
    """What the scripts make of the columns of a page."""
    reader = Rows()
    reader.feed(page)
    names = every_column(library, collection)
    heads = reader.heads()
    assert len(heads) == len(names)
    columns = [
        {"name": name, **head} for name, head in zip(names, heads, strict=True)
    ]
    asked, answer = (
        folder / f"asked-{collection}.json",
        folder / f"made-{collection}.json",
    )
    orders = [sign + by for by in SORTS for sign in ("", "-")]
    asked.write_text(
        json.dumps(
            {"collection": collection, "columns": columns, "orders": orders}
        )
    )
    static = folder / "build" / "html" / "_static"
    script = Path(__file__).with_name("rows.mjs")
    assert NODE
    subprocess.run([NODE, script, static, asked, answer], check=True)
    return {
        **json.loads(answer.read_text("utf-8")),
        "built": reader.found,
        "names": names,
    }


def compare(found: dict[str, Any], library: Library, collection: str) -> None:
    papers = library.collection(collection).papers
    assert len(found["built"]) == len(papers) == len(found["rows"])
    others: dict[str, tuple[str, Tree, Tree]] = {}
    for paper, row in zip(papers, found["rows"], strict=True):
        built = found["built"][paper.key]
        assert row[1] == built[1]
        for name, cell, wanted in zip(
            found["names"], row[2], built[2], strict=True
        ):
            if cell != wanted:
                others.setdefault(name, (paper.key, cell, wanted))
    assert others == {}, (
        f"columns that the script draws otherwise: {', '.join(others)}"
    )
    expected = [
        [p.key, library.labels[p.key], listed(p.authors, BYLINE)]
        for p in papers
    ]
    assert found["labels"] == expected
    for by, keys in found["orders"].items():
        view = Views(library).of(
            PapersRequest(collection=collection, filters=("*",), sort=by)
        )
        assert keys == list(view.keys), by


CONF = """
extensions = ["sphinx_mmu", "myst_parser"]
mmu_bibfiles = {papers}
mmu_dataset_bibfiles = {datasets}
mmu_vocabulary = {words}
mmu_table_inline_max = 0
"""
TABLE = "# {0}\n\n```{{mmu:{0}}}\n:filter: '*'\n:facets:\n:columns: {1}\n```\n"
DIRECTIVES = {"papers": "paper-table", "datasets": "dataset-catalogue"}

WORDS = """
[facet.stage]
label = "Stage"
numbered = true
summary = true
[term."stage:early"]
label = "Early"
[term."stage:early/first"]
label = "First & <foremost>"
[term."stage:late"]
label = "late"
short = "L"
[facet.kind]
label = "Kind"
summary = true
verb = "is a"
usual = ["method"]
[term."kind:method"]
label = "Method"
[term."kind:GAN"]
label = "GAN"
[term."kind:constructor"]
label = "Éclair"
[facet.free]
label = "Free"

summary = true
[field]
constructor = "Made by"
[field.parts]
label = "Parts"
separator = ";"
[relation.extends]
label = "Extends"
inverse = "Extended by"
[catalogue.benchmark]
title = "benchname"
"""


def odd(number: int) -> str:
    """Entries with any of many fields, each with any of some values."""
    pick = random.Random(7)  # noqa: S311 -- the same entries at each run
    people = [
        "Kim, Jin",
        "Kim, Tae-Woo",
        "Kim, J.",
        "Kim, 伟",
        "Lee, Ada",
        "{The Team}",
        "others",
    ]
    people += ["von Ada, Nora", "Müller, É. V.", "Kim, Jin", "O'Neil, Ann Bea"]
    fields = {
        "title": ["One", "One: two <b>&amp;", "ONE two", "Onemore", "Ḟoo’s"],
        "shorttitle": ["One", "Foo", "ḟoo", "<i>"],
        "journal": ["CoRR abs/2101.00001", "Journal of Corrosion", "arXiv"],
        "venue": ["ICLR", "Ünder & Co"],
        "booktitle": ["Proceedings of X"],
        "year": ["2021", "2024"],
        "date": ["2023-05", "2020-01-31"],
        "origdate": ["2019-12"],
        "added": ["2024-02-03"],
        "eprint": ["2101.00001", "2310.00002"],
        "doi": ["10.1000/a_b(c)"],
        "openreview": ["aB3x"],
        "anthology": ["2024.acl-1.1"],
        "url": ["https://x.org/a.pdf", "https://arxiv.org/abs/2101.00001"],
        "code": ["https://github.com/a/b?c=d&e"],
        "project": ["https://p.org"],
        "parts": ["one; two", "one", ";", "a & b; c"],
        "constructor": ["Eve"],
        "benchname": ["Bench", "<Bench>"],
        "extends": ["k1", "k2, k3"],
        "abstract": ["Some   text."],
        "note": ["A note", "2021"],
        "pages": ["1--2"],
    }
    tags = "stage:early stage:early/first stage:late kind:method kind:GAN kind:constructor".split()
    tags += ["free:some", "free:a/b", "free:__proto__", "word", "Wörd"]
    entries = []
    for n in range(number):
        names = pick.sample(
            people[:-5] + people[-4:], pick.randrange(5)
        ) + pick.sample(people, 1)
        some = {
            name: pick.choice(v)
            for name, v in fields.items()
            if pick.random() < 0.45
        }
        some["author"] = " and ".join(
            pick.choices(names, k=pick.choice([1, 2, 3, 4, 5, 9, 24]))
        )
        some["keywords"] = ", ".join(pick.sample(tags, pick.randrange(5)))
        if pick.random() < 0.1:
            del some["author"]
        lines = ",\n".join(
            f"{name} = {{{value}}}" for name, value in some.items() if value
        )
        kind = pick.choice(["misc", "article", "inproceedings", "dataset"])
        entries.append(f"@{kind}{{k{n},\n{lines}\n}}\n")
    return "".join(entries)


def build(
    folder: Path, papers: list[str], datasets: list[str], words: list[str]
) -> tuple[Library, dict[str, str]]:
    """Pages that show everything in all columns, and the library of them."""
    project = Project(folder)
    names = {path: Path(path).name for path in (*papers, *datasets, *words)}
    for path, name in names.items():
        project.write(name, Path(path).read_text("utf-8"))
    files = {
        "papers": [names[p] for p in papers],
        "datasets": [names[p] for p in datasets],
        "words": [names[p] for p in words],
    }
    project.write("conf.py", CONF.format(**files))
    library = Library.load(
        files["papers"],
        datasets=files["datasets"],
        vocabulary=files["words"],
        root=project.source,
    )
    shown = [name for name in DIRECTIVES if files[name]]
    for name in shown:
        columns = " ".join(every_column(library, name))
        project.write(f"{name}.md", TABLE.format(DIRECTIVES[name], columns))
    facets = "".join(
        f"```{{mmu:term-list}} {name}\n```\n\n" for name in library.facets
    )
    project.write("terms.md", f"# Terms\n\n{facets}")
    pages = "\n".join([*shown, "terms"])
    project.write("index.md", f"# All\n\n```{{toctree}}\n{pages}\n```\n")
    built = project.build()
    return library, {name: built.html(name) for name in shown}


Built = tuple[Path, Library, dict[str, str]]


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder, refs = tmp_path_factory.mktemp("real"), REPOSITORY / "refs"
    papers, words = (
        [str(refs / name) for name in names] for names in (BIBS, TOMLS)
    )
    return folder, *build(folder, papers, [str(refs / "datasets.bib")], words)


@pytest.mark.site
@pytest.mark.slow
@pytest.mark.parametrize("collection", DIRECTIVES)
def test_every_column_of_the_database(collection: str, real: Built) -> None:
    folder, library, pages = real
    compare(
        made(folder, library, collection, pages[collection]),
        library,
        collection,
    )


@pytest.mark.site
def test_every_column_of_some_of_the_database(tmp_path: Path) -> None:
    """Every sixteenth work and every fourth dataset, with all that the vocabulary has."""
    for name, step in {**dict.fromkeys(BIBS, 16), "datasets.bib": 4}.items():
        text = (REPOSITORY / "refs" / name).read_text("utf-8")
        head, *entries = re.split(r"^(?=@)", text, flags=re.MULTILINE)
        (tmp_path / name).write_text("".join([head, *entries[::step]]), "utf-8")
    papers, words = (
        [tmp_path / name for name in BIBS],
        [REPOSITORY / "refs" / n for n in TOMLS],
    )
    datasets, folder = [str(tmp_path / "datasets.bib")], tmp_path / "some"
    library, pages = build(
        folder, [*map(str, papers)], datasets, [*map(str, words)]
    )
    for collection in DIRECTIVES:
        compare(
            made(folder, library, collection, pages[collection]),
            library,
            collection,
        )


def test_a_column_that_only_python_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def every_part(paper: Paper, library: Library) -> Cell:
        known = library.vocabulary.term("stage:early")
        assert known
        parts = [
            *(
                Part("text", "<text>"),
                Part("muted", "none"),
            ),
            *(badge(known),),
            *(
                entry_part("k1", library),
                term_part("stage:late", library),
                title_part(paper),
            ),
            *(Part("url", link.label, link.url) for link in paper.links),
        ]
        return (Line(tuple(parts)), Line((Part("text", paper.type),), "by"))

    def several(paper: Paper, _: Library) -> Cell:
        return tuple(
            Line((Part("text", one.name),)) for one in paper.authors
        ) or text_cell("")

    def published(paper: Paper, _: Library) -> Cell:
        return text_cell(str(paper.published or ""), "time")

    for name, maker in {
        "parts": every_part,
        "several": several,
        "published": published,
    }.items():
        monkeypatch.setitem(STANDARD, name, (Column(name, name.title()), maker))
    (tmp_path / "odd.bib").write_text(odd(60), "utf-8")
    (tmp_path / "words.toml").write_text(
        WORDS.replace("parts", "bits"), "utf-8"
    )
    papers, words = [str(tmp_path / "odd.bib")], [str(tmp_path / "words.toml")]
    library, pages = build(tmp_path / "odd", papers, [], words)
    compare(
        made(tmp_path / "odd", library, "papers", pages["papers"]),
        library,
        "papers",
    )


@pytest.mark.parametrize("number", some_slow([150, 60], [60]))
@pytest.mark.parametrize("words", [WORDS, ""])
def test_every_column_of_odd_entries(
    words: str, number: int, tmp_path: Path
) -> None:
    (tmp_path / "odd.bib").write_text(odd(number), "utf-8")
    (tmp_path / "words.toml").write_text(words, "utf-8")
    vocabulary = [str(tmp_path / "words.toml")] if words else []
    library, pages = build(
        tmp_path / "odd", [str(tmp_path / "odd.bib")], [], vocabulary
    )
    found = made(tmp_path / "odd", library, "papers", pages["papers"])
    compare(found, library, "papers")
