"""What comes first among results, and which of them are best."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sphinx_mmu.library.library import Library
from sphinx_mmu.library.results import Result, grouped
from sphinx_mmu.vocabulary.declared import Declared

Rows = Iterable[Sequence[Result]]
"""The results of each row."""


def metric_of(library: Library, name: str) -> Declared:
    """How a metric is declared: results only have declared ones."""
    return library.vocabulary.names["metric"][name]


def metrics_of(library: Library, results: Iterable[Result]) -> list[str]:
    """The metrics of results, as they are declared."""
    return sorted(
        {r.metric for r in results},
        key=lambda name: metric_of(library, name).order,
    )


def is_reference(library: Library, work: str) -> bool:
    """Whether a work is no competitor, such as the original model."""
    known = library.vocabulary.named("baseline", work)
    return bool(known and known.reference)


def _distance(
    library: Library, metric: str, results: Iterable[Result]
) -> Callable[[float], float] | None:
    """How far from good a value of a metric is; None if none is known to be better."""
    match metric_of(library, metric).direction:
        case "lower":
            return lambda number: number
        case "higher":
            return lambda number: -number
        case reference:
            goals = [
                r.number
                for r in results
                if (r.work, r.metric) == (reference, metric)
            ]
            return (lambda number: abs(number - goals[-1])) if goals else None


def best_of(library: Library, results: Iterable[Result]) -> set[Result]:
    """The best results of each metric among competitors, if there are two of these."""
    found: set[Result] = set()
    for metric, values in grouped(results, lambda r: r.metric).items():
        distance = _distance(library, metric, values)
        rivals = [r for r in values if not is_reference(library, r.work)]
        if distance and len(rivals) > 1:
            best = min((r.number for r in rivals), key=distance)
            found.update(r for r in rivals if r.number == best)
    return found


def ranked(library: Library, results: Sequence[Result], rows: Rows) -> Rows:
    """Rows by the first metric, the best first; references above, rows without a value below."""
    metric = metrics_of(library, results)[0]
    distance = _distance(library, metric, results)

    def rank(row: Sequence[Result]) -> tuple[bool, bool, float, str]:
        values = [r.number for r in row if r.metric == metric]
        far = distance(values[0]) if values and distance else sum(values)
        first = row[0]
        label = f"{library.name_label('baseline', first.work)} {first.setting}".casefold()
        return (not is_reference(library, first.work), not values, far, label)

    return sorted(rows, key=rank)
