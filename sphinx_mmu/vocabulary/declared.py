"""Names that results use and no entry has: metrics, tasks, baselines, test beds, who measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

KINDS: Mapping[str, Mapping[str, str]] = {
    "metric": {
        "label": "text",
        "term": "text",
        "unit": "text",
        "direction": "text",
        "entry": "text",
        "note": "text",
    },
    "task": {"label": "text", "note": "text"},
    "baseline": {"label": "text", "note": "text", "reference": "true or false"},
    "benchmark": {
        "label": "text",
        "url": "text",
        "entry": "text",
        "note": "text",
    },
    "source": {"label": "text", "url": "text", "note": "text"},
}
"""The tables that declare names of results, and the values of each of their keys."""

DIRECTIONS = ("lower", "higher")
"""Which values of a metric are better. The name of a reference means those closest to its value."""


@dataclass(frozen=True, slots=True)
class Declared:
    """One declared name. ``term`` is the tag of a metric's term, ``direction`` one of
    :data:`DIRECTIONS`, a reference or empty, and ``entry`` the key of the work that a benchmark or
    metric is from; a ``reference`` is no competitor, such as the original model.
    """

    name: str
    label: str
    note: str = ""
    url: str = ""
    term: str = ""
    unit: str = ""
    direction: str = ""
    entry: str = ""
    reference: bool = False
    order: int = 0
    file: str = field(default="", repr=False)
    line: int = field(default=0, repr=False)
