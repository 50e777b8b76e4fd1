"""The reference to a work as text, in each of :data:`STYLES`.

It is what styles in other programs print from the exported BibTeX: APA as ``apa.csl`` does in
pandoc, ACL as ``acl_natbib.bst`` does, with the address at the end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from sphinx_mmu.bib.latex import plain_text, sentence_case
from sphinx_mmu.model import links, publication, reference
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import OTHERS, Person, initials

_MOST, _FIRST = 20, 19
"""How many names both styles print, and how many of them come first where there are more."""


def apa(paper: Paper) -> str:
    """The reference in the style of the American Psychological Association, seventh edition."""
    authors, editors = reference.people(paper)
    role = "" if authors else _role(editors, " (Ed.)", " (Eds.)")
    who = _apa_names([_apa_name(one) for one in authors or editors]) + role
    year = f"({publication.issued(paper)[:4] or 'n.d.'})"
    bracket = _apa_bracket(paper)
    name = f"{_sentence(paper)}{bracket and f' [{bracket}]'}"
    head = [f"{_stopped(who)} {year}", name] if who else [name, year]
    return _sentences(paper, [*head, _apa_where(paper), _apa_house(paper)])


def _apa_name(person: Person) -> str:
    return _joined(person.family, initials(person.given))


def _apa_names(names: list[str]) -> str:
    if names[-1:] == [OTHERS.family]:
        return ", ".join(names)
    if len(names) > _MOST:
        return f"{', '.join(names[:_FIRST])}, … {names[-1]}"
    return ", & ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _apa_bracket(paper: Paper) -> str:
    """What kind of work it is, where that is no article or part."""
    found = reference.kind(paper)
    if found.csl == "thesis":
        return _joined(found.genre, reference.publisher(paper))
    return found.csl if found.csl in {"dataset", "software"} else ""


def _apa_where(paper: Paper) -> str:
    name, pages = reference.container(paper), reference.field(paper, "pages")
    if not name:
        return ""
    if reference.kind(paper).csl == "chapter":
        _authors, editors = reference.people(paper)
        by = " & ".join(
            f"{initials(one.given)} {one.family}".strip() for one in editors
        )
        who = f"{by}{_role(editors, ' (Ed.)', ' (Eds.)')}, " if by else ""
        return f"In {who}{name}{pages and f' (pp. {pages})'}"
    volume, issue = reference.field(paper, "volume"), reference.number(paper)
    return _joined(name, volume + (issue and f"({issue})"), pages)


def _apa_house(paper: Paper) -> str:
    """The publisher, which a thesis has in its bracket and a paper of a periodical not at all."""
    found = reference.kind(paper).csl
    part = found in {
        "article-journal",
        "paper-conference",
    } and reference.container(paper)
    return "" if part or found == "thesis" else reference.publisher(paper)


def acl(paper: Paper) -> str:
    """The reference in the style of the Association for Computational Linguistics."""
    authors, editors = reference.people(paper)
    role = "" if authors else _role(editors, ", editor", ", editors")
    who = _acl_names([one.name for one in authors or editors]) + role
    year = publication.issued(paper)[:4]
    return _sentences(paper, [who, year, _sentence(paper), *_acl_where(paper)])


def _acl_names(names: list[str]) -> str:
    *before, last = names or [""]
    if last == OTHERS.family:
        return f"{', '.join(before)}{',' if len(before) > 1 else ''} {last}".strip()
    if len(names) > _MOST:
        return f"{', '.join(names[:_FIRST])}, and {len(names) - _FIRST} others"
    comma = "," if len(before) > 1 else ""
    return f"{', '.join(before)}{comma} and {last}" if before else last


def _acl_where(paper: Paper) -> list[str]:
    found, name = reference.kind(paper), reference.container(paper)
    volume, issue = reference.field(paper, "volume"), reference.number(paper)
    if publication.is_preprint(paper):
        return [_joined("Preprint", issue or reference.publisher(paper))]
    if not name:
        return [_joined(found.genre, _house(paper))]
    pages = reference.field(paper, "pages")
    if found.csl == "article-journal":
        place = _joined(name, volume + (issue and f"({issue})"))
        return [
            f"{place}:{pages}"
            if volume and pages
            else f"{place}{pages and f', {pages}'}"
        ]
    part = f"volume {volume}" if volume else f"number {issue}" if issue else ""
    return [
        _joined(f"In {name}", part, pages and f"pages {pages}"),
        _house(paper),
    ]


def _joined(*parts: str) -> str:
    """The parts that are not empty, with commas between them."""
    return ", ".join(filter(None, parts))


def _role(editors: Sequence[Person], one: str, several: str) -> str:
    """What editors are called: ``one`` or ``several``."""
    return several if len(editors) > 1 else one if editors else ""


def _sentence(paper: Paper) -> str:
    """The title with capitals as in a sentence, where it is English."""
    written = paper.entry.value("title")
    language = reference.field(paper, "langid", "language").casefold()
    english = not language or language.startswith(("en", "american", "british"))
    title = (
        reference.line(plain_text(sentence_case(written))) if english else ""
    )
    return title or reference.title(paper)


def _house(paper: Paper) -> str:
    found = reference.publisher(paper)
    return "" if found == reference.container(paper) else found


def _stopped(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _sentences(paper: Paper, parts: Iterable[str]) -> str:
    """These parts as sentences, then the DOI or another address."""
    found = links.url(paper.links, "doi") or reference.address(paper)
    return " ".join(
        [*(_stopped(part) for part in parts if part), *filter(None, [found])]
    )


STYLES: Mapping[str, Callable[[Paper], str]] = {"APA": apa, "ACL": acl}
"""Every style by its name, which readers see; commands have it in lower case."""
