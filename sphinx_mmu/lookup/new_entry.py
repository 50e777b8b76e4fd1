"""A new entry from the metadata of a service or a pasted entry: cleaned, with a key, proposed tags,
and its place.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from math import inf
from statistics import fmean

from pylatexenc.latex2text import LatexNodes2Text
from rapidfuzz import fuzz, process

from sphinx_mmu.bib import reader
from sphinx_mmu.bib.fields import VERBATIM
from sphinx_mmu.bib.reader import RawEntry
from sphinx_mmu.bib.style import Written
from sphinx_mmu.bib.writer import braced, escaped
from sphinx_mmu.library.library import Library
from sphinx_mmu.library.new_works import usual_tags
from sphinx_mmu.library.same_work import identifiers, letters, same_work
from sphinx_mmu.lookup.service_work import ServiceWork
from sphinx_mmu.model.identifiers import read, recognised
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.paper_reader import paper_from
from sphinx_mmu.model.people import OTHERS, Person, family
from sphinx_mmu.model.tags import split_words
from sphinx_mmu.vocabulary.vocabulary import Facet, Term

PROPOSED = "proposed"
_STOP = frozenset(
    "a an the on in of to for and from with at by as is are".split()
)
_NAME = re.compile(r"(\S{2,30})\s*:\s")
_CAPITAL = re.compile(
    r"(?<![{\w])([\w-]*(?:[a-z0-9][A-Z]|[A-Z]{2})[\w-]*)(?![}\w])"
)
_SEVERAL = re.compile(r",|\band\b", re.IGNORECASE)
"""What would make more names, or more parts, of a part of a name."""
_AS_IT_IS = re.compile(r"\$|\\(?:url|href)\b")
_EDITION = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th)?|\w*(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|"
    r"twelfth|teenth|tieth))\b"
)
_LIKE_A_VENUE = 90
_TITLE_WEIGHT = 3
_ENOUGH = 2
_VERBATIM = VERBATIM | {"keywords"}
_TEX = LatexNodes2Text(
    keep_braced_groups=True, math_mode="verbatim", keep_comments=True
)


def from_record(record: ServiceWork, library: Library, added: str) -> Written:
    """The entry of a work that a service knows."""
    short = _NAME.match(record.title)
    values = {
        "title": protected(record.title),
        "shorttitle": short[1]
        if short and _CAPITAL.fullmatch(short[1])
        else "",
        "author": names(record.authors),
        "booktitle": record.venue
        if record.type in {"inproceedings", "incollection"}
        else "",
        "journal": record.venue if record.type == "article" else "",
        "volume": record.volume,
        "number": record.number,
        "pages": record.pages,
        "publisher": record.publisher
        if record.type in {"book", "incollection"}
        else "",
        "venue": record.short_venue or known_venue(record.venue, library),
        "year": record.year,
        "eprint": record.eprint,
        "eprinttype": "arxiv" if record.eprint else "",
        "doi": record.doi,
        "openreview": record.openreview,
        "url": ""
        if record.doi or record.eprint or record.openreview
        else record.url,
        "code": record.code,
        "origdate": record.origdate,
        "added": added,
    }
    fields = tuple((n, braced(n, as_tex(n, v))) for n, v in values.items() if v)
    key = new_key(
        record.authors, record.origdate or record.year, record.title, library
    )
    return Written(record.type, key, fields, "", 1)


def from_bibtex(entry: RawEntry, library: Library, added: str) -> Written:
    """The entry as it was pasted: LaTeX as Unicode, a key of this project's scheme, all fields
    kept.
    """
    paper, _ = paper_from(entry)
    fields = {
        n: f.value if n in _VERBATIM else _unicode(f.value)
        for n, f in entry.fields.items()
    }
    doi = fields.get("doi", "")
    fields["doi"] = read("doi", doi) or doi
    own = dict(sorted(name.split(":", 1) for name in identifiers(paper)))
    if "arxiv" in own:
        fields |= {"eprint": own["arxiv"], "eprinttype": "arxiv"}
        fields.pop("archiveprefix", None)
    if "openreview" in own:
        fields["openreview"] = own["openreview"]
    if recognised(fields.get("url", "")) and own.keys() - {"anthology"}:
        fields["url"] = ""  # the identifier leads there
    fields.setdefault("origdate", paper.date)
    fields["added"] = added
    place = (
        paper.venue
        if entry.type in {"inproceedings", "incollection", "article"}
        else ""
    )
    fields.setdefault("venue", known_venue(place, library))
    key = new_key(paper.authors, paper.date, paper.title, library)
    return Written(
        entry.type,
        key,
        tuple((n, braced(n, v)) for n, v in fields.items() if v),
        "",
        1,
    )


def protected(title: str) -> str:
    """A title with braces around words whose capitals must stay."""
    return _CAPITAL.sub(r"{\1}", title)


def names(people: Sequence[Person]) -> str:
    """An author list as BibTeX has it."""
    return " and ".join(map(_name, people))


def _name(person: Person) -> str:
    if person == OTHERS:
        return "others"
    parts = [part for part in (person.family, person.given) if part]
    if len(parts) == 1:
        return braced("author", parts[0])
    return ", ".join(
        braced("author", part) if _SEVERAL.search(part) else part
        for part in parts
    )


def as_tex(name: str, value: str) -> str:
    """The text of a field as TeX."""
    return value if name in _VERBATIM else escaped(value)


def _unicode(value: str) -> str:
    """LaTeX's accents as letters; braces stay, and so do texts with formulas or addresses."""
    if "\\" not in value or _AS_IT_IS.search(value):
        return value
    try:
        plain = str(
            _TEX.latex_to_text(
                value.replace("%", "\\%").replace("\\\\%", "\\%")
            )
        )
    except Exception:  # noqa: BLE001 -- a library that guesses at TeX may stumble in any way
        return value
    balanced = plain.count("{") == plain.count("}")
    return (
        escaped(re.sub(r"\{(\w)\}", r"\1", plain))
        if balanced and plain.strip()
        else value
    )


