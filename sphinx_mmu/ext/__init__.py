"""The Sphinx side. This module has ``setup`` and the handlers of Sphinx's events, each a call or
two.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.locale import get_translator
from sphinx.util.typing import ExtensionMetadata

from sphinx_mmu import __version__, messages
from sphinx_mmu.ext._shared import uncollected, warn
from sphinx_mmu.ext.assets import add_assets, page_scripts, write_data, write_scripts
from sphinx_mmu.ext.bibtex import check_filters, give_copies
from sphinx_mmu.ext.config import setup_config
from sphinx_mmu.ext.domain import MmuDomain, domain_of
from sphinx_mmu.ext.incremental import setup_stale, source_mark, unstored_pages
from sphinx_mmu.ext.kinds.every import setup_kinds
from sphinx_mmu.ext.latex import setup_latex
from sphinx_mmu.ext.mentions import mentions
from sphinx_mmu.ext.pages.feeds import setup_feeds
from sphinx_mmu.ext.pages.machines import setup_machines
from sphinx_mmu.ext.pages.made import (
    FacetPageDirective,
    PaperPageDirective,
    late_toctree,
    page_context,
)
from sphinx_mmu.ext.pages.metadata import setup_meta
from sphinx_mmu.ext.pages.paging_files import collect_slices, remove_pages
from sphinx_mmu.ext.pages.search import setup_search_data
from sphinx_mmu.ext.pages.stubs import write_stubs
from sphinx_mmu.ext.responsive_tables import setup_labels
from sphinx_mmu.ext.scripts import setup_scripts
from sphinx_mmu.ext.search import setup_search
from sphinx_mmu.ext.site import Site
from sphinx_mmu.ext.view_node import setup_view_node
from sphinx_mmu.library.library import Library
from sphinx_mmu.views.kinds import Views

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment


def on_config_inited(_app: Sphinx, _config: Config) -> None:
    """Choose the language, before anything is made that has texts."""
    messages.use(get_translator(messages.DOMAIN))


def on_builder_inited(app: Sphinx) -> None:
    """Load the database, report what is wrong with it, and make the pages of papers."""
    config, domain, root = app.config, domain_of(app.env), Path(app.confdir)
    files = {
        "papers": config.mmu_bibfiles,
        "datasets": config.mmu_dataset_bibfiles,
        "background": config.mmu_background_bibfiles,
        "vocabulary": config.mmu_vocabulary,
        "results": config.mmu_results,
    }
    source = source_mark(root / name for names in files.values() for name in names)
    with uncollected():
        library = Library.load(**files, root=root, publish=config.mmu_publish_fields)
    for problem in library.problems:
        warn(problem)
    domain.site = Site(app.builder, Views(library), source)
    write_stubs(app, domain)
    add_assets(app)


def on_env_get_outdated(
    app: Sphinx,
    env: BuildEnvironment,
    _added: AbstractSet[str],
    _changed: AbstractSet[str],
    removed: AbstractSet[str],
) -> list[str]:
    """Pages whose views are out of date, and those that a killed build read."""
    with uncollected():
        outdated = domain_of(env).outdated()
    return sorted((outdated | unstored_pages(app, env)) - removed)


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> None:
    """Check all pages together. Labels of citations are known by now."""
    domain_of(env).check_places()
    check_filters(env)
    write_scripts(app)


def on_doctree_read(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the sentences that name entries; pages that the build makes only list them."""
    docname, domain = app.env.current_document.docname, domain_of(app.env)
    if not (
        docname in domain.site.page_keys
        or docname in domain.site.facet_pages
        or domain.is_silent(docname)
    ):
        domain.note_quotes(docname, mentions(doctree, docname))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything."""
    setup_config(app)
    app.add_message_catalog(
        messages.DOMAIN, Path(messages.__file__).with_name("locale")
    )
    app.connect("config-inited", on_config_inited)
    app.add_domain(MmuDomain)
    setup_kinds(app)
    app.add_directive_to_domain("mmu", "paper-page", PaperPageDirective)
    app.add_directive_to_domain("mmu", "facet-page", FacetPageDirective)
    setup_view_node(app)
    app.connect("builder-inited", give_copies, priority=100)
    app.connect("builder-inited", on_builder_inited)
    app.connect("env-get-outdated", on_env_get_outdated)
    app.connect("env-updated", on_env_updated, priority=900)
    app.connect(
        "doctree-read", on_doctree_read, priority=800
    )  # after the collectors of metadata and titles
    app.connect("doctree-read", late_toctree, priority=900)
    app.connect("html-page-context", page_context)
    app.connect("html-page-context", page_scripts)
    app.connect("html-collect-pages", collect_slices)
    app.connect("build-finished", write_data)
    app.connect("build-finished", remove_pages)
    setup_feeds(app)
    setup_labels(app)
    setup_latex(app)
    setup_scripts(app)
    setup_meta(app)
    setup_machines(app)
    setup_search_data(app)
    setup_search(app)
    setup_stale(app)
    return {
        "version": __version__,
        "env_version": 3,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
