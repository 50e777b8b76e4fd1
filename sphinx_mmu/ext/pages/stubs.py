"""Pages that the build makes: a stub in the source folder with one directive each, for every paper
and facet value.

Stubs are ordinary sources, so search, objects.inv, EPUB, LaTeX and incremental builds work as for
any page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from sphinx.application import Sphinx

from sphinx_mmu.ext.common.names import (
    LONGEST_NAME,
    hashed_anchor,
    plain_anchor,
    short_hash,
    unique_names,
)
from sphinx_mmu.ext.common.output_files import write_if_changed
from sphinx_mmu.ext.common.reporting import warn
from sphinx_mmu.ext.config import warn_setting
from sphinx_mmu.ext.state.domain import MmuDomain, domain_of
from sphinx_mmu.filters.syntax import fold
from sphinx_mmu.library.collection import DERIVED, positions, venue_label
from sphinx_mmu.library.library import Library
from sphinx_mmu.model.tags import line_of
from sphinx_mmu.problems import Code, Problem, did_you_mean
from sphinx_mmu.views.base import digest

PAGE_MARK = "Made by sphinx_mmu from the bibliography; edit the entry instead."
"""The mark in every stub. A file without it is never removed or overwritten."""
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\..*)?", re.IGNORECASE
)
"""What Windows takes for a device, whatever follows the first dot."""

PARTS = ("cite", "measured", "mentioned-in", "related")
"""The sections of a paper's page: the id of each is that of the page, a hyphen and this."""


def page_names(
    names: Iterable[str], folder: str, taken: Iterable[str] = ()
) -> dict[str, str]:
    """Key or value → docname. One that is no safe or short file name, or differs only in case, gets
    a hash.
    """
    files = (docname.removeprefix(f"{folder}/") for docname in taken)
    found = unique_names(names, _plain_name, _hashed_name, files)
    return {name: f"{folder}/{file}" for name, file in found.items()}


def _plain_name(name: str) -> str:
    """The name itself, if a file can have it on every system; else nothing."""
    safe = (
        _SAFE.fullmatch(name)
        and name[-1] != "."
        and not _DEVICE.fullmatch(name)
    )
    return name if safe and len(name) <= LONGEST_NAME else ""


def _hashed_name(name: str) -> str:
    clean = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")
    return f"{clean[:LONGEST_NAME]}-{short_hash(name)}".lstrip("-")


def _page_ids(domain: MmuDomain) -> dict[str, str]:
    """Docname → the id of the page's section. Ids are unique over all pages: builders may join
    these.
    """

    def plain(key: str) -> str:
        anchor = plain_anchor(key)
        return (
            ""
            if anchor.endswith(tuple(f"-{part}" for part in PARTS))
            else anchor
        )

    site = domain.site
    papers = unique_names(site.page_names, plain, hashed_anchor)
    values = unique_names(
        site.facet_pages.values(), plain_anchor, hashed_anchor
    )
    ids = {
        docname: f"paper-{papers[key]}"
        for docname, key in site.page_keys.items()
    }
    for docname, tag in site.facet_pages.items():
        ids[docname] = f"facet-{values[tag]}"
    return ids


def stub(directive: str, markup: str, mark: str) -> str:
    """The text of a stub. The directive knows what its page is about; ``mark`` differs where that
    does.

    It contains no text of an entry, which would be parsed as the source of a page.
    """
    if markup == "restructuredtext":
        return (
            f":orphan:\n\n.. {PAGE_MARK}\n   {mark}\n\n.. mmu:{directive}::\n"
        )
    return f"---\norphan: true\n---\n\n% {PAGE_MARK}\n% {mark}\n\n```{{mmu:{directive}}}\n```\n"


