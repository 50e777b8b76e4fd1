"""Make a draft of an entry from an issue that asks for a paper: ``python -m tools.issue FOLDER``,
in a workflow.

The text of an issue is a stranger's. It is read from the file of the event, never from a command
line. What is passed on from here is an identifier as a whole, tags of the vocabulary, and of BibTeX
one entry, written anew with the fields of :data:`FIELDS`; all else is ignored. FOLDER then has
``said.md``, an answer to the issue, and if a work was added the file that has it now.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from sphinx_mmu.bib import reader
from sphinx_mmu.bib.style import SourceEntry
from sphinx_mmu.bib.values import braced
from sphinx_mmu.cli._shared import Database, from_conf
from sphinx_mmu.model.identifiers import address, recognised
from sphinx_mmu.vocabulary.vocabulary import Vocabulary

LISTS = {
    "Works on multimodal unlearning": "list:since",
    "Works that these are compared with": "list:compared",
}
"""What may be chosen in the form, and the tag that it means."""

FIELDS = frozenset(
    "abstract address archiveprefix author booktitle chapter code date doi edition editor eprint"
    " eprintclass eprinttype howpublished institution isbn issn journal journaltitle keywords"
    " location month note number openreview organization origdate pages primaryclass project"
    " publisher school series shorttitle subtitle title url venue volume year".split()
)
"""What a stranger may say of a work: what it is and where it appeared, but not who set or checked
its tags.
"""

_NOTHING = "_No response_"
_LONGEST = 20_000
_TYPE = re.compile(r"[a-z]+")
_TAG = re.compile(r"(?<![\w-])[\w-]+:[\w./-]*[\w-]")
_ADD = [
    sys.executable,
    "-c",
    "from sphinx_mmu.cli import main; main()",
    "add",
    "--proposed",
]


class RefusedError(Exception):
    """An issue that no entry can be made of, and why."""


@dataclass(frozen=True)
class Wish:
    """What an issue asks for: an identifier or BibTeX, and tags, which are proposals."""

    identifier: str = ""
    bibtex: str = ""
    tags: tuple[str, ...] = ()

    @property
    def arguments(self) -> list[str]:
        """What ``sphinx-mmu add`` is called with."""
        options = [f"--tag={tag}" for tag in self.tags]
        return [*options, "--", self.identifier or "-"]


def wish(body: str, vocabulary: Vocabulary) -> Wish:
    """Read the body of an issue as the form writes it: headings of the third level, each with an
    answer.

    Raises :class:`RefusedError` if it names no work, or more than one.
    """
    answers: dict[str, str] = {}
    for part in re.split(
        r"^### ", body.replace("\r\n", "\n"), flags=re.MULTILINE
    )[1:]:
        heading, _, answer = part.partition("\n")
        text = answer.strip()
        answers.setdefault(heading.strip(), "" if text == _NOTHING else text)
    chosen = LISTS.get(answers.get("List", ""))
    named = _tags(answers.get("Tags", ""), vocabulary)
    tags = tuple(dict.fromkeys([chosen, *named] if chosen else named))
    if name := answers.get("Identifier"):
        return Wish(identifier=_identifier(name), tags=tags)
    return Wish(
        bibtex=_bibtex(answers.get("BibTeX", ""), vocabulary), tags=tags
    )


def _tags(text: str, vocabulary: Vocabulary) -> list[str]:
    """The tags in a text that new entries may have as keywords."""
    facets = [facet for facet in vocabulary.facets.values() if not facet.field]
    offered = {term.tag for facet in facets for term in facet.offered}
    terms = filter(None, map(vocabulary.term, _TAG.findall(text)))
    return [term.tag for term in terms if term.tag in offered]


def _identifier(text: str) -> str:
    found = recognised(text)
    if not found:
        raise RefusedError(
            "The identifier is no arXiv identifier, no DOI, and no address of OpenReview or the ACL"
            " Anthology."
        )
    return address(*found)


def _bibtex(text: str, vocabulary: Vocabulary) -> str:
    """The one entry that a text has, written anew."""
    bare = re.sub(r"\A```\w*\n|\n?```\Z", "", text).strip()
    if not bare:
        raise RefusedError("There is neither an identifier nor BibTeX.")
    if len(bare) > _LONGEST:
        raise RefusedError("The BibTeX is too long for one work.")
    entries, problems = reader.parse(bare, "BibTeX")
    if len(entries) != 1:
        raise RefusedError(
            f"The BibTeX is not that of one work: it has {len(entries)} entries."
        )
    if problems:
        raise RefusedError(
            f"The BibTeX cannot be read: line {problems[0].line}, {problems[0].text}."
        )
    return _rewritten(entries[0], vocabulary)


def _rewritten(entry: reader.RawEntry, vocabulary: Vocabulary) -> str:
    """An entry with nothing but its type, a key and the fields of :data:`FIELDS`."""
    values = {
        name: field.value
        for name, field in entry.fields.items()
        if name in FIELDS
    }
    if words := values.pop("keywords", ""):
        plain = [
            word.strip() for word in re.split("[,;]", words) if ":" not in word
        ]
        values["keywords"] = ", ".join([*plain, *_tags(words, vocabulary)])
    fields = tuple(
        (name, braced(name, value)) for name, value in values.items()
    )
    text = f"{SourceEntry(entry.type, 'key', fields, '', 1).text}\n"
    again, problems = reader.parse(text, "")
    same = [
        {name: field.value for name, field in one.fields.items()}
        for one in again
    ] == [values]
    if problems or not same or not _TYPE.fullmatch(entry.type):
        raise RefusedError(
            "The BibTeX has a type or a value that cannot be written again as it is."
        )
    return text


def added(wanted: Wish) -> tuple[bool, str]:
    """Call ``sphinx-mmu add``; give whether the database has the work now, and what was said."""
    done = subprocess.run(
        [*_ADD, *wanted.arguments],
        input=wanted.bibtex,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    return done.returncode == 0, done.stderr


def answer(number: int, said: str, *, done: bool) -> str:
    """Say what became of an issue. Words that may be a stranger's are indented: code, and no link
    or mention.
    """
    lines = [
        "".join(c if c.isprintable() else " " for c in line)
        for line in said[:_LONGEST].splitlines()
    ]
    quoted = "".join(f"    {line}\n" for line in lines if line.strip())
    if not done:
        return (
            f"No draft of an entry was made:\n\n{quoted}\nA person will look at this. Who changes"
            " the issue can have it tried again: take the label away and set it once more.\n"
        )
    server = os.environ.get("GITHUB_SERVER_URL", "")
    repository = os.environ.get("GITHUB_REPOSITORY", "")
    branch = f"paper/issue-{number}"
    compared = f"{server}/{repository}/compare/{branch}?expand=1"
    return (
        f"A draft is on the branch [`{branch}`]({compared}):\n\n{quoted}\n"
        "Its tags are proposals, from this issue and from words of title and abstract."
        " Please read it through, correct it there, and open a pull request by the link.\n"
    )


def main(folder: Path) -> None:
    """Read the event, try, and leave the outcome in a folder and in the outputs of the step."""
    issue = json.loads(
        Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8")
    )["issue"]
    # JSON may hold half a character.
    body = str(issue["body"] or "").encode("utf-8", "replace").decode()
    folder.mkdir(parents=True, exist_ok=True)
    database = from_conf() or Database(())
    before = {Path(name): Path(name).read_bytes() for name in database.papers}
    try:
        vocabulary = database.load().vocabulary
        done, said = added(wish(body, vocabulary))
    except RefusedError as refused:
        done, said = False, str(refused)
    for path, old in before.items():
        if path.read_bytes() != old:
            shutil.copyfile(path, folder / path.name)
    (folder / "said.md").write_text(
        answer(int(issue["number"]), said, done=done), "utf-8"
    )
    if output := os.environ.get("GITHUB_OUTPUT"):
        with Path(output).open("a", encoding="utf-8") as file:
            file.write(f"added={'yes' if done else 'no'}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