# --- the key


def new_key(
    people: Sequence[Person], date: str, title: str, library: Library
) -> str:
    """Family name, year, first telling word of the title; further words where the key is taken."""
    name = family(people[0]) if people else "anonymous"
    start = _plain(name) + (date[:4] if date[:4].isdecimal() else "nodate")
    words = [w for w in map(_plain, title.split()) if w]
    telling = [w for w in words if w not in _STOP] or words or ["untitled"]
    for number in range(1, len(telling) + 1):
        key = start + "".join(telling[:number])
        if not library.find(key):
            return key
    number = 2
    while library.find(f"{start}{telling[0]}{number}"):
        number += 1
    return f"{start}{telling[0]}{number}"


def _plain(text: str) -> str:
    return re.sub("[^a-z0-9]", "", letters(text).replace(" ", ""))


# --- the venue


def known_venue(place: str, library: Library) -> str:
    """The short name that entries of the same venue have."""
    wanted = _series(place)
    if not wanted:
        return ""
    named = {
        _series(p.venue): p.fields["venue"]
        for p in library.papers.papers
        if p.fields.get("venue") and p.venue
    }
    found = process.extractOne(
        wanted, named.keys(), scorer=fuzz.ratio, score_cutoff=_LIKE_A_VENUE
    )
    return named[found[0]] if found else ""


def _series(place: str) -> str:
    """The name of a venue without year and number of the edition."""
    return " ".join(_EDITION.sub(" ", letters(place)).split())


# --- the same work


def known_works(library: Library) -> Iterator[Paper]:
    """The works that a new entry could be: those of the lists, and those that are only cited."""
    yield from (*library.papers.papers, *library.background.papers)


def already_there(paper: Paper, library: Library) -> Paper | None:
    """The entry that is this work, if there is one."""
    own = identifiers(paper)
    for other in known_works(library):
        if own & identifiers(other) or same_work(paper, other):
            return other
    return None


def paper_of(entry: Written) -> Paper:
    """The paper that an entry describes."""
    (raw,), _ = reader.parse(entry.text, "")
    return paper_from(raw)[0]


# --- tags


def proposals(title: str, abstract: str, library: Library) -> list[str]:
    """Tags whose label, short label or alias a title and an abstract name; one for facets that
    allow one. Of facets that say what new entries get, the usual one.
    """
    head, body = f" {letters(title)} ", f" {letters(abstract)} "
    found = list(usual_tags(library))
    for facet in library.vocabulary.facets.values():
        if facet.field or facet.new or not facet.terms:
            continue
        scores = {term.tag: _score(term, head, body) for term in facet.terms}
        named = [tag for tag, score in scores.items() if score]
        if facet.single:
            best = sorted(named, key=lambda tag: -scores[tag])[:1]
            named = [tag for tag in best if scores[tag] >= _ENOUGH]
        found += _deepest(named)
    return found


