"""What was written, read as readers do: pages as trees, the text of their tables, the ways between
them.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit
from xml.etree import ElementTree as ET

_VOID = frozenset(
    "area base br col embed hr img input link meta source track wbr".split()
)


class _Reader(HTMLParser):
    """Makes a tree of HTML that closes what it opens; text outside of the root is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder, self.open = ET.TreeBuilder(), ["root"]
        self.builder.start("root", {})

    def handle_starttag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        assert self.open[-1] == tag, (
            f"<{self.open[-1]}> is closed by </{tag}> in line {self.getpos()[0]}"
        )
        self.builder.end(self.open.pop())

    def handle_data(self, data: str) -> None:
        self.builder.data(data)


def tree(html: str) -> ET.Element:
    """A page as a tree. A tag that is not closed, or closed twice, fails."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == ["root"], f"never closed: {reader.open[1:]}"
    reader.builder.end("root")
    return reader.builder.close()


def by_class(root: ET.Element, name: str) -> Iterator[ET.Element]:
    """The elements of a class, in html or in docutils' XML."""
    return (
        e
        for e in root.iter()
        if name in e.get("class", e.get("classes", "")).split()
    )


def text(element: ET.Element) -> str:
    """What an element says aloud, blanks joined."""
    return " ".join("".join(_spoken(element)).split())


def _spoken(element: ET.Element) -> Iterator[str]:
    if element.get("aria-hidden") != "true":
        yield element.text or ""
        for child in element:
            yield from _spoken(child)
            yield child.tail or ""


def squeezed(element: ET.Element) -> str:
    """What an element says, without any blanks: builders differ in where they put them."""
    return text(element).replace(" ", "")


# --- views, as string and as nodes


def html_tables(root: ET.Element) -> list[list[list[str]]]:
    """Each table of views and behind figures: its rows, each the text of its cells. Headings of
    groups are left out.
    """
    return [
        [
            [squeezed(cell) for cell in row]
            for row in table.iter("tr")
            if row.get("class") != "mmu-group"
        ]
        for css in ("mmu-table", "mmu-data")
        for table in by_class(root, css)
    ]


def xml_tables(root: ET.Element) -> list[list[list[str]]]:
    """The same from the form that other builders get, in which each group is a table with a head of
    its own.
    """
    return [
        [
            [squeezed(entry) for entry in row.findall("entry")]
            for row in table.iter("row")
        ]
        for table in root.iter("table")
    ]


def xml_keys(root: ET.Element) -> list[str]:
    """The keys of the papers that titles lead to, in order, each once."""
    titles = (
        r.get("refuri", "")
        for r in root.iter("reference")
        if next(by_class(r, "mmu-title"), None) is not None
    )
    return list(dict.fromkeys(uri.rpartition("/")[2] for uri in titles))


# --- the ways between pages


def ids(root: ET.Element) -> list[str]:
    """All ids of a page."""
    return [e.get("id", "") for e in root.iter() if e.get("id")]


def pages(out: Path) -> dict[str, ET.Element]:
    """Every page of a site, by its path from the site's root."""
    return {
        path.relative_to(out).as_posix(): tree(path.read_text("utf-8"))
        for path in sorted(out.rglob("*.html"))
        if "_static" not in path.parts
    }


def single_page(out: Path) -> dict[str, ET.Element]:
    """The page of singlehtml, less what Sphinx's own toctree and theme link to and that builder
    never writes.
    """
    root = tree((out / "index.html").read_text("utf-8"))
    for parent in root.iter():
        for child in list(parent):
            if child.get("class", "").startswith("toctree-l") or child.get(
                "href"
            ) in (
                "genindex.html",
                "search.html",
            ):
                parent.remove(child)
    return {"index.html": root}


def repeated_ids(site: dict[str, ET.Element]) -> list[str]:
    """Ids that a page has twice."""
    return [
        f"{name}#{i}"
        for name, root in site.items()
        for i, n in Counter(ids(root)).items()
        if n > 1
    ]


def dead_links(out: Path, site: dict[str, ET.Element]) -> list[str]:
    """Links, pictures, styles and scripts that lead nowhere within the site."""
    known = {name: set(ids(root)) for name, root in site.items()}
    return [
        f"{name} → {address}"
        for name, root in site.items()
        for address in _addresses(root)
        if not _exists(name, address, out, known)
    ]


def _addresses(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        for attribute in ("href", "src"):
            address = element.get(attribute)
            if (
                address is not None
                and not urlsplit(address).scheme
                and not address.startswith("//")
            ):
                yield address


def _exists(
    page: str, address: str, out: Path, known: dict[str, set[str]]
) -> bool:
    path, fragment = urldefrag(address)
    path = unquote(path.partition("?")[0])
    target = (
        posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
        if path
        else page
    )
    if path.endswith("/") or target == "." or (out / target).is_dir():
        target = posixpath.normpath(posixpath.join(target, "index.html"))
    if not (out / target).is_file():
        return False
    return (
        not fragment
        or fragment.startswith("q=")
        or target not in known
        or unquote(fragment) in known[target]
    )


# --- whole outputs


def contents(out: Path) -> dict[str, bytes | Any]:
    """Every file of an output, the search index decoded: Sphinx keeps empty lists of terms that are
    gone.
    """
    found: dict[str, bytes | Any] = {}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_file() and not name.startswith(".doctrees/"):
            found[name] = (
                _search_index(path)
                if name == "searchindex.js"
                else path.read_bytes()
            )
    return found


def _search_index(path: Path) -> dict[str, Any]:
    found = re.fullmatch(
        r"Search\.setIndex\((.*)\)", path.read_text("utf-8"), re.DOTALL
    )
    assert found
    index: dict[str, Any] = json.loads(found[1])
    for part in ("terms", "titleterms"):
        index[part] = {
            term: docs for term, docs in index[part].items() if docs != []
        }
    return index


def differences(one: Path, other: Path) -> list[str]:
    """The files that two outputs do not have alike."""
    left, right = contents(one), contents(other)
    return sorted(
        name
        for name in left.keys() | right.keys()
        if left.get(name) != right.get(name)
    )
