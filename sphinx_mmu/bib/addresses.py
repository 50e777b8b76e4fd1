"""Web addresses in fields of entries."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

_NEVER = re.compile(r"[\s\x00-\x1f<>\"\\`{}|^]")
"""Signs that no address has as they are."""


def web_address(written: str) -> str:
    """The http or https address in a field, complete; empty if there is none."""
    url = bare_address(written)
    return url if is_web_address(url) else ""


def bare_address(written: str) -> str:
    r"""What a field has as its address, without ``\url`` and braces; perhaps it is none."""
    return written.removeprefix("\\url").strip("{} ")


@lru_cache(maxsize=256)
def is_web_address(url: str) -> bool:
    """Whether this is a whole web address."""
    if _NEVER.search(url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
