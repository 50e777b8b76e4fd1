"""Files that the build writes beside the pages: papers.json with its schema, and the colours of the vocabulary."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_mmu.export import papers_json
from sphinx_mmu.ext.domain import MmuDomain, domain_of
from sphinx_mmu.ext.stubs import write_if_changed

if TYPE_CHECKING:
    from sphinx.application import Sphinx

COLOURS = "mmu-colours.css"
_PACKAGE = files("sphinx_mmu")


def colours_css(domain: MmuDomain) -> str:
    """Custom properties for the coloured terms of numbered facets, ``--mmu-c1`` and on, light and dark."""
    terms = [t for f in domain.library.facets.values() if f.numbered for t in f.terms if t.depth == 1 and t.colour]
    pairs = [f"--mmu-c{t.order}:light-dark({t.colour[0]},{t.colour[1]});" for t in terms if t.colour]
    return "body{" + "".join(pairs) + "}\n" if pairs else "\n"


def colours_changed(domain: MmuDomain, output: str) -> bool:
    """Whether an output was written with other colours; remembers those of now."""
    colours, known = colours_css(domain), domain.data.setdefault("colours", {})
    changed = domain.as_string and known.get(output, colours) != colours
    known[output] = colours
    return bool(changed)


def add_assets(app: Sphinx) -> None:
    """The style sheets, for html only: readers of EPUB know too little CSS."""
    domain = domain_of(app.env)
    if not domain.as_string:
        return
    folder = Path(app.doctreedir) / "mmu-static"
    write_if_changed(folder / COLOURS, colours_css(domain))
    app.config.html_static_path = [*app.config.html_static_path, str(_PACKAGE / "static"), str(folder)]
    app.add_css_file("mmu.css")
    app.add_css_file(COLOURS)


def write_data(app: Sphinx, exception: Exception | None) -> None:
    """Write ``papers.json`` and its schema to the root of an html site."""
    if exception or app.builder.format != "html" or app.builder.name == "epub":
        return
    domain = domain_of(app.env)

    def address(key: str) -> str:
        place = domain.place("paper", key)
        return app.builder.get_target_uri(place.docname) if place else ""

    write_if_changed(Path(app.outdir) / "papers.json", papers_json(domain.library, address))
    schema = (_PACKAGE / "papers.schema.json").read_text("utf-8")
    write_if_changed(Path(app.outdir) / "papers.schema.json", schema)
