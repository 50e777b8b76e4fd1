"""Repairs of the theme furo: names for landmarks, panels for the keyboard, a strict content
security policy.

Add ``"site_furo"`` to ``extensions`` beside ``html_theme = "furo"``; with another theme
it does nothing. Furo has no hook for what is corrected here, so each finished page is rewritten
once, by Sphinx's own way for that: a template bridge. A release of furo may write its pages
otherwise, and a repair then finds nothing to correct: pin furo, and run the tests.
"""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.jinja2glue import BuiltinTemplateLoader, SphinxFileSystemLoader
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.theming import Theme
    from sphinx.util.typing import ExtensionMetadata

logger = logging.getLogger(__name__)

PACKAGE = Path(__file__).parent
TEMPLATES, STATIC = str(PACKAGE / "templates"), str(PACKAGE / "static")
STYLES, SCRIPT = "mmu-furo.css", "mmu-furo.js"
BRIDGE = "site_furo.Bridge"
PANEL = "mmu-toc-panel"
"""What marks a page whose contents are shown only as a panel over the text."""


@dataclass(frozen=True, slots=True)
class Repair:
    """One replacement in the HTML of a page, and what it is for."""

    reason: str
    pattern: re.Pattern[str]
    new: str | Callable[[re.Match[str]], str]
    limit: int = 0

    @property
    def everywhere(self) -> bool:
        """Whether it corrects one place of every page, and not as many as there are."""
        return self.limit == 1

    def __call__(self, page: str) -> str:
        """Give the page with this defect corrected."""
        return self.pattern.sub(self.new, page, count=self.limit)


def _repair(
    reason: str,
    pattern: str,
    new: str | Callable[[re.Match[str]], str],
    limit: int = 0,
) -> Repair:
    return Repair(reason, re.compile(pattern, re.DOTALL), new, limit)


_UNSPOKEN = re.compile(r'<a class="headerlink".*?</a>|<[^>]*>', re.DOTALL)


def _caption(table: str) -> str:
    """The caption of a table as the value of an attribute."""
    text = " ".join(_UNSPOKEN.sub("", table).split())
    return text.replace('"', "&quot;") or "Table"


REPAIRS = (
    _repair(
        "a heading has a level",
        r'<p class="caption" role="heading">',
        '<p class="caption" role="heading" aria-level="2">',
    ),
    _repair(
        "a list of citations has items and nothing else",
        r'<div role="list" class="citation-list">',
        '<div class="citation-list">',
    ),
    _repair(
        "and its items no role that ARIA has given up",
        r' role="doc-biblioentry"',
        "",
    ),
    _repair(
        "a table with a caption has its id once",
        r'(<div [^>]*class="table-wrapper[^>]*?) id="([^"]+)"(>\s*<table [^>]*id="\2")',
        r"\1\3",
    ),
    _repair(
        "the sidebar has a name of its own",
        r'<aside class="sidebar-drawer">',
        '<aside class="sidebar-drawer" aria-label="Site">',
        1,
    ),
    _repair(
        "so has the table of contents",
        r'<aside class="toc-drawer',
        '<aside aria-label="On this page" class="toc-drawer',
        1,
    ),
    _repair(
        "all content lies in a landmark",
        r'(<a href="#" class="back-to-top.*?</a>)',
        r'<nav aria-label="Top">\1</nav>',
        1,
    ),
    _repair(
        "so does the link to the source",
        r'<div class="edit-this-page">(.*?</a>\s*)</div>',
        r'<nav class="edit-this-page" aria-label="Source">\1</nav>',
    ),
    _repair(
        "the form of the sidebar has a name",
        r'<form class="sidebar-search-container"',
        '<form class="sidebar-search-container" aria-label="Search from the sidebar"',
        1,
    ),
    _repair(
        "the size of the window is said once",
        r'\s*<meta name="viewport" content="width=device-width, initial-scale=1" />',
        "",
    ),
    _repair(
        "code that scrolls can be reached by keyboard",
        r"<pre>",
        '<pre tabindex="0">',
    ),
    _repair(
        "so can a wide table, which has the name of its caption",
        r'<div class="(?=table-wrapper)([^>]*>)(\s*<table[^>]*>\s*<caption>.*?</caption>)?',
        lambda found: (
            f'<div tabindex="0" role="group" aria-label="{_caption(found[2] or "")}"'
            f' class="mmu-scroll {found[1]}{found[2] or ""}'
        ),
    ),
    _repair(
        "so can a formula that a script will draw",
        r'<div class="(?=math-wrapper[^>]*>\s*<div class="math notranslate)',
        '<div tabindex="0" role="group" aria-label="Formula" class="',
    ),
    _repair(
        "the switches of the two panels come after the skip link, in a landmark",
        r'((?:<input type="checkbox" class="sidebar-toggle"[^>]*>\s*){2})'
        r'(.*?<a class="skip-to-content.*?</a>)',
        r'\2\n<nav class="mmu-toggles" aria-label="Panels">\1</nav>',
        1,
    ),
)
"""Every repair but the policy, which needs the finished page."""

