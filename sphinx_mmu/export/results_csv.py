"""Results as CSV: the form of the files that they are read from."""

from __future__ import annotations

import csv
import io

from sphinx_mmu.library.results import COLUMNS, Results


def results_csv(results: Results) -> str:
    """All results as one table with a header; lines end in LF, as in the files of the database."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in results.rows:
        writer.writerow([getattr(row, name) for name in COLUMNS])
    return out.getvalue()
