"""What a reader who cannot see finds out about an EPUB before opening it: the words of schema.org
for accessibility, which Sphinx leaves out of the book's metadata.

Set ``epub_accessibility_summary`` to a sentence about the book, and add ``"site_epub"`` to
``extensions``.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from sphinx.builders.epub3 import Epub3Builder

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

STATEMENTS = (
    ("accessMode", "textual"),
    ("accessMode", "visual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "MathML"),
    ("accessibilityHazard", "none"),
)
"""What holds for every book of this site: all that is drawn is in words or tables too."""


class AccessibleEpub(Epub3Builder):
    """Sphinx's builder, whose package document says how the book can be read."""

    def build_content(self) -> None:
        """Write the package document, and add the statements to its metadata."""
        super().build_content()
        statements = [*STATEMENTS]
        if summary := self.config.epub_accessibility_summary:
            statements.append(("accessibilitySummary", escape(summary)))
        lines = "".join(
            f'    <meta property="schema:{name}">{value}</meta>\n'
            for name, value in statements
        )
        path = self.outdir / "content.opf"
        head, end, tail = path.read_text("utf-8").partition("  </metadata>")
        path.write_text(f"{head}{lines}{end}{tail}", "utf-8")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Take the place of Sphinx's builder; called by Sphinx."""
    app.add_config_value("epub_accessibility_summary", "", "epub", (str,))
    app.add_builder(AccessibleEpub, override=True)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