SCRIPTS = {
    "sha256-ySvT2PEZeueHGC1y2crNuNTfphBynFPP7i+U21fEgX0=": (
        "recalls light or dark before anything is painted"
    ),
    "sha256-Gke5bo3Lgoj0gtCNed5h2loaTjz9BQ8yOm9xoghqLfw=": (
        "draws the index of a domain, as that of modules, folded"
    ),
}
"""The inline scripts of the release of furo that is pinned, by the hash that a policy names them
by, and what for.
"""

_META = re.compile(r'<meta charset="utf-8"\s*/?>')
_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)([^>]*)>(.*?)</script>", re.DOTALL)
_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_DATA = re.compile(r"""\stype=(?!["']?(?:text/javascript|module)\b)""")


def inline_scripts(page: str) -> list[str]:
    """Give the inline scripts of a page. One in a data format, such as JSON-LD, is not run and
    is none.
    """
    return [
        body
        for attributes, body in _SCRIPT.findall(page)
        if not _DATA.search(attributes)
    ]


def unknown_scripts(page: str) -> list[str]:
    """Give the beginnings of the inline scripts of a page that are not the theme's: its policy
    refuses them.
    """
    return [
        " ".join(body.split())[:40]
        for body in inline_scripts(page)
        if sha256(body) not in SCRIPTS
    ]


def policy(page: str) -> str:
    """Give the content security policy of a page: this site only, the theme's inline scripts,
    styles as they are.

    No other script is allowed only because the page has it: it may come from an entry. Style
    attributes stay allowed: furo's icons and docutils' column widths are such.
    """
    scripts = {sha256(body) for body in inline_scripts(page)} & SCRIPTS.keys()
    styles = {sha256(body) for body in _STYLE.findall(page)}
    return "; ".join(
        [
            "default-src 'self'",  # Firefox loads the next page ahead as none of the kinds below
            *(
                f"{kind}-src 'none'"
                for kind in ("object", "frame", "media", "worker", "manifest")
            ),
            "base-uri 'none'",
            "form-action 'self' file:",  # Firefox does not take a page from a folder as 'self'
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            " ".join(
                [
                    "script-src 'self'",
                    *(f"'{name}'" for name in sorted(scripts)),
                ]
            ),
            " ".join(
                ["style-src 'self'", *(f"'{name}'" for name in sorted(styles))]
            ),
            "style-src-attr 'unsafe-inline'",
        ]
    )


