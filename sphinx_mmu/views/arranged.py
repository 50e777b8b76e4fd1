"""Papers in order, and under headings."""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_mmu.filters.syntax import fold
from sphinx_mmu.library.library import Library
from sphinx_mmu.messages import _, marked
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.publication import venue_text
from sphinx_mmu.problems import Code, Problem, did_you_mean
from sphinx_mmu.views.cells import Part, path_parts
from sphinx_mmu.vocabulary.vocabulary import Facet

SORTS = ("date", "added", "year", "title", "venue", "author", "key", "file")
_DEPTHS = ("1", "2", "3")
_UNKNOWN = {
    "year": marked("No year recorded"),
    "venue": marked("No venue recorded"),
    "type": marked("No type recorded"),
}
"""What papers can be grouped by besides facets, and the heading of those without a value."""
_Grouped = list[tuple[tuple[Part, ...], Sequence[Paper]]]


def sort_papers(
    papers: list[Paper], sort: str, problems: list[Problem]
) -> list[Paper]:
    """Sort by one of :data:`SORTS`, descending with ``-`` in front. Papers without a value come
    last.
    """
    name = sort.removeprefix("-")
    if name not in SORTS:
        minus = sort.removesuffix(name)
        near = did_you_mean(sort, [minus + s for s in SORTS])
        hint = near or f"one of: {', '.join(SORTS)}"
        problems.append(
            Problem(Code.BAD_OPTION, f"cannot sort by {sort!r}", hint=hint)
        )
        name = "date"
        sort = "-date"
    descending = sort.startswith("-")
    if name == "file":
        return papers[::-1] if descending else papers
    papers = sorted(
        papers, key=lambda p: _sort_key(p, name), reverse=descending
    )
    return sorted(papers, key=lambda p: not _sort_key(p, name))


def _sort_key(paper: Paper, name: str) -> str:
    match name:
        case "date" | "year":
            return paper.date
        case "added":
            return paper.added
        case "title":
            return fold(paper.title)
        case "venue":
            return fold(venue_text(paper))
        case "author":
            return fold(paper.authors[0].family if paper.authors else "")
        case _:
            return paper.key


def grouped(
    library: Library,
    papers: Sequence[Paper],
    group_by: str,
    problems: list[Problem],
) -> _Grouped:
    """Papers under headings: by a facet (``facet/2``: down to the second level), year, venue or
    type.
    """
    if not group_by:
        return [((), papers)]
    name, slash, depth = group_by.partition("/")
    if name in library.facets and (not slash or depth in _DEPTHS):
        return _by_facet(library, papers, library.facets[name], int(depth or 0))
    if name not in _UNKNOWN or slash:
        message = f"cannot group by {group_by!r}"
        hint = did_you_mean(name, (*library.facets, *_UNKNOWN))
        problems.append(Problem(Code.BAD_OPTION, message, hint=hint))
        return [((), papers)]
    groups: dict[str, list[Paper]] = {}
    for paper in papers:
        found = {
            "year": paper.year,
            "venue": paper.venue_short,
            "type": paper.type,
        }
        groups.setdefault(str(found[name] or ""), []).append(paper)
    ordered = sorted(filter(None, groups), reverse=name == "year")
    if "" in groups:
        ordered.append("")
    unknown = _(_UNKNOWN[name])
    return [((Part("text", key or unknown),), groups[key]) for key in ordered]


def _by_facet(
    library: Library, papers: Sequence[Paper], facet: Facet, depth: int
) -> _Grouped:
    groups: dict[str, list[Paper]] = {}
    for paper in papers:
        values = paper.tags.get(facet.name, ())
        if depth:
            values = tuple(
                "/".join(value.split("/")[:depth]) for value in values
            )
        for value in dict.fromkeys(values) or ("",):
            groups.setdefault(value, []).append(paper)
    declared = [term.value for term in facet.terms if term.value in groups]
    order = declared or sorted(filter(None, groups))
    if "" in groups:
        order.append("")
    tops = {value.partition("/")[0] for value in order}
    skip = int(len(tops) == 1 and all("/" in value for value in order))
    heads = (path_parts(facet, value, library, skip=skip) for value in order)
    return [
        (head, groups[value]) for head, value in zip(heads, order, strict=True)
    ]
