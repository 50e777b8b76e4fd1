"""Where pages name entries: the sentence around each mention, the paragraph around it as a target,
and who names whom on all pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, pairwise, starmap
from typing import Any, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment

from sphinx_mmu.ext.citations.bibtex import cited_keys
from sphinx_mmu.ext.common.docutils_pieces import enclosing
from sphinx_mmu.ext.common.names import short_hash
from sphinx_mmu.ext.config import NO
from sphinx_mmu.views.cells import Part

MARK = "mmu-mention"
"""The attribute of a role's reference that names an entry: its key."""

_THING = "\ufffc"
"""A placeholder for a mention, a citation or a formula while sentences are split."""
_END = re.compile(
    r"""[.!?…]["'’”»)\]]*\s+(?=["'‘“«(\[]*(?P<next>\S))|[。！？]"""
)
_SHORTENED = re.compile(
    r"(?:^|[\s(\[])(?:[a-z]|al|e\.g|i\.e|cf|vs|figs?|secs?|eqs?|tabs?|app|approx|resp|no|pp?)\.$",
    re.IGNORECASE,
)
_SILENT = (
    nodes.footnote_reference,
    nodes.image,
    nodes.raw,
    nodes.target,
    nodes.problematic,
    addnodes.index,
)


class Mention(NamedTuple):
    """An entry named in a sentence: where on its page (an id, empty for the page), below which
    heading, and how.
    """

    key: str
    anchor: str
    section: str
    sentence: tuple[tuple[str, str, str], ...]
    """Runs of (kind, text, target): text, math, entry (``target`` is its key) and cite (``target``
    are keys).
    """

    def labelled(self, cited: Callable[[str], str]) -> Mention:
        """The same with the names of what is cited."""
        runs = []
        for kind, text, target in self.sentence:
            runs.append(
                (kind, cited(target) if kind == "cite" else text, target)
            )
        return self._replace(sentence=tuple(runs))


class Mentions:
    """Which pages name each entry, and in which sentences.

    ``named`` are the keys that each page names by roles, ``quotes`` its mentions as plain tuples,
    and ``labels`` what entries are called.
    """

    def __init__(
        self,
        env: BuildEnvironment,
        named: Mapping[str, Iterable[str]],
        quotes: Mapping[str, Iterable[tuple[Any, ...]]],
        labels: Mapping[str, str],
    ) -> None:
        self._labels = labels
        self._pages: dict[str, set[str]] = defaultdict(set)
        self._sentences: dict[tuple[str, str], list[Mention]] = defaultdict(
            list
        )
        for docname, keys in (*named.items(), *cited_keys(env)):
            for key in () if is_silent(env, docname) else keys:
                self._pages[key].add(docname)
        for docname, found in quotes.items():
            for mention in starmap(Mention, found):
                self._sentences[mention.key, docname].append(mention)

    def pages(self, key: str) -> list[str]:
        """The pages that name an entry, in order."""
        return sorted(self._pages.get(key, ()))

    def sentences(self, key: str, docname: str) -> tuple[Mention, ...]:
        """The sentences of a page that name an entry, in order, citations as they are now."""
        found = self._sentences.get((key, docname), ())
        return tuple(dict.fromkeys(one.labelled(self.cited) for one in found))

    def cited(self, keys: str) -> str:
        """What works are called in the text where they are cited, by their keys with commas."""
        return "; ".join(self._labels.get(key, key) for key in keys.split(","))


def is_silent(env: BuildEnvironment, docname: str) -> bool:
    """Whether the metadata of a page exclude its references from the mentions."""
    return env.metadata[docname].get("mmu-mentions") in NO


# --- on a page


def mentions(doctree: nodes.document, docname: str) -> tuple[Mention, ...]:
    """The sentences of a page that has been read in which entries are named. Their paragraphs
    become targets.
    """
    found: list[Mention] = []
    for block in _blocks(doctree):
        found += _mentions(block, docname)
    return tuple(found)


def _blocks(doctree: nodes.document) -> list[nodes.TextElement]:
    """Every paragraph, heading or the like in which an entry is named, in order."""
    found = {}
    for reference in doctree.findall(addnodes.pending_xref):
        block = _block(reference)
        if _names(reference) and isinstance(block, nodes.TextElement):
            found[id(block)] = block
    return list(found.values())


