"""Text as HTML, and the marks that made pages have."""

from __future__ import annotations

from html import escape
from typing import Any

META = '<meta name="mmu-page" content="1" />'
"""The mark in the HTML of every generated page; marked pages that are out of date are deleted."""
ROOT = "\x01"
"""A placeholder in cached HTML for the path from the page to the site's root."""
esc = escape
"""Gives text as html, also inside an attribute. Everything that enters a string of html goes
through here.
"""


def link(address: str, css: str, text: str) -> str:
    """A link around html, or the html alone where there is no address."""
    style = f' class="{css}"' if css else ""
    return f'<a{style} href="{esc(address)}">{text}</a>' if address else text


def add_to_head(context: dict[str, Any], *lines: str) -> None:
    """Put lines into the head of the page that is being written."""
    context["metatags"] = "\n".join([context.get("metatags", ""), *lines])
