"""The page of each paper: a stub in the source folder with one directive, which makes the titled page."""

from __future__ import annotations

import os
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import _

from sphinx_mmu.cells import Line, Part
from sphinx_mmu.ext._shared import PAGE_MARK, anchor_of, short_hash
from sphinx_mmu.ext.directives import MmuDirective, sheet
from sphinx_mmu.ext.domain import MmuDomain, Place, domain_of
from sphinx_mmu.ext.nodes import mmu_fix, mmu_mentions, mmu_papers
from sphinx_mmu.ext.render import esc
from sphinx_mmu.model import Paper
from sphinx_mmu.sheets import all_links, neighbours, paper_sheet, related
from sphinx_mmu.views import Request

if TYPE_CHECKING:
    from docutils.nodes import Node
    from sphinx.application import Sphinx

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})


def page_names(keys: Iterable[str], folder: str) -> dict[str, str]:
    """Key → docname. A key that is no safe file name, or differs from another only in case, gets a hash."""
    keys = tuple(keys)
    alike = Counter(key.casefold() for key in keys)
    return {key: f"{folder}/{_file_name(key, alone=alike[key.casefold()] == 1)}" for key in keys}


def _file_name(key: str, *, alone: bool) -> str:
    if alone and _SAFE.fullmatch(key) and key[-1] != "." and key.casefold().split(".")[0] not in _DEVICES:
        return key
    clean = re.sub(r"[^A-Za-z0-9]+", "-", key).strip("-")
    return f"{clean}-{short_hash(key)}".lstrip("-")


def stub(key: str, markup: str) -> str:
    """The text of a stub. The key stands in the comment; the directive knows its page."""
    if markup == "restructuredtext":
        return f".. {PAGE_MARK}\n   {key}\n\n:orphan:\n\n.. mmu:paper-page::\n"
    return f"---\norphan: true\n---\n\n% {PAGE_MARK}\n% {key}\n\n```{{mmu:paper-page}}\n```\n"


