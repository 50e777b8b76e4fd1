"""Files by which machines find their way: ``robots.txt``, which names the sitemap; ``llms.txt``,
a list of the pages and of the files with data. What an author has put there stays.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_mmu.export.formats import FORMATS
from sphinx_mmu.export.markdown import destination, escaped
from sphinx_mmu.ext.common.output_files import write_if_changed
from sphinx_mmu.ext.render.downloads import FILES, file_of
from sphinx_mmu.ext.state.domain import MmuDomain, domain_of
from sphinx_mmu.messages import _, counted

_MARK = "made by sphinx_mmu"
SITEMAP = "sitemap.xml"


def write_machines(app: Sphinx, exception: Exception | None) -> None:
    """Write both files to the root of a site, once all its other files are written."""
    domain = domain_of(app.env)
    if exception or not domain.site.has_pages:
        return
    base = domain.site.base
    texts = {"llms.txt": llms(app, domain)}
    if base and (Path(app.outdir) / SITEMAP).is_file():
        texts["robots.txt"] = (
            f"# {_MARK}\nUser-agent: *\nAllow: /\n\nSitemap: {base}{SITEMAP}\n"
        )
    for name, text in texts.items():
        path = Path(app.outdir) / name
        if not path.is_file() or _MARK in path.read_text("utf-8", "replace"):
            write_if_changed(path, text)


def llms(app: Sphinx, domain: MmuDomain) -> str:
    """What the site is, its pages in the order of the table of contents, and its data, in the form
    that llmstxt.org describes.
    """
    base, pages, data = domain.site.base, "", ""
    for name in _pages(app.env, app.config.root_doc):
        pages += (
            _item(domain.title(name), base + domain.site.address(name)) + "\n"
        )
    files = {"papers.json": _("all data, with papers.schema.json")}
    files |= {file_of("all", name): _(FORMATS[name].label) for name in FILES}
    for name, what in files.items():
        data += f"{_item(name, base + name)}: {escaped(what)}\n"
    summary = counted(
        "A list of {n} paper with its tags, links and sources.",
        "A list of {n} papers with their tags, links and sources.",
        len(domain.library.papers.papers),
    )
    return (
        f"# {escaped(app.config.project)}\n\n> {summary}\n\n<!-- {_MARK} -->\n\n"
        f"## {_('Pages')}\n\n{pages}\n## {_('Data')}\n\n{data}"
    )


def _item(title: str, address: str) -> str:
    return f"- [{escaped(title)}]({destination(address)})"


def _pages(env: BuildEnvironment, root: str) -> Iterator[str]:
    """The pages that the table of contents leads to, each once, the first page first."""
    seen: set[str] = set()
    waiting = [root]
    while waiting:
        name = waiting.pop(0)
        if name not in seen and name in env.titles:
            seen.add(name)
            yield name
            waiting = [*env.toctree_includes.get(name, ()), *waiting]


def setup(app: Sphinx) -> None:
    """Connect to the end."""
    app.connect("build-finished", write_machines, priority=900)