def _score(term: Term, head: str, body: str) -> int:
    words = set(map(letters, term.words))
    return max(
        (_TITLE_WEIGHT * _count(w, head) + _count(w, body) for w in words if w),
        default=0,
    )


def _count(word: str, text: str) -> int:
    return text.count(f" {word} ") + text.count(f" {word}s ")


def _deepest(tags: Sequence[str]) -> Iterator[str]:
    """Without the parents of what is there, since a tag implies them."""
    for tag in tags:
        if not any(other.startswith(f"{tag}/") for other in tags):
            yield tag


def tagged(
    entry: Written,
    tags: Sequence[str],
    proposed: Sequence[str],
    library: Library,
    *,
    sure: bool = True,
) -> Written:
    """The entry with tags: those given, and those proposed for facets that nobody gave, marked as
    proposals.

    With ``sure=False``, whatever tags it has are proposals.
    """
    own = list(split_words(entry.value("keywords")))
    given = {tag.partition(":")[0] for tag in (*tags, *own)}
    new = [tag for tag in proposed if tag.partition(":")[0] not in given]
    order = _order(library)
    words = sorted(
        dict.fromkeys((*tags, *new)),
        key=lambda tag: order.get(tag.partition(":")[0], inf),
    )
    entry = entry.having(keywords=", ".join(dict.fromkeys((*words, *own))))
    if not new and sure:
        return entry
    facet = next(
        (f for f in library.vocabulary.facets.values() if f.provenance), None
    )
    if (
        not facet
        or facet.open
        or library.vocabulary.term(f"{facet.name}:{PROPOSED}")
    ):
        return entry.having(**{library.vocabulary.source_field: PROPOSED})
    return entry.having(
        tagnote="Tags proposed by words of title and abstract; nobody has read them yet"
    )


def _order(library: Library) -> Mapping[str, float]:
    """The usual position of each facet's tags in an entry."""
    places: dict[str, list[int]] = defaultdict(list)
    for paper in library.papers.papers:
        for n, name in enumerate(paper.tags):
            places[name].append(n)
    return {name: fmean(found) for name, found in places.items()}


# --- the place


def inserted(
    text: str, entry: Written, papers: Sequence[Paper], library: Library
) -> str:
    """The text with the entry at its place: in the part of its tag, among its dates. All else
    stays, byte for byte.
    """
    before = _follower(paper_of(entry), papers, library)
    end = "\r\n" if "\r\n" in text else "\n"
    block = entry.text.replace("\n", end)
    if before is None:
        stripped = text.rstrip()
        return f"{stripped}{end * 2 if stripped else ''}{block}{end}"
    at = _offset(text, before.entry.line)
    return f"{text[:at]}{block}{end * 2}{text[at:]}"


def _offset(text: str, line: int) -> int:
    ends = [found.end() for found in re.finditer(r"\r\n|\r|\n", text)]
    return (
        ends[line - 2]
        if line > 1
        else len(text) - len(text.removeprefix("\ufeff"))
    )


def _follower(
    new: Paper, papers: Sequence[Paper], library: Library
) -> Paper | None:
    """The paper before which the new one is inserted; None for the end of the file."""
    facet = parts_of(papers, library)
    mine = new.tags.get(facet.name, ()) if facet else ()
    part = [
        p for p in papers if not facet or p.tags.get(facet.name, ()) == mine
    ]
    if not part:
        return None
    after = papers.index(part[-1]) + 1
    next_part = papers[after] if after < len(papers) else None
    dates = [(a.date, b.date) for a, b in pairwise(part) if a.date != b.date]
    falling = sum(a > b for a, b in dates)
    if 2 * falling >= len(dates):
        return next((p for p in part if p.date <= new.date), next_part)
    return next_part


def parts_of(papers: Sequence[Paper], library: Library) -> Facet | None:
    """The facet by whose values the entries of a file are grouped."""
    facets = library.vocabulary.facets.values()
    for facet in (f for f in facets if f.single and not f.provenance):
        runs: list[tuple[str, ...]] = []
        for paper in papers:
            values = paper.tags.get(facet.name, ())
            if not runs or runs[-1] != values:
                runs.append(values)
        if 1 < len(runs) == len(set(runs)):
            return facet
    return None
