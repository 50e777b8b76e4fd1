"""Files that the build writes beside the pages: scripts with data, papers.json, schemas, the
colours of the vocabulary.
"""

from __future__ import annotations

import ast
import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_mmu.export.client_data import data_script, script_text
from sphinx_mmu.export.papers_json import papers_json
from sphinx_mmu.export.results_csv import results_csv
from sphinx_mmu.ext._shared import write_if_changed
from sphinx_mmu.ext.domain import MmuDomain, domain_of
from sphinx_mmu.ext.downloads import export_script, listing, write_files
from sphinx_mmu.ext.kinds.figures import FIGURES_CSS
from sphinx_mmu.ext.pages.search import is_searched
from sphinx_mmu.ext.registry import ASSETS, NO_ASSETS, add_script
from sphinx_mmu.messages import _
from sphinx_mmu.views.base import digest

if TYPE_CHECKING:
    from sphinx.application import Sphinx

COLOURS = "mmu-colours.css"
_PACKAGE = files("sphinx_mmu")
_MESSAGES = "mmu-messages.js"
_MADE = (
    *(
        f"mmu-{name}{part}.js"
        for name in ("papers", "datasets")
        for part in ("", "-export")
    ),
    _MESSAGES,
)
"""The scripts with data."""

_LOOKED_UP = re.compile(
    r"""(?<![\w$.])_\(\s*("(?:[^"\\\n]|\\.)+"|'(?:[^'\\\n]|\\.)+')"""
)
"""A text that a script looks up."""


def script_texts() -> list[str]:
    """The texts that the package's scripts look up."""
    files = (
        file for file in (_PACKAGE / "static").iterdir() if file.name.endswith(".js")
    )
    found = (
        text for file in files for text in _LOOKED_UP.findall(file.read_text("utf-8"))
    )
    return sorted(set(map(ast.literal_eval, found)))


def messages_script() -> str:
    """The translations of texts of scripts; empty without a catalogue."""
    found = {text: said for text in script_texts() if (said := _(text)) != text}
    return f"(window.mmu??={{}}).messages={script_text(found)};\n" if found else ""


def _remove_former_scripts(app: Sphinx) -> None:
    """Take away scripts that an earlier release kept where made files wait: they would take the
    places of the package's own.
    """
    for path in static_folder(app).glob("mmu-*.js"):
        if path.name not in _MADE:
            path.unlink()
            (Path(app.outdir) / "_static" / path.name).unlink(missing_ok=True)


def colours_css(domain: MmuDomain) -> str:
    """Custom properties for the coloured terms of numbered facets, ``--mmu-c1`` and on, light and
    dark, and the classes that use them.
    """
    numbered = (f for f in domain.library.facets.values() if f.numbered)
    terms = [t for f in numbered for t in f.terms if t.depth == 1]
    classes = [
        f".mmu-c{order}{{--mmu-c:var(--mmu-c{order},var(--mmu-mut))}}\n"
        for order in sorted({t.order for t in terms})
    ]
    pairs = [
        f"--mmu-c{t.order}:light-dark({t.colour[0]},{t.colour[1]});"
        for t in terms
        if t.colour
    ]
    body = "body{" + "".join(pairs) + "}\n" if pairs else "\n"
    return body + "".join(classes)


def records_script(domain: MmuDomain, name: str) -> str:
    """The records of a collection for the explorers, with the addresses of their pages."""
    explorer = domain.env.config.mmu_explorer

    def address(kind: str, target: str) -> str:
        if kind == "explorer":
            is_there = name == "papers" and domain.has_page(explorer)
            return domain.site.address(explorer) if is_there else ""
        if kind == "feed":
            is_there = name == "papers" and target in domain.site.feeds
            return domain.site.feeds[target][1].file if is_there else ""
        place = (
            domain.entry_place(target)
            if kind == "entry"
            else domain.place(kind, target)
        )
        return domain.site.address(place.docname, place.anchor) if place else ""

    drawn: set[str] = set()
    for docname in domain.data["views"]:
        for request in domain.requests(docname):
            if (
                request.kind == "papers"
                and request.facets
                and request.collection == name
            ):
                drawn.update(request.columns)
    return data_script(
        domain.library, domain.library.collection(name), name, address, drawn
    )