def write_stubs(app: Sphinx) -> None:
    """Make the stubs of all papers and facet values, and remove those of what is gone."""
    config, domain, source = app.config, domain_of(app.env), Path(app.srcdir)
    site = domain.site
    _name_pages(app, domain)
    given = (
        (config.mmu_paper_dir, "paper-page", site.page_keys),
        (config.mmu_facet_dir, "facet-page", site.facet_pages),
    )
    site.folders = _noted_folders(
        Path(app.doctreedir), {one[0] for one in given}
    )
    suffix, markup = _markup(config.source_suffix)
    wanted, filled = set(), set()
    for folder, directive, pages in given:
        for docname, name in pages.items():
            path = source / f"{docname}{suffix}"
            mark = digest(name, site.page_ids[docname])
            write_if_changed(path, stub(directive, markup, mark))
            wanted.add(path)
            filled.add(folder)
    for folder in site.folders:
        ignored = source / folder / ".gitignore"
        if folder in filled and _ours(ignored):
            write_if_changed(ignored, f"# {PAGE_MARK}\n*\n")
        for path in sorted(ignored.parent.rglob("*.*")):
            kept = path in wanted or path.name == ".gitignore"
            if not kept and _is_made(path):
                path.unlink()
        if folder not in filled and _is_made(ignored):
            ignored.unlink()


def _noted_folders(doctrees: Path, given: set[str]) -> set[str]:
    """All folders that made pages have been in, noted before there are any: the build may be
    killed.
    """
    file = doctrees / "mmu-folders"
    known = (
        set(file.read_text("utf-8").splitlines()) if file.is_file() else set()
    )
    write_if_changed(file, "\n".join(sorted(known | given)) + "\n")
    return known | given


def _name_pages(app: Sphinx, domain: MmuDomain) -> None:
    """Decide which pages there are, each with a docname and an id of its own."""
    config, source = app.config, Path(app.srcdir)
    site, papers = domain.site, domain.library.papers.papers
    keys = [paper.key for paper in papers] if config.mmu_paper_pages else []
    site.page_names = page_names(keys, config.mmu_paper_dir)
    _tell_moved(domain, "key", site.page_names)
    site.page_keys = {docname: key for key, docname in site.page_names.items()}
    site.facet_pages = _facet_pages(app, domain)
    for docname in (*site.page_keys, *site.facet_pages):
        for suffix in config.source_suffix:
            if not _ours(source / f"{docname}{suffix}"):
                _give_way(app, domain, docname, suffix)
                break
    site.page_ids = _page_ids(domain)
    site.beside = _beside(site.facet_pages)


