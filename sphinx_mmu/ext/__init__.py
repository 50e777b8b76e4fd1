"""The Sphinx side. This module has ``setup`` and the handlers of Sphinx's events, each a call or
two.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import chain
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.locale import get_translator
from sphinx.util.typing import ExtensionMetadata

from sphinx_mmu import __version__, messages
from sphinx_mmu.ext.citations.bibtex import (
    add_copies,
    check_filters,
    wrap_cite_roles,
)
from sphinx_mmu.ext.citations.mentions import is_silent, mentions
from sphinx_mmu.ext.common.misspelt import check_text
from sphinx_mmu.ext.common.reporting import warn
from sphinx_mmu.ext.config import VALUES, check_config, check_metadata
from sphinx_mmu.ext.incremental.output import setup_incremental
from sphinx_mmu.ext.incremental.sources import source_mark, unstored_pages
from sphinx_mmu.ext.kinds.every import setup_kinds
from sphinx_mmu.ext.kinds.papers import add_catalogues
from sphinx_mmu.ext.latex import setup_latex
from sphinx_mmu.ext.pages.feeds import announce, feeds_of, write_feeds
from sphinx_mmu.ext.pages.machines import write_machines
from sphinx_mmu.ext.pages.made import late_toctree, page_context
from sphinx_mmu.ext.pages.metadata import page_meta, paper_meta
from sphinx_mmu.ext.pages.page_assets import add_assets, page_assets
from sphinx_mmu.ext.pages.paging_files import (
    collect_further_pages,
    remove_pages,
)
from sphinx_mmu.ext.pages.search import add_palette, page_search
from sphinx_mmu.ext.pages.search_index import write_search_data
from sphinx_mmu.ext.pages.search_sections import note_sections
from sphinx_mmu.ext.pages.site_files import write_data, write_scripts
from sphinx_mmu.ext.pages.stubs import setup_stubs, write_stubs
from sphinx_mmu.ext.render.downloads import download_tables
from sphinx_mmu.ext.render.responsive_tables import setup_responsive_tables
from sphinx_mmu.ext.roles import (
    check_unknown,
    note_names,
    setup_roles,
)
from sphinx_mmu.ext.state.domain import MmuDomain, domain_of
from sphinx_mmu.ext.state.explorers import explored_papers
from sphinx_mmu.ext.state.site import Site
from sphinx_mmu.ext.view_node import setup_view_node
from sphinx_mmu.library.library import Library
from sphinx_mmu.views.kinds import Views


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Disable garbage collection while many objects are made that last as long as the build: each
    collection would traverse all of them.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def on_config_inited(app: Sphinx, config: Config) -> None:
    """Check the settings, and choose the language before anything is made that has texts."""
    check_config(app, config)
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
    source = source_mark(
        map(root.joinpath, chain.from_iterable(files.values()))
    )
    with uncollected():
        library = Library.load(
            **files, root=root, publish=config.mmu_publish_fields
        )
    for problem in library.problems:
        warn(problem)
    domain.site = Site(app.builder, Views(library), source)
    wrap_cite_roles(app)
    add_catalogues(domain)
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


def on_doctree_read(app: Sphinx, doctree: nodes.document) -> None:
    """Keep the sentences that name entries and what the search finds; pages that the build makes
    only list entries.
    """
    docname, domain = app.env.current_document.docname, domain_of(app.env)
    note_names(domain, doctree)
    made = (
        docname in domain.site.page_keys or docname in domain.site.facet_pages
    )
    if not made:
        check_text(domain, doctree)
        check_metadata(app.env, docname)
    if not made and not is_silent(app.env, docname):
        domain.note_quotes(docname, mentions(doctree, docname))
    note_sections(app, doctree, docname)
    late_toctree(app, doctree)


def on_env_updated(app: Sphinx, env: BuildEnvironment) -> None:
    """Check all pages together. Labels of citations are known by now."""
    domain = domain_of(env)
    domain.places.check()
    check_unknown(app, domain)
    check_filters(env)
    domain.site.feeds = feeds_of(domain)  # records name them
    domain.site.downloads = tuple(download_tables(domain))
    domain.site.explored_papers = explored_papers(domain)
    write_scripts(app)


def on_page(
    app: Sphinx,
    pagename: str,
    template: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Complete a page that is about to be written."""
    page_context(app, pagename, context)
    announce(app, pagename, context)
    page_meta(app, pagename, context)
    page_search(app, pagename, template, context, doctree)
    page_assets(app, pagename, context)
    add_palette(app)


def on_build_finished(app: Sphinx, exception: Exception | None) -> None:
    """Write the files beside the pages, and remove those of what is gone."""
    if exception:
        return
    domain = domain_of(app.env)
    write_data(app, domain)
    remove_pages(app, domain)
    write_feeds(app, domain)
    write_search_data(app)
    write_machines(app, domain)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything."""
    for value in VALUES:  # what pages show depends on each of them
        app.add_config_value(
            value.name, value.default, "env", value.types, value.meaning
        )
    locale = Path(messages.__file__).with_name("locale")
    app.add_message_catalog(messages.DOMAIN, locale)
    app.add_domain(MmuDomain)
    setup_roles(app)
    setup_kinds(app)
    setup_stubs(app)
    setup_view_node(app)
    setup_responsive_tables(app)
    setup_latex(app)
    app.connect("config-inited", on_config_inited)
    app.connect("builder-inited", add_copies, priority=100)
    app.connect("builder-inited", on_builder_inited)
    app.connect("env-get-outdated", on_env_get_outdated)
    # after the collectors of metadata and titles
    app.connect("doctree-read", on_doctree_read, priority=800)
    app.connect("env-updated", on_env_updated, priority=900)
    # ahead of sphinxext.opengraph, which reads the description there
    app.connect("html-page-context", paper_meta, priority=400)
    app.connect("html-page-context", on_page)
    app.connect("html-collect-pages", collect_further_pages)
    # after sphinx-sitemap
    app.connect("build-finished", on_build_finished, priority=900)
    setup_incremental(app)
    return {
        "version": __version__,
        "env_version": 5,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
