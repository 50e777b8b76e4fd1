"""One HTTP client for all services: polite, patient within bounds, never trusting the size or form of an answer."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, InvalidHeader, ReadTimeoutError
from urllib3.util.retry import Retry

from sphinx_mmu import __version__
from sphinx_mmu.files import replace_file

SERVICES = {
    "arxiv": "https://export.arxiv.org",
    "crossref": "https://api.crossref.org",
    "doi": "https://doi.org",
    "openreview": "https://api2.openreview.net",
    "openreview1": "https://api.openreview.net",
    "anthology": "https://aclanthology.org",
    "dblp": "https://dblp.org",
    "openalex": "https://api.openalex.org",
}
"""Where each service answers; ``MMU_URL_ARXIV`` and so on name another place."""

PAUSES = {"arxiv": 3.0, "dblp": 1.0}
"""Seconds between two questions to a service; a fifth of a second for the others."""
_PAUSE = 0.2
_MOST_BYTES = 4_000_000
_CHUNK = 65536
_TIMEOUT = (10.0, 30.0)
_WHOLE_TIMEOUT = 60.0
_MOST_WAIT = 120.0
_TRIES = 4
_BUSY = (429, 500, 502, 503, 504)
_NOT_FOUND = 404
_BAD = 400
_DAY = 86400
_BROKEN = (requests.RequestException, HTTPError, ValueError)
"""What goes wrong on the way; an address or a head that makes no sense is a ValueError below requests."""


class ServiceError(Exception):
    """A service that gave no usable answer, in a sentence for the user."""


class _Retry(Retry):
    """Waits as long as a service asks for, within reason."""

    def get_retry_after(self, response: Any) -> float | None:
        """The seconds that the answer asks to wait, if they can be read."""
        try:
            wait = super().get_retry_after(response)
        except (InvalidHeader, ValueError, OverflowError):
            return None
        return min(wait, _MOST_WAIT) if wait else wait


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service said: where in the end, and its text."""

    url: str
    status: int
    text: str

    @property
    def missing(self) -> bool:
        """Whether the service knows no such thing."""
        return self.status == _NOT_FOUND

    def json(self) -> Any:
        """The text as JSON; raises :class:`ServiceError` if it is none."""
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError) as error:
            raise ServiceError(f"{host(self.url)} answered with something that is no JSON") from error


