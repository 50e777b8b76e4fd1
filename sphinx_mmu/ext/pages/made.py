"""What surrounds made pages, those of papers and of values of facets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

from sphinx_mmu.ext.common.markup import META, add_to_head, esc
from sphinx_mmu.ext.common.nodes import mmu_papers
from sphinx_mmu.ext.state.domain import MmuDomain, domain_of
from sphinx_mmu.messages import _
from sphinx_mmu.views.paper import neighbours


def late_toctree(app: Sphinx, doctree: nodes.document) -> None:
    """Put the paper pages into a hidden toctree that the collectors never see, and that has no
    entries.

    Builders of one document inline what it includes. Entries would fill every sidebar if it
    is on the first page, as a toctree that collectors see would on any page, and the cost grows
    with the square of the number of papers.
    """
    domain = domain_of(app.env)
    for node in list(doctree.findall(mmu_papers)):
        docnames = sorted(domain.site.page_names.values())
        node.replace_self(
            addnodes.toctree(
                "",
                includefiles=docnames,
                entries=[],
                hidden=True,
                titlesonly=True,
                maxdepth=-1,
                glob=False,
                caption=None,
                rawcaption="",
                includehidden=False,
                numbered=0,
                parent=domain.docname,
            )
        )


def page_context(
    app: Sphinx,
    pagename: str,
    _template: str,
    context: dict[str, Any],
    _doctree: object,
) -> None:
    """Breadcrumb, previous, next, edit link and the mark of a made page."""
    domain = domain_of(app.env)
    key = domain.site.page_keys.get(pagename)
    if key is None and pagename not in domain.site.facet_pages:
        return

    def link(docname: str, title: str) -> dict[str, str]:
        address = app.builder.get_relative_uri(pagename, docname)
        return {"link": address, "title": esc(title)}

    add_to_head(context, META)
    near = _near_paper(domain, key) if key else _near_value(domain, pagename)
    for name, neighbour in zip(("prev", "next"), near, strict=True):
        context[name] = link(*neighbour) if neighbour else None
    explorer = app.config.mmu_explorer
    if explorer in app.env.found_docs:
        context["parents"] = [link(explorer, domain.title(explorer))]
    if domain.site.has_pages:
        here = (
            domain.library.labels[key] if key else domain.facet_label(pagename)
        )
        way = [
            link(app.config.root_doc, _("Home")),
            *context.get("parents", ()),
        ]
        context["body"] = _breadcrumb(way, here) + context.get("body", "")
    if key and app.config.mmu_edit_url:
        context["theme_source_edit_link"] = domain.edit_url(key)
    else:  # themes offer to edit the source, which the build makes
        context["page_source_suffix"] = ""


_Near = Iterator[tuple[str, str] | None]


def _near_paper(domain: MmuDomain, key: str) -> _Near:
    """The pages of the papers before and after one in its file, each as (docname, title)."""
    names, labels = domain.site.page_names, domain.library.labels
    for near in neighbours(domain.library.papers.by_key[key], domain.library):
        yield (names[near], labels[near]) if near in names else None


def _near_value(domain: MmuDomain, pagename: str) -> _Near:
    """The pages before and after that of a facet's value among those of the facet."""
    for docname in domain.site.beside[pagename]:
        yield (docname, domain.facet_label(docname)) if docname else None


def _breadcrumb(way: Iterable[dict[str, str]], here: str) -> str:
    """The way to a made page, for every theme: the start, the explorer, the page itself."""
    links = "".join(
        f'<li><a href="{esc(step["link"])}">{step["title"]}</a></li>'
        for step in way
    )
    return (
        f'<nav class="mmu-crumb" aria-label="{esc(_("Breadcrumb"))}"><ol>{links}'
        f'<li><span aria-current="page">{esc(here)}</span></li></ol></nav>\n'
    )


def setup(app: Sphinx) -> None:
    """Connect to pages that are read or written."""
    app.connect("doctree-read", late_toctree, priority=800)
    app.connect("html-page-context", page_context)