def write_if_changed(path: Path, text: str) -> bool:
    """Write a file whole or not at all, and only if its text differs."""
    if path.is_file() and path.read_text("utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    Path(name).chmod(0o644)
    Path(name).replace(path)
    return True


def write_stubs(app: Sphinx, domain: MmuDomain) -> None:
    """Make the stubs of all papers, and remove those of papers that are gone."""
    config, folder = app.config, app.srcdir / app.config.mmu_paper_dir
    suffix, markup = _markup(config.source_suffix)
    keys = [p.key for p in domain.library.papers.papers] if config.mmu_paper_pages else []
    domain.page_names = page_names(keys, config.mmu_paper_dir)
    domain.page_keys = {docname: key for key, docname in domain.page_names.items()}
    for key, docname in domain.page_names.items():
        write_if_changed(app.srcdir / f"{docname}{suffix}", stub(key, markup))
    if keys:
        write_if_changed(folder / ".gitignore", f"# {PAGE_MARK}\n*\n")
    wanted = {app.srcdir / f"{docname}{suffix}" for docname in domain.page_names.values()}
    domain.data["folders"].add(config.mmu_paper_dir)
    for path in sorted({stub for name in domain.data["folders"] for stub in _stubs(app.srcdir / name)} - wanted):
        path.unlink()


def _markup(suffixes: Mapping[str, str]) -> tuple[str, str]:
    """The suffix and the parser of stubs: reST where the project reads it."""
    for markup in ("restructuredtext", "markdown"):
        found = next((suffix for suffix, parser in suffixes.items() if parser == markup), "")
        if found:
            return found, markup
    return next(iter(suffixes)), "restructuredtext"


def _stubs(folder: Path) -> Iterator[Path]:
    for path in folder.glob("*.*") if folder.is_dir() else ():
        if path.name != ".gitignore" and PAGE_MARK in path.read_text("utf-8", "replace")[:400]:
            yield path


def remove_output(app: Sphinx, exception: Exception | None) -> None:
    """Delete the written pages of papers that are gone: Sphinx leaves them."""
    builder: Any = app.builder
    if exception or builder.format != "html" or builder.name == "singlehtml":
        return
    wanted = {Path(builder.get_outfilename(d)) for d in app.env.found_docs}
    for name in domain_of(app.env).data["folders"]:
        folder = Path(app.outdir) / name
        for path in [p for p in folder.rglob("*.html") if p not in wanted and _META in p.read_text("utf-8", "replace")]:
            path.unlink()
            for parent in path.parents:
                if parent == Path(app.outdir) or any(parent.iterdir()):
                    break
                parent.rmdir()


_META = '<meta name="mmu-paper"'


class PaperPageDirective(MmuDirective):
    """The whole page of one paper, as ordinary nodes: this is what the search finds."""

    def run(self) -> list[Node]:
        """Make the section, and register the page as the paper's place."""
        key = self.domain.page_keys.get(self.docname, "")
        paper = self.domain.library.papers.by_key.get(key)
        if paper is None:
            return []
        self.note(Request("paper", key))
        self.domain.note_place("paper", key, Place(0, self.docname, ""))
        self.env.metadata[self.docname]["hide-toc"] = "true"
        self.page_id = f"paper-{anchor_of(key)}"
        section = nodes.section("", ids=[self.page_id], names=[], classes=["mmu-paper"])
        section += self._head(paper)
        section += self._gaps(paper)
        section += self._section(_("Cite"), self.view_node(Request("bibtex", key)))
        section += self._section(_("Mentioned in"), self._mentions(key))
        section += self._related(paper)
        section += mmu_fix("", key=key)
        return [section]

    def _line(self, parts: Iterable[Part], css: str) -> nodes.paragraph:
        return nodes.paragraph("", "", *self.expander().line_nodes(parts), classes=[css], translatable=False)

    def _head(self, paper: Paper) -> list[Node]:
        title, rest = paper.title, ""
        if paper.short and paper.title.casefold().startswith(f"{paper.short.casefold()}:"):
            title, rest = paper.title[: len(paper.short)], paper.title[len(paper.short) + 1 :].strip()
        elif paper.short:
            rest = _("short name: %s") % paper.short
        found: list[Node] = [nodes.title(title, title, translatable=False)]
        if rest:
            found.append(self._line([Part("text", rest)], "mmu-subtitle"))
        names = ", ".join(a.name for a in paper.authors)
        if names:
            found.append(self._line([Part("text", names)], "mmu-authors"))
        found.append(self._foot(paper))
        if paper.abstract:
            found.append(self._line([Part("text", paper.abstract)], "mmu-abstract"))
        rows = paper_sheet(paper, self.domain.library)
        if rows:
            found.append(sheet(self.expander(), rows, "mmu-tags"))
        return found

    def _foot(self, paper: Paper) -> nodes.paragraph:
        line = nodes.paragraph("", classes=["mmu-foot"], translatable=False)
        venue = self.domain.views.cells(("venue",), paper)[0]
        line += nodes.inline("", "", *self.expander().line_nodes(venue[0].parts), classes=["mmu-venue"])
        if paper.date:
            line += [
                nodes.Text(" "),
                nodes.inline("", _("first public %s") % paper.date, classes=["mmu-c-date"]),
            ]
        links = all_links(paper)[0]
        line += [
            nodes.Text(" "),
            nodes.inline("", "", *self.expander().line_nodes(links.parts), classes=["mmu-links"]),
        ]
        return line

    def _gaps(self, paper: Paper) -> list[Node]:
        kinds = {link.kind for link in paper.links}
        known = {_("authors"): bool(paper.authors), _("venue"): bool(paper.venue_short)}
        known |= {_("DOI"): "doi" in kinds, _("code"): "code" in kinds}
        lacking = [label for label, value in known.items() if not value]
        if not lacking:
            return []
        text = _("Nobody has checked; it does not mean that there is none.")
        parts = [Part("strong", _("Not recorded: ")), Part("text", f"{', '.join(lacking)}. {text}")]
        return [self._line(parts, "mmu-gaps")]

    def _section(self, title: str, *content: Node) -> nodes.section:
        name = f"{self.page_id}-{nodes.make_id(title)}"  # unique over all pages: builders may join them
        return nodes.section("", nodes.title(title, title), *content, ids=[name], names=[])

    def _mentions(self, key: str) -> Node:
        return mmu_mentions("", key=key, refdoc=self.docname)

    def _related(self, paper: Paper) -> list[Node]:
        expander = self.expander()
        items = []
        for part, reason in related(paper, self.domain.library):
            lines = expander.cell((Line((part,)), Line((Part("text", reason),), "by")))
            items.append(nodes.list_item("", *lines))
        return (
            [self._section(_("Related"), nodes.bullet_list("", *items, classes=["mmu-list", "mmu-related"]))]
            if items
            else []
        )


def late_toctree(app: Sphinx, doctree: nodes.document) -> None:
    """Put the paper pages into a hidden toctree that the collectors never see.

    Builders of one document inline from it. A toctree that collectors see would fill every sidebar, and its
    cost grows with the square of the number of papers.
    """
    for node in list(doctree.findall(mmu_papers)):
        docnames = sorted(domain_of(app.env).page_names.values())
        node.replace_self(
            addnodes.toctree(
                "", includefiles=docnames, entries=[(None, d) for d in docnames], hidden=True, titlesonly=True,
                maxdepth=-1, glob=False, caption=None, rawcaption="", includehidden=False, numbered=0,
                parent=app.env.current_document.docname,
            )
        )  # fmt: skip


def page_context(app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """Breadcrumb, previous, next, edit link and the mark of a paper's page."""
    domain = domain_of(app.env)
    key = domain.page_keys.get(pagename)
    if key is None:
        return
    paper = domain.library.papers.by_key[key]
    context["metatags"] = context.get("metatags", "") + f'\n{_META} content="1" />'
    before, after = neighbours(paper, domain.library)
    for name, neighbour in (("prev", before), ("next", after)):
        context[name] = _link(app, domain, pagename, neighbour) if neighbour else None
    explorer = app.config.mmu_explorer
    if explorer in app.env.found_docs:
        context["parents"] = [
            {
                "link": app.builder.get_relative_uri(pagename, explorer),
                "title": app.env.titles[explorer].astext(),
            }
        ]
    if app.config.mmu_edit_url:
        context["theme_source_edit_link"] = domain.edit_url(key)


def _link(app: Sphinx, domain: MmuDomain, pagename: str, key: str) -> dict[str, str]:
    address = app.builder.get_relative_uri(pagename, domain.page_names[key])
    return {"link": address, "title": esc(domain.library.labels[key])}
