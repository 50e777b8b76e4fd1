"""Pages that the build makes: a stub in the source folder with one directive each, for every paper and facet value.

Stubs are ordinary sources, so search, objects.inv, EPUB, LaTeX and incremental builds work as for any page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_mmu.ext._shared import META, PAGE_MARK, short_hash, warn, write_if_changed
from sphinx_mmu.ext.domain import MmuDomain, domain_of
from sphinx_mmu.problems import Code, Problem, did_you_mean

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
_LONGEST = 120
"""Characters of a file's name without suffix: file systems allow 255 bytes, and files of its papers add to it."""
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))})


def page_names(names: Iterable[str], folder: str) -> dict[str, str]:
    """Key or value → docname. One that is no safe or short file name, or differs only in case, gets a hash."""
    names = tuple(names)
    alike = Counter(name.casefold() for name in names)
    return {name: f"{folder}/{_file_name(name, alone=alike[name.casefold()] == 1)}" for name in names}


def _file_name(name: str, *, alone: bool) -> str:
    safe = _SAFE.fullmatch(name) and name[-1] != "." and name.casefold().split(".")[0] not in _DEVICES
    if alone and safe and len(name) <= _LONGEST:
        return name
    clean = re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")
    return f"{clean[:_LONGEST]}-{short_hash(name)}".lstrip("-")


def stub(directive: str, name: str, markup: str) -> str:
    """The text of a stub. What the page is about stands in a comment: the directive knows its page."""
    if markup == "restructuredtext":
        return f":orphan:\n\n.. {PAGE_MARK}\n   {name}\n\n.. mmu:{directive}::\n"
    return f"---\norphan: true\n---\n\n% {PAGE_MARK}\n% {name}\n\n```{{mmu:{directive}}}\n```\n"


def write_stubs(app: Sphinx, domain: MmuDomain) -> None:
    """Make the stubs of all papers and facet values, and remove those of what is gone."""
    config = app.config
    suffix, markup = _markup(config.source_suffix)
    keys = [p.key for p in domain.library.papers.papers] if config.mmu_paper_pages else []
    domain.page_names = page_names(keys, config.mmu_paper_dir)
    domain.page_keys = {docname: key for key, docname in domain.page_names.items()}
    domain.facet_pages = _facet_pages(domain, config)
    source = Path(app.srcdir)
    for docname in (*domain.page_keys, *domain.facet_pages):
        if not _ours(source / f"{docname}{suffix}"):
            _give_way(domain, docname, suffix)
    texts = {d: stub("paper-page", key, markup) for d, key in domain.page_keys.items()}
    texts |= {d: stub("facet-page", tag, markup) for d, tag in domain.facet_pages.items()}
    wanted = {source / f"{docname}{suffix}": text for docname, text in texts.items()}
    for path, text in wanted.items():
        write_if_changed(path, text)
    folders = {f for f, pages in ((config.mmu_paper_dir, keys), (config.mmu_facet_dir, domain.facet_pages)) if pages}
    for folder in folders:
        if _ours(source / folder / ".gitignore"):
            write_if_changed(source / folder / ".gitignore", f"# {PAGE_MARK}\n*\n")
    domain.data["folders"].update((config.mmu_paper_dir, config.mmu_facet_dir))
    stale = {made for name in domain.data["folders"] for made in _stubs(source / name)} - set(wanted)
    for made in sorted(stale):
        made.unlink()
    for folder in domain.data["folders"] - folders:
        if _ours(source / folder / ".gitignore"):
            (source / folder / ".gitignore").unlink(missing_ok=True)


def _ours(path: Path) -> bool:
    """Whether a file is made by the build, or not there: any other is its author's and stays."""
    return not path.exists() or (path.is_file() and PAGE_MARK in path.read_text("utf-8", "replace")[:400])


def _give_way(domain: MmuDomain, docname: str, suffix: str) -> None:
    """Leave a page to its author, and say so."""
    key = domain.page_keys.pop(docname, "")
    domain.page_names.pop(key, None)
    name = key or domain.facet_pages.pop(docname)
    hint = "rename that page, or change mmu_paper_dir or mmu_facet_dir"
    warn(
        Problem(Code.CONFIG, f"{name!r} gets no page: {docname}{suffix} is a page of its own", "conf.py", 1, name, hint)
    )


def _facet_pages(domain: MmuDomain, config: Config) -> dict[str, str]:
    """Docname → tag, for every value of the facets that the configuration names."""
    found: dict[str, str] = {}
    papers, facets = domain.library.papers, domain.library.facets
    for facet in config.mmu_facet_pages:
        if facet not in facets:
            message = f"mmu_facet_pages names {facet!r}, which is no facet"
            warn(Problem(Code.CONFIG, message, "conf.py", 1, hint=did_you_mean(facet, facets)))
            continue
        values = [v for v in papers.values(facet) if papers.tagged(facet, v)]
        for value, docname in page_names(values, f"{config.mmu_facet_dir}/{facet}").items():
            found[docname] = f"{facet}:{value}"
    return found


def _markup(suffixes: Mapping[str, str]) -> tuple[str, str]:
    """The suffix and the parser of stubs: reST where the project reads it."""
    for markup in ("restructuredtext", "markdown"):
        found = next((suffix for suffix, parser in suffixes.items() if parser == markup), "")
        if found:
            return found, markup
    return next(iter(suffixes)), "restructuredtext"


def _stubs(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*.*") if folder.is_dir() else ():
        if path.is_file() and path.name != ".gitignore" and PAGE_MARK in path.read_text("utf-8", "replace")[:400]:
            yield path


def remove_output(app: Sphinx, exception: Exception | None) -> None:
    """Delete the written pages of what is gone: Sphinx leaves them."""
    builder: Any = app.builder
    if exception or builder.format != "html" or builder.name == "singlehtml":
        return
    wanted = {Path(builder.get_outfilename(d)) for d in app.env.found_docs}
    for name in domain_of(app.env).data["folders"]:
        folder = Path(app.outdir) / name
        for path in [p for p in folder.rglob("*.html") if p not in wanted and META in p.read_text("utf-8", "replace")]:
            path.unlink()
            for parent in path.parents:
                if parent == Path(app.outdir) or any(parent.iterdir()):
                    break
                parent.rmdir()
