"""A reference to a work: the parts that all forms of it share, the entry that other programs read,
and the text in two styles.

The text is what styles in other programs print from the exported BibTeX: APA as ``apa.csl`` does in
pandoc, ACL as ``acl_natbib.bst`` does, with the address at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pybtex.bibtex.utils import split_name_list

from sphinx_mmu.bib.latex import plain_text, sentence_case
from sphinx_mmu.bib.reader import Field, RawEntry
from sphinx_mmu.bib.writer import PRINTED
from sphinx_mmu.model import links, publication
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import OTHERS, Person, initials, person_from

# --- the parts

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def line(text: str) -> str:
    """The text in one line, without control characters."""
    if not text:
        return ""
    found = " ".join(text.split())
    return found if found.isprintable() else " ".join(_CONTROL.sub("", found).split())


def field(paper: Paper, *names: str) -> str:
    """The first of these fields that has a value, in one line."""
    return next((found for name in names if (found := line(paper.fields.get(name, "")))), "")


def title(paper: Paper) -> str:
    """The title, or the key of a work that has none."""
    return line(paper.title) or paper.key


def doi(paper: Paper) -> str:
    """The DOI without its address."""
    return links.identifier(paper.links, "doi")


def arxiv(paper: Paper) -> str:
    """The identifier in arXiv."""
    return links.identifier(paper.links, "arxiv")


def addresses(paper: Paper) -> list[str]:
    """The addresses where the work itself is found, besides its DOI: the entry's ``url`` first."""
    found = [link.url for link in links.texts(paper.links) if link.kind != "doi"]
    return sorted(found, key=lambda url: url != paper.fields.get("url"))


def address(paper: Paper) -> str:
    """The first of these, or else the page about the work."""
    return next(iter(addresses(paper)), "") or links.url(paper.links, "project")


def people(paper: Paper) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """Authors and editors: the model has editors only where there is no author."""
    if not paper.fields.get("author"):
        return (), _printable(paper.authors)
    editors = paper.entry.fields.get("editor")
    return _printable(paper.authors), _printable(
        map(person_from, split_name_list(editors.value if editors else ""))
    )


def _printable(found: Iterable[Person | None]) -> tuple[Person, ...]:
    lines = (Person(line(one.given), line(one.family)) for one in found if one)
    named = tuple(one for one in lines if one.family)
    return () if named == (OTHERS,) else named


def kind(paper: Paper) -> publication.Kind:
    """The type in the words of other programs."""
    found = publication.kind(paper)
    return found._replace(genre=line(found.genre))


def container(paper: Paper) -> str:
    """The journal, proceedings or book that the work is part of."""
    return line(publication.container(paper).name)


def publisher(paper: Paper) -> str:
    """Who published the work; the archive of a preprint."""
    return line(publication.publisher(paper))


def number(paper: Paper) -> str:
    """The number that the work has where it was published."""
    return line(publication.number(paper))


# --- the entry


def cited_entry(paper: Paper) -> RawEntry:
    """The entry with the fields that styles print, always with an address where one is known."""
    fields = {name: value for name, value in paper.entry.fields.items() if name in PRINTED}
    if "url" not in fields and (found := address(paper)):
        fields["url"] = Field("url", found, paper.entry.line)
    return replace(paper.entry, fields=fields)


def exported_entry(paper: Paper) -> RawEntry:
    """The same with what reference managers keep besides: short title, abstract, and keywords
    without the tags.
    """
    entry = cited_entry(paper)
    more = {n: f for n, f in paper.entry.fields.items() if n in {"shorttitle", "abstract"}}
    if paper.keywords:
        more["keywords"] = Field("keywords", ", ".join(paper.keywords), entry.line)
    return replace(entry, fields={**entry.fields, **more})


# --- the text

_APA_NAMES, _APA_FIRST = 20, 19
"""How many names APA prints; of more, how many before the last."""
_ACL_NAMES, _ACL_FIRST = 20, 19


def apa(paper: Paper) -> str:
    """The reference in the style of the American Psychological Association, seventh edition."""
    authors, editors = people(paper)
    role = "" if authors or not editors else " (Eds.)" if len(editors) > 1 else " (Ed.)"
    who = _apa_names([_apa_name(one) for one in authors or editors]) + role
    year = f"({publication.issued(paper)[:4] or 'n.d.'})"
    bracket = _apa_bracket(paper)
    name = f"{_sentence(paper)}{bracket and f' [{bracket}]'}"
    head = [f"{_stopped(who)} {year}", name] if who else [name, year]
    return _sentences(paper, [*head, _apa_where(paper), _apa_house(paper)])