@dataclass
class Client:
    """Asks services. Answers are kept in ``cache`` for ``days``, so that asking again costs them nothing."""

    cache: Path | None = None
    days: float = 7.0
    email: str = ""
    pause: float | None = None
    timeout: tuple[float, float] = _TIMEOUT
    bases: Mapping[str, str] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.pause is None:
            with contextlib.suppress(KeyError, ValueError):
                self.pause = float(os.environ["MMU_PAUSE"])
        retry = _Retry(
            total=_TRIES, connect=2, read=1, status=_TRIES, backoff_factor=self._backoff(), backoff_max=_MOST_WAIT,
            status_forcelist=_BUSY, respect_retry_after_header=True, raise_on_status=False,
        )  # fmt: skip
        self._session = requests.Session()
        self._session.hooks["response"].append(_read_redirection)
        self._session.headers["User-Agent"] = f"sphinx-mmu/{__version__}" + (
            f" (mailto:{self.email})" if self.email else ""
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=retry))

    def _backoff(self) -> float:
        return 1.0 if self.pause is None else self.pause

    def get(
        self, service: str, path: str, parameters: Mapping[str, str] | None = None, accept: str = "*/*"
    ) -> Answer:
        """Ask a service. Raises :class:`ServiceError` unless there is an answer or it knows of no such thing."""
        base = self.bases.get(service) or os.environ.get(f"MMU_URL_{service.upper()}") or SERVICES[service]
        url = base.rstrip("/") + quote(path, safe="/:;()@!$&'*+,=~%")
        url += f"?{urlencode(parameters)}" if parameters else ""
        kept = self._kept(url, accept)
        answer = self._read(kept)
        if not answer:
            answer = self._ask(service, url, accept)
            self._keep(kept, answer)
        return answer

    def _read(self, kept: Path | None) -> Answer | None:
        """An answer that is kept and not too old."""
        try:
            if not kept or time.time() - kept.stat().st_mtime >= self.days * _DAY:
                return None
            return Answer(**json.loads(kept.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _keep(self, kept: Path | None, answer: Answer) -> None:
        """Keep an answer; where that cannot be, it is asked for again."""
        if kept:
            with contextlib.suppress(OSError):
                kept.parent.mkdir(parents=True, exist_ok=True)
                replace_file(kept, json.dumps(asdict(answer), ensure_ascii=False).encode(), sync=False)

    def _kept(self, url: str, accept: str) -> Path | None:
        name = hashlib.sha256(f"{accept} {url}".encode()).hexdigest()
        return self.cache / name[:2] / f"{name}.json" if self.cache else None

    def _ask(self, service: str, url: str, accept: str) -> Answer:
        self._wait(service)
        try:
            with self._session.get(url, headers={"Accept": accept}, timeout=self.timeout, stream=True) as response:
                if response.status_code >= _BAD and response.status_code != _NOT_FOUND:
                    raise ServiceError(f"{host(url)} answered {response.status_code}: {_meaning(response.status_code)}")
                data = _body(response)
                return Answer(response.url, response.status_code, _decoded(data, response.encoding))
        except (requests.Timeout, ReadTimeoutError) as error:
            raise ServiceError(f"{host(url)} did not answer in time") from error
        except _BROKEN as error:
            raise ServiceError(f"{host(url)} cannot be reached, or broke off ({type(error).__name__})") from error

    def _wait(self, service: str) -> None:
        """Leave a pause since the last question to the same service."""
        pause = PAUSES.get(service, _PAUSE) if self.pause is None else self.pause
        rest = self._last.get(service, 0.0) + pause - time.monotonic()
        if rest > 0:
            time.sleep(rest)
        self._last[service] = time.monotonic()

    def follow(self, url: str) -> tuple[int, str]:
        """The status that an address leads to, and where its permanent redirections do; 0 if nothing answers."""
        kept = self._kept(url, "where")
        answer = self._read(kept)
        if not answer:
            status, target = self._follow(url)
            answer = Answer(target, status, "")
            if status:
                self._keep(kept, answer)
        return answer.status, answer.url

    def _follow(self, url: str) -> tuple[int, str]:
        self._wait(urlsplit(url).netloc)
        try:
            with self._session.get(url, timeout=self.timeout, stream=True) as response:
                hops = [*response.history, response]
                moved = url
                for hop, following in pairwise(hops):
                    if hop.status_code not in {301, 308}:
                        break
                    moved = following.url
                return response.status_code, moved
        except (ServiceError, *_BROKEN):
            return 0, url


def host(url: str) -> str:
    """The name of the machine that an address is about."""
    return urlsplit(url).netloc


def _meaning(status: int) -> str:
    names = {429: "too many questions; try again later", 403: "it refuses", 401: "it refuses"}
    return names.get(status, "it cannot answer now" if status in _BUSY else "it does not take the question")


def _body(response: requests.Response) -> bytes:
    """The whole answer, within bounds of size and time."""
    end, data = time.monotonic() + _WHOLE_TIMEOUT, bytearray()
    while chunk := response.raw.read1(_CHUNK, decode_content=True):  # what has come, be it a single byte
        data += chunk
        if len(data) > _MOST_BYTES:
            raise ServiceError(f"{host(response.url)} answered with more than {_MOST_BYTES // 1_000_000} MB")
        if time.monotonic() > end:
            raise ServiceError(f"{host(response.url)} takes too long to answer")
    return bytes(data)


def _read_redirection(response: requests.Response, **_: object) -> None:
    """Read what comes with a redirection within the same bounds: requests would read it to its end."""
    if response.is_redirect:
        _body(response)


def _decoded(data: bytes, charset: str | None) -> str:
    """The text: UTF-8, which all services speak, whatever the head says; else what the head says; else Latin-1."""
    for encoding in ("utf-8-sig", charset or "utf-8"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")
