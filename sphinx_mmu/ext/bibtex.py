"""Living beside sphinxcontrib-bibtex: it gets well-formed copies, and pages with stale labels are written again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_mmu import bib
from sphinx_mmu.ext._shared import write_if_changed
from sphinx_mmu.views import digest

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def give_copies(app: Sphinx) -> None:
    """Point sphinxcontrib-bibtex to copies that our lenient reader wrote: a broken entry then costs one warning."""
    names = getattr(app.config, "bibtex_bibfiles", None)
    if not names:
        return
    seen: set[str] = set()
    copies = []
    for number, name in enumerate(names):
        entries, _ = bib.read(Path(app.confdir) / name, name)
        kept = [e for e in entries if e.key.casefold() not in seen]
        seen.update(e.key.casefold() for e in kept)
        copy = Path(app.doctreedir) / "mmu-bibtex" / f"{number}-{Path(name).name}"
        write_if_changed(copy, bib.well_formed(kept, bib.PRINTED))
        copies.append(str(copy))
    app.config.bibtex_bibfiles = copies


def citation_labels(env: BuildEnvironment) -> dict[str, str]:
    """Of each page with citations a digest of the labels that they print."""
    cite = env.domaindata.get("cite", {})
    labels = {c.key: str(getattr(c.formatted_entry, "label", "")) for c in cite.get("citations", ())}
    shown: dict[str, list[tuple[str, str]]] = {}
    for reference in cite.get("citation_refs", ()):
        for target in reference.targets:
            shown.setdefault(reference.docname, []).append((target.key, labels.get(target.key, "")))
    return {docname: digest(sorted(pairs)) for docname, pairs in shown.items()}
