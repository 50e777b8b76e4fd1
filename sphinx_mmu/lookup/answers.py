"""What services answer, and the answers kept so that asking again costs them nothing."""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from sphinx_mmu.files import replace_file

NOT_FOUND = 404
_DAY = 86400


class ServiceError(Exception):
    """A service that gave no usable answer, in a sentence for the user."""


def host(url: str) -> str:
    """The name of the machine that an address is about."""
    try:
        return urlsplit(url).netloc
    except ValueError:
        return url


@dataclass(frozen=True, slots=True)
class Answer:
    """The response of a service: its final address, and its text."""

    url: str
    status: int
    text: str

    @property
    def missing(self) -> bool:
        """Whether the service knows no such thing."""
        return self.status == NOT_FOUND

    def json(self) -> Any:
        """The text as JSON; raises :class:`ServiceError` if it is none."""
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError) as error:
            raise ServiceError(
                f"{host(self.url)} did not answer with JSON"
            ) from error


class AnswerCache(NamedTuple):
    """Answers in files of ``folder``, each for ``days``; nothing is kept without a folder."""

    folder: Path | None = None
    days: float = 7.0

    def _file(self, url: str, accept: str) -> Path | None:
        name = hashlib.sha256(f"{accept} {url}".encode()).hexdigest()
        return self.folder / name[:2] / f"{name}.json" if self.folder else None

    def find(self, url: str, accept: str) -> Answer | None:
        """The answer of an address to a request for a type, if it is kept and not too old."""
        file = self._file(url, accept)
        try:
            if (
                not file
                or time.time() - file.stat().st_mtime >= self.days * _DAY
            ):
                return None
            return Answer(**json.loads(file.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def add(self, url: str, accept: str, answer: Answer) -> None:
        """Keep an answer; where that cannot be, it is asked for again."""
        if file := self._file(url, accept):
            text = json.dumps(asdict(answer), ensure_ascii=False)
            with contextlib.suppress(OSError):
                file.parent.mkdir(parents=True, exist_ok=True)
                replace_file(file, text.encode(), sync=False)
