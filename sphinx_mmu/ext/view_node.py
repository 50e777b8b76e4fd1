"""Writes the nodes that pages keep until they are written: views, mentions, links to lines of the
.bib file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_mmu.ext._shared import esc
from sphinx_mmu.ext.docutils_view import Expander
from sphinx_mmu.ext.domain import domain_of
from sphinx_mmu.ext.html_view import Renderer
from sphinx_mmu.ext.nodes import (
    mmu_count,
    mmu_fix,
    mmu_fold,
    mmu_mentions,
    mmu_papers,
    mmu_view,
)
from sphinx_mmu.ext.registry import RENDERINGS, Spot
from sphinx_mmu.messages import _

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

    from sphinx_mmu.ext.domain import MmuDomain
    from sphinx_mmu.ext.mentions import Mention


def spot_of(node: mmu_view) -> Spot:
    """Give the place where a view is written."""
    return Spot(node["refdoc"], dict(node["anchors"]), node.get("fid", ""))


def visit_view_html(translator: HTML5Translator, node: mmu_view) -> None:
    """Write a view as a string."""
    domain = domain_of(translator.builder.env)
    view = domain.views.of(node.request)
    renderer = Renderer(domain)
    text = RENDERINGS[view.request.kind].html(renderer, view, spot_of(node))
    translator.body.append(renderer.relative(text, node["refdoc"]))


def depart_view_html(_translator: HTML5Translator, _node: mmu_view) -> None:
    """Nothing to close."""


def visit_fold(translator: HTML5Translator, node: mmu_fold) -> None:
    """Open what readers fold out."""
    label = esc(node["label"])
    translator.body.append(f'<details class="mmu-details"><summary>{label}</summary>\n')


def depart_fold(translator: HTML5Translator, _node: mmu_fold) -> None:
    """Close it."""
    translator.body.append("</details>\n")


def visit_count(translator: HTML5Translator, node: mmu_count) -> None:
    """Open a link to the papers that are counted, where there may be a link and one shows them."""
    domain, above = domain_of(translator.builder.env), node.parent
    while above is not None and not isinstance(above, nodes.reference | nodes.title):
        above = above.parent
    renderer = Renderer(domain)
    address = renderer.counted((node["filter"],)) if above is None else ""
    node["address"] = address and renderer.relative(
        address, translator.builder.current_docname
    )
    translator.body.append(
        f'<a href="{esc(node["address"])}"' if node["address"] else "<span"
    )
    translator.body.append(' class="mmu-count">')


def depart_count(translator: HTML5Translator, node: mmu_count) -> None:
    """Close it."""
    translator.body.append("</a>" if node["address"] else "</span>")


class ExpandViews(SphinxPostTransform):
    """Replace views by ordinary nodes where the builder cannot print their string. Before
    references resolve.
    """

    default_priority = 5

    def run(self, **_kwargs: object) -> None:
        """Expand every view; lists of mentions and links to lines in every builder."""
        domain = domain_of(self.env)
        for mention in list(self.document.findall(mmu_mentions)):
            mention.replace_self(self._mentions(domain, mention))
        for fix in list(self.document.findall(mmu_fix)):
            fix.replace_self(self._fix(domain, fix["key"]))
        if domain.site.is_html and domain.site.one_document:
            self._tell_apart(domain)
        if domain.site.is_html:
            return
        for fold in list(self.document.findall(mmu_fold)):
            label = nodes.rubric("", fold["label"])
            fold.replace_self(nodes.container("", label, *fold.children))
        for node in list(self.document.findall(mmu_view)):
            expander = Expander(
                domain, node["refdoc"], node.source or "", node.line or 0
            )
            view = domain.views.of(node.request)
            found = RENDERINGS[view.request.kind].nodes(expander, view, spot_of(node))
            node.replace_self(expander.placed(found))

    def _tell_apart(self, domain: MmuDomain) -> None:
        """Leave each object one id where all pages are one: that of the best place, to which links
        lead.
        """
        for node in self.document.findall(mmu_view):
            kind = (
                "term"
                if node.request.kind == "terms"
                else getattr(node.request, "catalogue", "")
            )
            kept = {
                n: a
                for n, a in node["anchors"].items()
                if domain.is_best(kind, n, node["refdoc"], a)
            }
            node["anchors"] = kept
        for target in self.document.findall(nodes.target):
            tag, docname = target.get("mmu-term", ("", ""))
            if tag and not domain.is_best("term", tag, docname, target["ids"][0]):
                target["ids"] = []

    def _fix(self, domain: MmuDomain, key: str) -> list[nodes.Node]:
        address = domain.edit_url(key)
        if not address:
            return []
        link = nodes.reference("", _("Fix this entry"), refuri=address, internal=False)
        return [
            nodes.paragraph(
                "", _("Something wrong or missing? "), link, classes=["mmu-fix"]
            )
        ]

    def _mentions(self, domain: MmuDomain, node: mmu_mentions) -> nodes.Node:
        """The sentences in which pages name an entry, then the pages that only list it."""
        key, items = node["key"], []
        for docname in filter(domain.has_page, domain.mentioned_in(key)):
            title = (
                self.env.titles[docname].astext()
                if docname in self.env.titles
                else docname
            )
            quotes = domain.quotes(key, docname)
            for quote in quotes:
                link = _mention_link(
                    node,
                    docname,
                    quote.anchor,
                    " › ".join(filter(None, (title, quote.section))),
                )
                sentence = nodes.paragraph(
                    "",
                    "",
                    *_quoted(quote, key),
                    classes=["mmu-quote"],
                    translatable=False,
                )
                items.append(
                    nodes.list_item(
                        "", sentence, nodes.paragraph("", "", link, classes=["mmu-by"])
                    )
                )
            if not quotes:
                link = _mention_link(node, docname, "", title)
                items.append(nodes.list_item("", nodes.paragraph("", "", link)))
        if not items:
            return nodes.paragraph(
                "", _("No chapter names it yet."), classes=["mmu-nr"]
            )
        return nodes.bullet_list("", *items, classes=["mmu-list", "mmu-mentions"])


def _mention_link(
    node: mmu_mentions, docname: str, anchor: str, text: str
) -> addnodes.pending_xref:
    link = addnodes.pending_xref(
        "",
        nodes.inline("", text),
        refdomain="mmu",
        reftype="mention",
        reftarget=docname,
        refdoc=node["refdoc"],
        refexplicit=True,
        refwarn=True,
    )
    link["mmu-anchor"] = anchor
    return link


def _quoted(mention: Mention, key: str) -> list[nodes.Node]:
    """A sentence, in which the entry it is quoted for is emphasised."""
    found: list[nodes.Node] = []
    for kind, text, target in mention.sentence:
        if kind == "math":
            found.append(nodes.math(text, text))
        elif kind == "cite":
            shown = nodes.strong if key in target.split(",") else nodes.inline
            found += [nodes.Text("["), shown("", text), nodes.Text("]")]
        else:
            found.append(
                nodes.strong("", text)
                if kind == "entry" and target == key
                else nodes.Text(text)
            )
    return found


def setup_view_node(app: Sphinx) -> None:
    """Register the nodes and what writes them."""
    app.add_node(mmu_view, html=(visit_view_html, depart_view_html))
    app.add_node(mmu_fold, html=(visit_fold, depart_fold))
    app.add_node(mmu_count, html=(visit_count, depart_count))
    app.add_node(mmu_papers)
    app.add_node(mmu_mentions)
    app.add_node(mmu_fix)
    app.add_post_transform(ExpandViews)
