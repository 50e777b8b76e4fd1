"""Writes the nodes that pages keep until they are written: views, counts, what readers fold out,
mentions, links to lines of the .bib file.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.writers.html5 import HTML5Translator

from sphinx_mmu.ext.citations.mentions import Mention
from sphinx_mmu.ext.common.docutils_pieces import (
    Nodes,
    Piece,
    bullets,
    enclosing,
    inline,
    paragraph,
    reference,
    xref,
)
from sphinx_mmu.ext.common.markup import esc
from sphinx_mmu.ext.common.nodes import (
    mmu_aside,
    mmu_count,
    mmu_fix,
    mmu_fold,
    mmu_mentions,
    mmu_papers,
    mmu_search_box,
    mmu_view,
)
from sphinx_mmu.ext.kinds.every import KINDS
from sphinx_mmu.ext.render.docutils_view import NodeRenderer
from sphinx_mmu.ext.render.html_view import Renderer
from sphinx_mmu.ext.state.domain import MmuDomain, domain_of
from sphinx_mmu.messages import _, filled
from sphinx_mmu.views.papers import PapersRequest
from sphinx_mmu.views.texts import CountRequest

# --- as HTML


def visit_view_html(translator: HTML5Translator, node: mmu_view) -> None:
    """Write a view as a string."""
    domain = domain_of(translator.builder.env)
    view = domain.views.of(node.request)
    renderer, write = Renderer(domain), KINDS[view.request.kind].html
    if write:  # all others are nodes by now
        text = write(renderer, view, node.spot)
        translator.body.append(renderer.relative(text, node["refdoc"]))
    raise nodes.SkipNode


def visit_fold(translator: HTML5Translator, node: mmu_fold) -> None:
    """Open what readers fold out."""
    label = f"{node.get('badge', '')}{esc(node['label'])}"
    translator.body.append(
        f'<details class="mmu-details"><summary>{label}</summary>\n'
    )


def depart_fold(translator: HTML5Translator, _node: mmu_fold) -> None:
    """Close what readers fold out."""
    translator.body.append("</details>\n")


def around_aside(_translator: HTML5Translator, _node: mmu_aside) -> None:
    """Write nothing around what is beside the text."""


def visit_count(translator: HTML5Translator, node: mmu_count) -> None:
    """Open a link to the papers that are counted, where there may be a link and one shows them."""
    domain = domain_of(translator.builder.env)
    renderer, address = Renderer(domain), ""
    if enclosing(node, nodes.reference, nodes.title) is None:
        request = CountRequest(filter=node["filter"])
        found = domain.views.of(request).found
        address = renderer.counted((request.filter,), found)
    docname = translator.builder.current_docname
    node["address"] = renderer.relative(address, docname)
    opened = f'<a href="{esc(node["address"])}"' if address else "<span"
    translator.body.append(f'{opened} class="mmu-count">')


def depart_count(translator: HTML5Translator, node: mmu_count) -> None:
    """Close the link of a number of papers."""
    translator.body.append("</a>" if node["address"] else "</span>")


# --- as ordinary nodes


class ReplaceLateNodes(SphinxPostTransform):
    """Replace nodes that wait for all pages by ordinary ones, and views where the builder cannot
    print their string. Before references resolve.
    """

    default_priority = 5

    def run(self, **_kwargs: object) -> None:
        """Expand every node of these kinds."""
        domain = domain_of(self.env)
        site, expansions = domain.site, _LATE
        if not site.is_html:
            expansions = _LATE | _PLAIN
        elif site.one_document:
            self._tell_apart(domain)
        for kind, expand in expansions.items():
            for node in list(self.document.findall(kind)):
                found = expand(domain, node)
                if found is not None:
                    node.replace_self(found)

    def _tell_apart(self, domain: MmuDomain) -> None:
        """Leave each object one id where all pages are one: that of the best place, to which links
        lead.
        """
        for node in self.document.findall(mmu_view):
            kind, asked = "term", node.request
            if isinstance(asked, PapersRequest):
                kind = asked.catalogue
            node["anchors"] = {
                name: anchor
                for name, anchor in node["anchors"].items()
                if domain.places.is_best(kind, name, node["refdoc"], anchor)
            }
        for target in self.document.findall(nodes.target):
            tag, docname = target.get("mmu-term", ("", ""))
            if tag and not domain.places.is_best(
                "term", tag, docname, target["ids"][0]
            ):
                target["ids"] = []


def _fix(domain: MmuDomain, node: mmu_fix) -> Nodes:
    address = domain.edit_url(node["key"])
    if not address:
        return []
    link = reference(_("Fix this entry"), address)
    line = filled(_("Something wrong or missing? {link}"), link=[link])
    return [paragraph(*line, css="mmu-fix")]


def _mentions(domain: MmuDomain, node: mmu_mentions) -> nodes.Node:
    """The sentences in which pages name an entry, then the pages that only list it."""
    key = node["key"]
    items: list[Nodes] = []
    for docname in filter(domain.has_page, domain.mentioned_in(key)):
        title = domain.title(docname)
        quotes = domain.mentions.sentences(key, docname)
        for quote in quotes:
            where = " › ".join(filter(None, (title, quote.section)))
            link = _mention_link(node, docname, quote.anchor, where)
            said = _quoted(quote, key)
            sentence = paragraph(*said, css="mmu-quote", translatable=False)
            items.append([sentence, paragraph(link, css="mmu-by")])
        if not quotes:
            items.append([paragraph(_mention_link(node, docname, "", title))])
    if not items:
        return paragraph(_("No page mentions it yet."), css="mmu-nr")
    return bullets(items, "mmu-list mmu-mentions")


def _mention_link(
    node: mmu_mentions, docname: str, anchor: str, text: str
) -> nodes.Node:
    at = {"mmu-anchor": anchor}
    return xref(
        inline(text), "mention", docname, node["refdoc"], refexplicit=True, **at
    )


def _quoted(mention: Mention, key: str) -> list[Piece]:
    """A sentence, in which the entry it is quoted for is emphasised."""
    found: list[Piece] = []
    for kind, text, target in mention.sentence:
        if kind == "math":
            found.append(nodes.math(text, text))
        elif kind == "cite":
            shown = nodes.strong if key in target.split(",") else nodes.inline
            found += ["[", shown("", text), "]"]
        else:
            named = kind == "entry" and target == key
            found.append(nodes.strong("", text) if named else text)
    return found


def _unfolded(_domain: MmuDomain, node: mmu_fold) -> nodes.Node:
    return nodes.container("", nodes.rubric("", node["label"]), *node.children)


def _view(domain: MmuDomain, node: mmu_view) -> Nodes | None:
    """The nodes of a view; None where it is written as HTML."""
    kind = KINDS[node.request.kind]
    if kind.html and domain.site.is_html:
        return None
    renderer = NodeRenderer(domain, node["refdoc"], node.source, node.line)
    view = domain.views.of(node.request)
    return renderer.placed(kind.nodes(renderer, view, node.spot))


_Expansions = dict[type[nodes.Element], Callable[[MmuDomain, Any], Any]]
_LATE: _Expansions = {
    mmu_view: _view,
    mmu_mentions: _mentions,
    mmu_fix: _fix,
}
"""What is known only when all pages are read."""
_PLAIN: _Expansions = {
    mmu_fold: _unfolded,
    mmu_search_box: lambda _domain, _node: [],
}
"""What is ordinary nodes, or nothing, where it is not written as HTML."""


def setup(app: Sphinx) -> None:
    """Register the nodes and what writes them."""
    app.add_node(mmu_view, html=(visit_view_html, None))
    app.add_node(mmu_fold, html=(visit_fold, depart_fold))
    app.add_node(mmu_aside, html=(around_aside, around_aside))
    app.add_node(mmu_count, html=(visit_count, depart_count))
    for node in (mmu_mentions, mmu_fix, mmu_papers):
        app.add_node(node)
    app.add_post_transform(ReplaceLateNodes)
