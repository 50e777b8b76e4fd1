"""The configuration values, each with its type, its meaning and its check."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx_mmu.ext._shared import warn
from sphinx_mmu.problems import Code, Problem

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

_FOLDER = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*")


@dataclass(frozen=True, slots=True)
class Value:
    """One configuration value; the guide's list is made from these."""

    name: str
    default: Any
    types: tuple[type, ...]
    meaning: str


VALUES = (
    Value(
        "mmu_bibfiles",
        [],
        (list, tuple),
        "BibTeX files with the papers to list, relative to the folder of conf.py.",
    ),
    Value(
        "mmu_dataset_bibfiles",
        [],
        (list, tuple),
        "BibTeX files with datasets, for the dataset catalogue.",
    ),
    Value(
        "mmu_background_bibfiles",
        [],
        (list, tuple),
        "BibTeX files with works that relations and terms may name, but that are not listed.",
    ),
    Value(
        "mmu_vocabulary",
        [],
        (list, tuple),
        "TOML files with facets and terms. Without one, every keyword written facet:value makes its"
        " facet.",
    ),
    Value(
        "mmu_results",
        [],
        (list, tuple),
        "CSV files with results, one value a line: what works reached on benchmarks.",
    ),
    Value(
        "mmu_publish_fields",
        [],
        (list, tuple),
        "Fields of entries to publish besides the standard ones and those that the vocabulary"
        " names.",
    ),
    Value(
        "mmu_site_search",
        False,
        (bool,),
        "Whether the site has the search of this extension: on the search page, over every page by"
        " / or Ctrl-K, and in the page of sphinx-notfound-page.",
    ),
    Value("mmu_paper_pages", True, (bool,), "Whether every paper gets a page of its own."),
    Value(
        "mmu_paper_dir",
        "paper",
        (str,),
        "The folder, in the source folder, of the pages of papers. Its files are made by the"
        " build.",
    ),
    Value(
        "mmu_facet_pages",
        [],
        (list, tuple),
        "Facets whose every value gets a page with its papers, for readers without scripts.",
    ),
    Value(
        "mmu_facet_dir",
        "facet",
        (str,),
        "The folder, in the source folder, of the pages of facet values. Its files are made by the"
        " build.",
    ),
    Value(
        "mmu_table_inline_max",
        1000,
        (int,),
        "A table of more rows, or an explorer of more than 250, shows the first 100 and links to"
        " pages with all. 0: every table shows all rows.",
    ),
    Value(
        "mmu_explorer",
        "papers/index",
        (str,),
        "The page with all papers, where 'all of them' links lead. Without such a page there are no"
        " such links.",
    ),
    Value(
        "mmu_compare",
        "compare",
        (str,),
        "The page with the directive that compares papers. Without such a page nothing offers to"
        " compare.",
    ),
    Value(
        "mmu_feeds",
        False,
        (bool,),
        "Whether there are Atom feeds of the newest papers: of all, and of each value of a facet"
        " that has a place.",
    ),
    Value(
        "mmu_bibtex_copies",
        True,
        (bool,),
        "Whether sphinxcontrib-bibtex gets well-formed copies of these files, with the fields that"
        " styles print.",
    ),
    Value(
        "mmu_edit_url",
        "",
        (str,),
        "Address of a line of a .bib file, with {file} and {line}, for 'fix this entry'. Empty: no"
        " such link.",
    ),
    Value(
        "mmu_new_issue_url",
        "",
        (str,),
        "Address of a form for a new issue, with {title}, {identifier} and {body}, the BibTeX"
        " entry, for papers that readers propose. Empty: they can only copy the entry.",
    ),
)


def setup_config(app: Sphinx) -> None:
    """Register every value; what pages show depends on each of them."""
    for value in VALUES:
        app.add_config_value(value.name, value.default, "env", value.types, value.meaning)
    app.connect("config-inited", check_config)


def check_config(app: Sphinx, config: Config) -> None:
    """Put the default in the place of a value that cannot be used, and say so."""
    settings = Path(app.confdir) / "conf.py"
    lines = settings.read_text("utf-8", "replace").splitlines() if settings.is_file() else []
    for value in VALUES:
        fault = _fault(value, getattr(config, value.name))
        if fault:
            line = next((n for n, text in enumerate(lines, 1) if text.startswith(value.name)), 1)
            warn(Problem(Code.CONFIG, f"{value.name} {fault}", "conf.py", line))
            setattr(config, value.name, value.default)


def _fault(value: Value, given: Any) -> str:
    if not any(isinstance(given, t) for t in value.types):
        return f"must be {' or '.join(t.__name__ for t in value.types)}, not {type(given).__name__}"
    if isinstance(given, list | tuple) and not all(isinstance(item, str) for item in given):
        return "must be a list of file names"
    if value.name in ("mmu_paper_dir", "mmu_facet_dir") and not _FOLDER.fullmatch(given):
        return f"must be a folder below the source folder, not {given!r}"
    if value.name == "mmu_table_inline_max" and given < 0:
        return f"must be 0 or more, not {given}"
    if value.name == "mmu_edit_url" and given:
        try:
            given.format(file="", line=1)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            return "may hold {file} and {line}, and no other braces"
    if value.name == "mmu_new_issue_url" and given:
        return _issue_fault(given)
    return ""


def _issue_fault(given: str) -> str:
    if not given.startswith(("https://", "http://")):
        return "must begin with https:// or http://"
    if set(re.findall(r"\{.*?\}|[{}]", given)) - {"{title}", "{identifier}", "{body}"}:
        return "may hold {title}, {identifier} and {body}, and no other braces"
    return ""