def sha256(body: str) -> str:
    """Give the hash of an inline script or style, as a policy names it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}"


def mended(page: str) -> str:
    """Give a page of furo with all repairs and the policy."""
    for repair in REPAIRS:
        page = repair(page)
    meta = (
        f'<meta http-equiv="Content-Security-Policy" content="{policy(page)}">'
    )
    return _META.sub(lambda found: found[0] + meta, page, count=1)


class Bridge(BuiltinTemplateLoader):
    """Sphinx's own template loader, with furo's pages corrected after they are rendered."""

    mends = False

    def init(
        self,
        builder: Builder,
        theme: Theme | None = None,
        dirs: list[str] | None = None,
    ) -> None:
        """Take note of the theme: EPUB has one of its own, whatever ``html_theme`` says.

        Our templates come after the author's. In ``templates_path`` their place on the machine
        would get into ``.buildinfo``.
        """
        super().init(builder, theme, dirs)
        self.mends = theme is not None and theme.name == "furo"
        self.reported: set[str] = set()
        self.trees: dict[tuple[object, ...], str] = {}
        if self.mends:
            # its type is a private class that stands for a path
            self.pathchain.insert(self.templatepathlen, TEMPLATES)  # type: ignore[arg-type]
            self.loaders.insert(
                self.templatepathlen, SphinxFileSystemLoader(TEMPLATES)
            )
            self.templatepathlen += 1

    def render(self, template: str, context: dict[str, Any]) -> str:  # type: ignore[override]  # as in Sphinx
        """Render a template, and correct it if it is a page."""
        page = super().render(template, context)
        if not self.mends or "<html" not in page:
            return page
        if context.get(PANEL):
            page = page.replace(
                '<aside class="toc-drawer"',
                f'<aside class="toc-drawer {PANEL}"',
            )
        self._tell(unknown_scripts(page), context.get("pagename", ""))
        return mended(page)

    def _tell(self, scripts: list[str], pagename: str) -> None:
        """Say once of each script on which page it was first refused."""
        for script in scripts:
            if script not in self.reported:
                self.reported.add(script)
                logger.warning(
                    "the policy of the page refuses an inline script: %r; "
                    "write the script into a file, and name that in html_js_files",
                    script,
                    type="site_furo",
                    subtype="script",
                    location=pagename,
                )


def on_config_inited(app: Sphinx, config: Config) -> None:
    """Put the bridge in its place."""
    if config.html_theme != "furo":
        return
    if config.template_bridge is None:
        config.template_bridge = BRIDGE
    elif config.template_bridge != BRIDGE:
        logger.warning(
            "template_bridge is set: pages are corrected only if it is a %s; "
            "correct the value in conf.py",
            BRIDGE,
            type="site_furo",
            subtype="bridge",
        )


def on_builder_inited(app: Sphinx) -> None:
    """Bring the style sheet and the script to builders whose pages are furo's."""
    if (
        isinstance(getattr(app.builder, "templates", None), Bridge)
        and app.builder.templates.mends
    ):
        if STATIC not in app.config.html_static_path:
            app.config.html_static_path.append(STATIC)
        app.add_css_file(STYLES, priority=700)
        app.add_js_file(SCRIPT, loading_method="defer")
        app.connect("html-page-context", on_html_page_context, priority=400)


def on_html_page_context(
    app: Sphinx,
    pagename: str,
    _templatename: str,
    context: dict[str, Any],
    _doctree: object,
) -> None:
    """Before furo: contents that a page hides for its width take none in the panel of a narrow
    screen, and stay there; the navigation is made once for pages that have the same.
    """
    if _is_unnamed(app, pagename):
        context["toctree"] = _remembered(app, pagename, context["toctree"])
    meta = context.get("meta") or {}
    if "hide-toc" in meta:
        context["meta"] = {
            name: value for name, value in meta.items() if name != "hide-toc"
        }
        context[PANEL] = True


def _is_unnamed(app: Sphinx, pagename: str) -> bool:
    """Whether no toctree names a page, so that no link of the navigation is to the page itself.
    The first page may be named by ``self``.
    """
    named = pagename == app.config.root_doc or (
        pagename in app.env.files_to_rebuild
    )
    return pagename in app.env.all_docs and not named


def _remembered(
    app: Sphinx, pagename: str, toctree: Callable[..., str]
) -> Callable[..., str]:
    """Make the navigation of a page that no toctree names once for all such pages of its folder
    whose addresses have as many parts. On a site with hundreds of these, that takes a quarter off
    the time to write them.
    """
    trees = app.builder.templates.trees
    depth = app.builder.get_target_uri(pagename).count("/")
    place = (posixpath.dirname(pagename), depth)

    def made(**options: Any) -> str:
        asked = (*place, *sorted(options.items()))
        if asked not in trees:
            trees[asked] = toctree(**options)
        return str(trees[asked])

    return made


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect the handlers; called by Sphinx."""
    app.connect("config-inited", on_config_inited)
    app.connect("builder-inited", on_builder_inited)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
