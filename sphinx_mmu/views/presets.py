"""Checks of catalogues: what their presets ask for and the library lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sphinx_mmu.library.library import Library
from sphinx_mmu.problems import Problem
from sphinx_mmu.views.kinds import Views
from sphinx_mmu.views.papers import PapersRequest


def preset_problems(library: Library) -> Iterator[Problem]:
    """Unknown columns, facets and filters of each catalogue. A build reports them only where the
    catalogue is shown.
    """
    for preset in library.vocabulary.catalogues.values():
        request = PapersRequest(
            collection=preset.collection,
            filters=(preset.filter,) if preset.filter else (),
            columns=preset.columns,
            sort=preset.sort or "-date",
            group_by=preset.group_by,
            catalogue=preset.name,
            empty_ok=True,
        )
        for problem in Views(library).of(request).problems:
            hint = problem.hint.partition("\n")[0]
            yield replace(
                problem, file=preset.file, line=preset.line, hint=hint
            )
