"""Papers as items of a list in Markdown."""

from __future__ import annotations

import re

from sphinx_mmu.library.library import Library
from sphinx_mmu.model import links, publication, reference
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.people import listed
from sphinx_mmu.views.cells import title_part
from sphinx_mmu.views.columns import summary


def markdown(paper: Paper, library: Library) -> str:
    """An item of a list: title, authors, venue, tags in words, and every link."""
    title = markdown_title(paper)
    urls = reference.addresses(paper)
    first = urls[0] if urls else links.url(paper.links, "doi")
    where = publication.venue_text(paper) or publication.issued(paper)[:4]
    who = [escaped(part) for part in (listed(paper.authors), where) if part]
    others = [
        f"[{link.label}]({destination(link.url)})"
        for link in paper.links
        if link.url != first
    ]
    head = f"[{title}]({destination(first)})" if first else title
    tags = escaped(summary(paper, library))
    work = " – ".join(filter(None, [head, ", ".join(who)]))
    return f"- {' · '.join(filter(None, [work, tags, *others]))}\n"


def markdown_title(paper: Paper) -> str:
    """The title with the short name in bold."""
    part = title_part(paper)
    if not part.lead:
        return escaped(reference.title(paper))
    # CommonMark would see no end of bold text.
    if not part.lead[-1].isalnum() and part.text[:1] not in {"", " ", ":"}:
        return escaped(part.lead + part.text)
    rest = escaped(f"x{part.text}")[1:]
    return f"**{escaped(part.lead)}**{rest}"


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, also at the beginning of a line."""
    line = re.sub(r"[\\`*_{}\[\]<>&~|$]", r"\\\g<0>", reference.line(text))
    return re.sub(r"^(\d*)(?=[-#+=:.()%])", r"\1\\", line)


def destination(url: str) -> str:
    """An address between parentheses."""
    return re.sub(
        r"&(?=#?\w+;)", r"\&", url.replace("(", "%28").replace(")", "%29")
    )
