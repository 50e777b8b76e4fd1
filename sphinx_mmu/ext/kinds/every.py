"""All kinds of views. A new one is added to :data:`MODULES`; what writes a node of its own is
registered here.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from sphinx_mmu.ext.common.nodes import (
    mmu_figure,
    mmu_form,
    mmu_search_box,
    mmu_table,
)
from sphinx_mmu.ext.kinds import (
    feeds,
    figures,
    forms,
    guide,
    index,
    papers,
    results,
    search_box,
    terms,
)
from sphinx_mmu.ext.kinds.directive import MmuDirective
from sphinx_mmu.ext.kinds.figures_html import _frame

MODULES = (
    papers,
    terms,
    figures,
    results,
    index,
    forms,
    search_box,
    feeds,
    guide,
)
DIRECTIVES: dict[str, type[MmuDirective]] = {}
for _module in MODULES:
    DIRECTIVES.update(_module.DIRECTIVES)


def setup_kinds(app: Sphinx) -> None:
    """Register every kind."""
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain("mmu", name, directive)
    app.add_node(mmu_figure, html=(_frame.visit_figure, _frame.depart_figure))
    app.add_node(mmu_table, html=(_frame.visit_table, None))
    app.add_node(mmu_form, html=(forms.visit_form, forms.depart_form))
    app.add_node(mmu_search_box, html=(search_box.visit_search_box, None))
