"""All kinds of views. A new one is added to :data:`MODULES`, and to :data:`SETUPS` if it has more
than directives that leave docutils nodes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_mmu.ext.kinds import (
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

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MODULES = (
    papers,
    terms,
    figures,
    results,
    index,
    forms,
    search_box,
    guide,
)
SETUPS = (
    papers.setup_papers,
    terms.setup_terms,
    figures.setup_figures,
    forms.setup_forms,
    search_box.setup_search_box,
)
DIRECTIVES: dict[str, type[MmuDirective]] = {}
for _module in MODULES:
    DIRECTIVES.update(_module.DIRECTIVES)


def setup_kinds(app: Sphinx) -> None:
    """Register every kind."""
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain("mmu", name, directive)
    for setup in SETUPS:
        setup(app)
