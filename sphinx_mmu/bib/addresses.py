"""Web addresses in fields of entries."""

from __future__ import annotations

from urllib.parse import urlsplit


def web_address(written: str) -> str:
    """The http or https address in a field, complete; empty if there is none."""
    url = written.removeprefix("\\url").strip("{} ")
    return url if is_web_address(url) else ""


def is_web_address(url: str) -> bool:
    """Whether this is a whole web address."""
    if any(c.isspace() or c in '<>"\\`{}|^' or ord(c) < 32 for c in url):  # noqa: PLR2004 -- control characters
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