def _beside(pages: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Docname → the pages before and after it among those of its facet."""
    rows: dict[str, list[str]] = {}
    for docname, tag in pages.items():
        rows.setdefault(tag.partition(":")[0], [""]).append(docname)
    beside = {}
    for row in rows.values():
        for before, docname, after in zip(
            row, row[1:], [*row[2:], ""], strict=False
        ):
            beside[docname] = (before, after)
    return beside


def _tell_moved(
    domain: MmuDomain,
    facet: str,
    names: Mapping[str, str],
    field: str = "keywords",
) -> None:
    """Report each key or value whose page got a number in its name, with the one that has the name
    without it.
    """
    owners = {docname.casefold(): name for name, docname in names.items()}
    papers = domain.library.papers
    for name, docname in names.items():
        usual = f"{docname.rpartition('/')[0]}/{_hashed_name(name)}"
        owner = owners.get(usual.casefold(), name)
        if owner != name and docname.startswith(f"{usual}-"):
            first = next(positions(papers.tagged(facet, name) or 1))
            entry = papers.papers[first].entry
            message = f"{name!r} and {owner!r} would have the same page {usual}"
            hint = f"that of {name!r} is {docname}; rename one of the two"
            at = (entry.file, line_of(entry, field, name), entry.key)
            warn(Problem(Code.DUPLICATE_TARGET, message, *at, hint))


def _is_made(path: Path) -> bool:
    """Whether a file was made by the build."""
    text = path.read_text("utf-8", "replace") if path.is_file() else ""
    return PAGE_MARK in text[:400]


def _ours(path: Path) -> bool:
    """Whether the build may write a file: any that it has not made is its author's and stays."""
    return _is_made(path) or not path.exists()


def _give_way(
    app: Sphinx, domain: MmuDomain, docname: str, suffix: str
) -> None:
    """Leave a page to its author, with a warning."""
    key = domain.site.page_keys.pop(docname, "")
    domain.site.page_names.pop(key, None)
    name = key or domain.site.facet_pages.pop(docname)
    message = f"{name!r} gets no page: {docname}{suffix} is a page of its own"
    hint = "rename that page, or change mmu_paper_dir or mmu_facet_dir"
    setting = "mmu_paper_dir" if key else "mmu_facet_dir"
    warn_setting(app, setting, message, hint, name)


def _facet_pages(app: Sphinx, domain: MmuDomain) -> dict[str, str]:
    """Docname → tag, for every value of the facets that the configuration names."""
    found: dict[str, str] = {}
    config, library = app.config, domain.library
    wanted: dict[str, set[str]] = {}
    for given in config.mmu_facet_pages:
        name, _colon, value = given.partition(":")
        wanted.setdefault(name, set()).add(value)
    # Of the derived facets, some databases lack the field.
    known = {*library.facets, *DERIVED}
    unknown = [
        ("mmu_facet_pages", n) for n in wanted if library.facet(n) is None
    ]
    unknown += [
        ("mmu_facet_least", n) for n in config.mmu_facet_least if n not in known
    ]
    for setting, name in unknown:
        message = f"{setting} names {name!r}, which is not a facet"
        warn_setting(
            app, setting, message, did_you_mean(name, library.facet_names())
        )
    folders = page_names(wanted, config.mmu_facet_dir)
    for name, folder in folders.items():
        facet = library.facet(name)
        if facet is None:
            continue
        values = _paged_values(
            library, name, config.mmu_facet_least.get(name, 1)
        )
        if "" not in wanted[name]:
            _report_unused(app, library, name, wanted[name])
            values = [value for value in values if value in wanted[name]]
        names = page_names(values, folder, domain.site.page_keys)
        _tell_moved(domain, name, names, facet.field or "keywords")
        found.update(
            (docname, f"{name}:{value}") for value, docname in names.items()
        )
    return found


def _report_unused(
    app: Sphinx, library: Library, facet: str, wanted: Iterable[str]
) -> None:
    """Report values of a facet that are to have a page and that no paper has."""
    used = [
        v
        for v in library.papers.values(facet)
        if library.papers.tagged(facet, v)
    ]
    for value in sorted(set(wanted) - set(used)):
        message = f"mmu_facet_pages names '{facet}:{value}', which no paper has"
        hint = did_you_mean(f"{facet}:{value}", [f"{facet}:{v}" for v in used])
        warn_setting(app, "mmu_facet_pages", message, hint)


def _paged_values(library: Library, facet: str, least: int) -> list[str]:
    """The values of a facet that at least so many papers have; of a derived facet without those
    of the second level, by name.
    """
    papers = library.papers
    counts = (
        (value, papers.tagged(facet, value) or 0)
        for value in papers.values(facet)
    )
    values = [value for value, found in counts if found.bit_count() >= least]
    if facet in library.facets:
        return values
    plain = [v for v in values if facet != "venue" or venue_label(v) == v]
    return sorted(plain, key=lambda v: (fold(library.term_label(facet, v)), v))


def _markup(suffixes: Mapping[str, str]) -> tuple[str, str]:
    """The suffix and the parser of stubs: reST where the project reads it."""
    for markup in ("restructuredtext", "markdown"):
        for suffix, parser in suffixes.items():
            if parser == markup:
                return suffix, markup
    return next(iter(suffixes)), "restructuredtext"


def setup(app: Sphinx) -> None:
    """Connect to the beginning of a build."""
    app.connect("builder-inited", write_stubs)