def page_scripts(
    app: Sphinx,
    pagename: str,
    _template: str,
    _context: dict[str, object],
    _doctree: object,
) -> None:
    """The style sheets of what a page shows, and the scripts of its explorers."""
    domain = domain_of(app.env)
    if not domain.site.is_html:
        return
    requests, styles = (
        domain.requests(pagename),
        [FIGURES_CSS] if domain.site.one_document else [],
    )
    styles += [
        style for r in requests for style in ASSETS.get(r.kind, NO_ASSETS).styles
    ]
    for name in dict.fromkeys(styles):
        app.add_css_file(name)
    collections = sorted(
        {r.collection for r in requests if r.kind == "papers" and r.facets}
    )
    if domain.site.one_document or not collections:
        return
    for name in (*(f"mmu-{c}.js" for c in collections), "mmu-explorer.js"):
        add_script(app, name)
    app.add_css_file("mmu-explorer.css")


def write_scripts(app: Sphinx) -> None:
    """Write the scripts with records, and with the forms to take away, of the collections that
    pages ask for.
    """
    domain = domain_of(app.env)
    if not domain.site.is_html or domain.site.one_document:
        return
    requests = [r for docname in domain.data["views"] for r in domain.requests(docname)]
    explored = {r.collection for r in requests if r.kind == "papers" and r.facets}
    wanted = any(
        ASSETS.get(r.kind, NO_ASSETS).records for r in requests
    ) or is_searched(app)
    named = {"papers"} if domain.site.page_names or wanted else set()
    texts: dict[str, str] = {}
    for name in sorted(explored | named):
        texts[f"mmu-{name}.js"] = records_script(domain, name)
        domain.site.record_marks[name] = digest(texts[f"mmu-{name}.js"])
    for name in sorted(explored):
        text = export_script(domain.library, domain.library.collection(name), name)
        texts[f"mmu-{name}-export.js"] = text
    if messages := messages_script():
        texts[_MESSAGES] = messages
    for file in _MADE:
        if file in texts:
            write_if_changed(static_folder(app) / file, texts[file])
        else:  # of an earlier build that had more to show
            (static_folder(app) / file).unlink(missing_ok=True)
            (Path(app.outdir) / "_static" / file).unlink(missing_ok=True)


def static_folder(app: Sphinx) -> Path:
    """Where made files wait until Sphinx copies them."""
    return Path(app.doctreedir) / "mmu-static"


def add_assets(app: Sphinx) -> None:
    """The style sheets and scripts; of these an EPUB, whose readers know little CSS, has one."""
    domain = domain_of(app.env)
    if app.builder.name == "epub":
        _add_book_style(app)
    if not domain.site.is_html:
        return
    folder = static_folder(app)
    write_if_changed(folder / COLOURS, colours_css(domain))
    _remove_former_scripts(app)
    app.config.html_static_path = [
        *app.config.html_static_path,
        str(_PACKAGE / "static"),
        str(folder),
    ]
    if not domain.site.one_document and messages_script():
        app.add_js_file(
            _MESSAGES, loading_method="defer", priority=400
        )  # before other scripts
    app.add_css_file("mmu.css")
    app.add_css_file(COLOURS)


def _add_book_style(app: Sphinx) -> None:
    sheet = _PACKAGE / "static/mmu-epub.css"
    app.config.html_static_path = [*app.config.html_static_path, str(sheet)]
    app.add_css_file(sheet.name)


def write_data(app: Sphinx, exception: Exception | None) -> None:
    """Write ``papers.json`` and the schemas of data and vocabulary to the root of an html site."""
    if exception or app.builder.format != "html" or app.builder.name == "epub":
        return
    domain = domain_of(app.env)

    def address(key: str) -> str:
        place = domain.place("paper", key)
        return domain.site.address(place.docname) if place else ""

    write_files(app, domain)
    write_if_changed(
        Path(app.outdir) / "papers.json",
        papers_json(domain.library, address, listing(domain)),
    )
    if domain.library.results.rows:
        write_if_changed(
            Path(app.outdir) / "results.csv", results_csv(domain.library.results)
        )
    for schema in (
        _PACKAGE / "export/papers.schema.json",
        _PACKAGE / "vocabulary/vocabulary.schema.json",
    ):
        write_if_changed(Path(app.outdir) / schema.name, schema.read_text("utf-8"))