def _apa_name(person: Person) -> str:
    return ", ".join(filter(None, (person.family, initials(person.given))))


def _apa_names(names: list[str]) -> str:
    if names[-1:] == [OTHERS.family]:
        return ", ".join(names)
    if len(names) > _APA_NAMES:
        return f"{', '.join(names[:_APA_FIRST])}, … {names[-1]}"
    return ", & ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _apa_bracket(paper: Paper) -> str:
    """What kind of work it is, where that is no article or part."""
    found = kind(paper)
    if found.csl == "thesis":
        return ", ".join(filter(None, (found.genre, publisher(paper))))
    return found.csl if found.csl in {"dataset", "software"} else ""


def _apa_where(paper: Paper) -> str:
    name, pages = container(paper), field(paper, "pages")
    if not name:
        return ""
    if kind(paper).csl == "chapter":
        _authors, editors = people(paper)
        by = " & ".join(f"{initials(one.given)} {one.family}".strip() for one in editors)
        role = f"{by} ({'Eds.' if len(editors) > 1 else 'Ed.'}), " if by else ""
        return f"In {role}{name}{pages and f' (pp. {pages})'}"
    volume, issue = field(paper, "volume"), number(paper)
    return ", ".join(filter(None, [name, volume + (issue and f"({issue})"), pages]))


def _apa_house(paper: Paper) -> str:
    """The publisher, which a thesis has in its bracket and a paper of a periodical not at all."""
    found = kind(paper).csl
    part = found in {"article-journal", "paper-conference"} and container(paper)
    return "" if part or found == "thesis" else publisher(paper)


def acl(paper: Paper) -> str:
    """The reference in the style of the Association for Computational Linguistics."""
    authors, editors = people(paper)
    role = "" if authors or not editors else ", editors" if len(editors) > 1 else ", editor"
    who = _acl_names([one.name for one in authors or editors]) + role
    year = publication.issued(paper)[:4]
    return _sentences(paper, [who, year, _sentence(paper), *_acl_where(paper)])


def _acl_names(names: list[str]) -> str:
    *before, last = names or [""]
    if last == OTHERS.family:
        return f"{', '.join(before)}{',' if len(before) > 1 else ''} {last}".strip()
    if len(names) > _ACL_NAMES:
        return f"{', '.join(names[:_ACL_FIRST])}, and {len(names) - _ACL_FIRST} others"
    comma = "," if len(before) > 1 else ""
    return f"{', '.join(before)}{comma} and {last}" if before else last


def _acl_where(paper: Paper) -> list[str]:
    found, name, pages = kind(paper), container(paper), field(paper, "pages")
    if publication.is_preprint(paper):
        return [", ".join(filter(None, ("Preprint", number(paper) or publisher(paper))))]
    if not name:
        return [", ".join(filter(None, (found.genre, _house(paper))))]
    volume, issue = field(paper, "volume"), number(paper)
    if found.csl == "article-journal":
        place = ", ".join(filter(None, [name, volume + (issue and f"({issue})")]))
        return [f"{place}:{pages}" if volume and pages else f"{place}{pages and f', {pages}'}"]
    part = f"volume {volume}" if volume else f"number {issue}" if issue else ""
    return [
        ", ".join(filter(None, [f"In {name}", part, pages and f"pages {pages}"])),
        _house(paper),
    ]


def _sentence(paper: Paper) -> str:
    """The title with capitals as in a sentence, where it is English."""
    written = paper.entry.fields.get("title")
    language = field(paper, "langid", "language").casefold()
    english = not language or language.startswith(("en", "american", "british"))
    if not written or not english:
        return title(paper)
    return line(plain_text(sentence_case(written.value))) or title(paper)


def _house(paper: Paper) -> str:
    found = publisher(paper)
    return "" if found == container(paper) else found


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _sentences(paper: Paper, parts: Iterable[str]) -> str:
    """These parts as sentences, then the DOI or another address."""
    found = links.url(paper.links, "doi") or address(paper)
    return " ".join([*(_stopped(part) for part in parts if part), *filter(None, [found])])