def _block(reference: nodes.Element) -> nodes.Element:
    inline = (
        isinstance(reference, nodes.Inline) and reference.parent is not None
    )
    return _block(reference.parent) if inline else reference


def _names(reference: nodes.Element) -> tuple[str, ...]:
    """The keys that a reference names, by a role of ours or by ``{cite}``."""
    if reference.get("refdomain") == "cite":
        keys = map(str.strip, reference["reftarget"].split(","))
        return tuple(filter(None, keys))
    return (reference[MARK],) if MARK in reference else ()


def _mentions(block: nodes.TextElement, docname: str) -> Iterator[Mention]:
    runs = list(runs_of(block))
    keys = dict.fromkeys(chain.from_iterable(map(_keys, runs)))
    anchor, section = _target(block, docname), _section_title(block)
    for sentence in sentences(runs):
        named = set(chain.from_iterable(map(_keys, sentence)))
        said = tuple((run.kind, run.text, run.target) for run in sentence)
        for key in filter(named.__contains__, keys):
            yield Mention(key, anchor, section, said)


def _keys(run: Part) -> tuple[str, ...]:
    return tuple(run.target.split(",")) if run.kind in ("entry", "cite") else ()


def runs_of(node: nodes.Node) -> Iterator[Part]:
    """The text of a paragraph, one run after the other."""
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield Part("text", " ".join(re.split(r"\s+", child.astext())))
        elif isinstance(child, nodes.math):
            yield Part("math", child.astext())
        elif isinstance(child, addnodes.pending_xref) and (
            keys := _names(child)
        ):
            if child.get("refdomain") == "cite":
                yield Part("cite", "", ",".join(keys))
            else:
                yield Part("entry", child.astext(), keys[0])
        elif not isinstance(child, _SILENT):
            yield from runs_of(child)


def sentences(runs: list[Part]) -> list[tuple[Part, ...]]:
    """Runs in sentences. One ends at a mark before what may begin the next, but not at 'et al.' or
    an initial.
    """
    text = "".join(run.text if run.kind == "text" else _THING for run in runs)
    ends = [m.end() for m in _END.finditer(text) if _is_end(text, m)]
    bounds = [
        0,
        *(end for end in ends if text[end:].strip(f"{_THING} .,;")),
        len(text),
    ]
    parts = [(a, b) for a, b in pairwise(bounds) if text[a:b].strip()]
    return [_cut(runs, start, end) for start, end in parts]


def _is_end(text: str, mark: re.Match[str]) -> bool:
    follows = mark["next"]
    return not (follows and follows.islower()) and not _SHORTENED.search(
        text[: mark.start() + 1]
    )


def _cut(runs: list[Part], start: int, end: int) -> tuple[Part, ...]:
    found, at = [], 0
    for run in runs:
        size = len(run.text) if run.kind == "text" else 1
        low, high = max(start - at, 0), min(end - at, size)
        if low < high:
            part = run.text[low:high] if run.kind == "text" else run.text
            found.append(run._replace(text=part))
        at += size
    if found and found[-1].kind == "text":
        found[-1] = found[-1]._replace(text=found[-1].text.rstrip())
    return tuple(run for run in found if run.text or run.kind == "cite")


def _target(block: nodes.TextElement, docname: str) -> str:
    """The id of a paragraph, which it gets here; of its section, if it is none and cannot have
    one.
    """
    if not isinstance(block, nodes.paragraph):
        section = enclosing(block, nodes.section)
        return (
            section["ids"][0] if section is not None and section["ids"] else ""
        )
    document = block.document
    stem = f"{nodes.make_id(docname)}-{short_hash(block.astext())}"
    assert document is not None  # noqa: S101 -- for the type checker: it has just been read
    names = (stem, *(f"{stem}-{n}" for n in range(2, 1000)))
    anchor = next((name for name in names if name not in document.ids), "")
    if anchor:
        target = nodes.target("", "", ids=[anchor])
        document.ids[anchor] = target
        block.insert(0, target)
    return anchor


def _section_title(block: nodes.Element) -> str:
    """The heading above a block, empty below the page's own."""
    section = enclosing(block, nodes.section)
    if section is None or isinstance(section.parent, nodes.document):
        return ""
    title = next(iter(section.findall(nodes.title)), None)
    return " ".join(title.astext().split()) if title is not None else ""
