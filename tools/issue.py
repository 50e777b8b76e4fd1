"""Make a draft of an entry from an issue that asks for a paper: ``python -m tools.issue FOLDER``, in a workflow.

The text of an issue is a stranger's. It is read from the file of the event, never from a command line; an identifier
has to match one of a few patterns as a whole, BibTeX goes in by standard input, and all else is left unread.
FOLDER then holds ``said.md``, an answer to the issue, and ``papers.bib`` if a work was added.
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

LISTS = {"Vision-language models": "list:vlm", "Diffusion models": "list:dm"}
"""What may be chosen in the form, and the tag that it means."""

_IDENTIFIERS = tuple(re.compile(pattern, re.ASCII) for pattern in (
    r"(?:https://arxiv\.org/(?:abs|pdf)/|arXiv:)?(\d{4}\.\d{4,5}(?:v\d{1,2})?)",
    r"(?:https://doi\.org/|doi:)?(10\.\d{4,9}/[A-Za-z0-9][A-Za-z0-9._;()/:-]{0,150})",
    r"(https://openreview\.net/forum\?id=[A-Za-z0-9_-]{1,40})",
    r"(https://aclanthology\.org/[A-Za-z0-9.-]{1,60}/?)",
))  # fmt: skip
_NOTHING = "_No response_"
_LONGEST = 20_000
_DATABASE = Path("refs/papers.bib")
_ADD = [sys.executable, "-c", "from sphinx_mmu.cli import main; main()", "add"]


class RefusedError(Exception):
    """An issue that no entry can be made of, and why."""


@dataclass(frozen=True)
class Wish:
    """What an issue asks for: an identifier or BibTeX, and a list."""

    identifier: str = ""
    bibtex: str = ""
    tag: str = ""

    @property
    def arguments(self) -> list[str]:
        """What ``sphinx-mmu add`` is called with."""
        tag = ["--tag", self.tag] if self.tag else []
        return [*tag, "--", self.identifier or "-"]


def wish(body: str) -> Wish:
    """Read the body of an issue as the form writes it: headings of the third level, each with an answer."""
    answers: dict[str, str] = {}
    for part in re.split(r"^### ", body.replace("\r\n", "\n"), flags=re.MULTILINE)[1:]:
        heading, _, answer = part.partition("\n")
        text = answer.strip()
        answers.setdefault(heading.strip(), "" if text == _NOTHING else text)
    tag = LISTS.get(answers.get("List", ""), "")
    if name := answers.get("Identifier"):
        return Wish(identifier=_identifier(name), tag=tag)
    return Wish(bibtex=_bibtex(answers.get("BibTeX", "")), tag=tag)


def _identifier(text: str) -> str:
    for pattern in _IDENTIFIERS:
        if found := pattern.fullmatch(text):
            return found[1]
    raise RefusedError(
        "The identifier is neither an arXiv identifier, nor a DOI, nor an address of OpenReview or the ACL Anthology."
    )


def _bibtex(text: str) -> str:
    bare = re.sub(r"\A```\w*\n|\n?```\Z", "", text).strip()
    if not bare:
        raise RefusedError("There is neither an identifier nor BibTeX.")
    if len(bare) > _LONGEST or len(re.findall(r"@\s*\w+\s*[{(]", bare)) != 1:
        raise RefusedError("The BibTeX is not that of one work.")
    return f"{bare}\n"


def added(wanted: Wish) -> tuple[bool, str]:
    """Call ``sphinx-mmu add``; give whether the database has the work now, and what was said."""
    done = subprocess.run(
        [*_ADD, *wanted.arguments], input=wanted.bibtex, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    return done.returncode == 0, done.stderr


def answer(number: int, said: str, *, done: bool) -> str:
    """Say what became of an issue. Words that may be a stranger's are indented: code, and no link or mention."""
    quoted = "".join(f"    {line}\n" for line in said[:_LONGEST].splitlines() if line.strip())
    if not done:
        return (
            f"No draft of an entry was made:\n\n{quoted}\nA person will look at this. Who changes the issue can have it"
            " tried again: take the label away and set it once more.\n"
        )
    server, repository = (os.environ.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY"))
    branch = f"paper/issue-{number}"
    address = f"{server}/{repository}/compare/{branch}?expand=1"
    return (
        f"A draft stands on the branch [`{branch}`]({address}):\n\n{quoted}\nIts tags are proposals, made from words of"
        " title and abstract. Please read it through, correct it there, and open a pull request by the link.\n"
    )


def main(folder: Path) -> None:
    """Read the event, try, and leave the outcome in a folder and in the outputs of the step."""
    issue = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))["issue"]
    folder.mkdir(parents=True, exist_ok=True)
    try:
        done, said = added(wish(issue["body"] or ""))
    except RefusedError as refused:
        done, said = False, str(refused)
    if done:
        shutil.copyfile(_DATABASE, folder / "papers.bib")
    (folder / "said.md").write_text(answer(int(issue["number"]), said, done=done), "utf-8")
    if output := os.environ.get("GITHUB_OUTPUT"):
        with Path(output).open("a", encoding="utf-8") as file:
            file.write(f"added={'yes' if done else 'no'}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
