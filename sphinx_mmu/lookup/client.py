"""One HTTP client for all services: polite, patient within bounds, never trusting an answer or
where it leads.

A service is asked over https, at public addresses, and has one deadline for the whole of its
answer: connections, redirections, further tries and the waits between them included.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import quote, urldefrag, urlencode, urljoin

import requests
from requests.utils import requote_uri
from urllib3.exceptions import HTTPError, InvalidHeader, ReadTimeoutError
from urllib3.util.retry import Retry

from sphinx_mmu import __version__
from sphinx_mmu.lookup.answers import (
    NOT_FOUND,
    Answer,
    AnswerCache,
    ServiceError,
    host,
)
from sphinx_mmu.lookup.network import (
    Adapter,
    Deadline,
    RefusedError,
    check_address,
    host_and_port,
)

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
"""Where each service answers; ``MMU_URL_ARXIV`` and so on name another place, be it on this
machine.
"""

PAUSES = {"arxiv": 3.0, "dblp": 1.0}
"""Seconds between two questions to a service; a fifth of a second for the others."""
_PAUSE = 0.2
_MOST_BYTES = 4_000_000
_CHUNK = 65536
_TIMEOUT = (10.0, 30.0)
_DEADLINE = 90.0
_LINK_DEADLINE = 30.0
_TRIES = 5
_TRIES_BROKEN = 2
_HOPS = 5
_BUSY = (429, 500, 502, 503, 504)
_MEANINGS = {
    **dict.fromkeys(_BUSY, "the service is temporarily unavailable"),
    **dict.fromkeys((401, 403), "access is denied"),
    429: "too many requests; try again later",
}
_REFUSED = "the request was not accepted"
_PERMANENT = (301, 308)
_BAD = 400
_FOLLOWED = "where"
"""What the cache calls the question where an address leads."""
_BROKEN = (requests.RequestException, HTTPError, ValueError)
"""What goes wrong on the way; an address or a head that makes no sense is a ValueError below
requests.
"""


class Where(NamedTuple):
    """Where an address leads: the status there, 0 if nothing answers, and what its permanent
    redirections lead to.

    ``refused`` names the address that was not requested, and why; the status is then 0.
    """

    status: int
    url: str
    refused: str = ""


@dataclass
class Client:
    """Asks services, unless the answer is in ``cache``.

    ``bases`` names other places for services. They and those of the environment are the user's own
    words, so they may be on this machine; what entries and answers name may not.
    """

    cache: AnswerCache = field(default_factory=AnswerCache)
    email: str = ""
    pause: float | None = None
    timeout: tuple[float, float] = _TIMEOUT
    deadline: float = _DEADLINE
    bases: Mapping[str, str] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.pause is None:
            with contextlib.suppress(KeyError, ValueError):
                self.pause = float(os.environ["MMU_PAUSE"])
        own = {
            name: os.environ.get(f"MMU_URL_{name.upper()}", "")
            for name in SERVICES
        } | dict(self.bases)
        self._own = {
            name: base.rstrip("/") for name, base in own.items() if base
        }
        self._allowed = set()
        for base in self._own.values():
            # What is no address the request reports.
            with contextlib.suppress(ValueError):
                self._allowed.add(host_and_port(base))
        self._session = requests.Session()
        self._session.auth = _no_credentials
        self._session.headers["User-Agent"] = f"sphinx-mmu/{__version__}" + (
            f" (mailto:{self.email})" if self.email else ""
        )
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, Adapter())

    def get(
        self,
        service: str,
        path: str,
        parameters: Mapping[str, str] | None = None,
        accept: str = "*/*",
    ) -> Answer:
        """Ask a service. Raises :class:`ServiceError` unless there is an answer or it knows of no
        such thing.
        """
        if {".", ".."} & set(path.split("/")):
            raise ServiceError(f"{path} is not a valid path")
        url = (self._own.get(service) or SERVICES[service]) + quote(
            path, safe="/:;()@!$&'*+,=~"
        )
        url += f"?{urlencode(parameters)}" if parameters else ""
        answer = self.cache.find(url, accept)
        if not answer:
            self._wait(service)
            answer = self._ask(url, accept)
            self.cache.add(url, accept, answer)
        return answer

    def _wait(self, service: str) -> None:
        """Leave a pause since the last question to the same service."""
        pause = (
            PAUSES.get(service, _PAUSE) if self.pause is None else self.pause
        )
        rest = self._last.get(service, 0.0) + pause - time.monotonic()
        if rest > 0:
            time.sleep(rest)
        self._last[service] = time.monotonic()

    def _ask(self, url: str, accept: str) -> Answer:
        with Deadline(self.deadline, self._allowed) as deadline:
            try:
                way, response = self._walk(url, accept, deadline)
                with response:
                    status = response.status_code
                    if status >= _BAD and status != NOT_FOUND:
                        raise ServiceError(
                            f"{host(url)} answered {status}: {_MEANINGS.get(status, _REFUSED)}"
                        )
                    data = _body(response, deadline)
                    return Answer(
                        way[-1][0], status, _decoded(data, response.encoding)
                    )
            except RefusedError as error:
                raise ServiceError(str(error)) from error
            except _BROKEN as error:
                if not deadline.left or isinstance(
                    error, requests.Timeout | ReadTimeoutError
                ):
                    raise ServiceError(
                        f"{host(url)} did not answer in time"
                    ) from error
                raise ServiceError(
                    f"{host(url)} cannot be reached, or closed the connection"
                    f" ({type(error).__name__})"
                ) from error

    def follow(self, url: str) -> Where:
        """Find out whether an address leads anywhere, and where."""
        answer = self.cache.find(url, _FOLLOWED)
        if answer:
            return Where(answer.status, answer.url)
        try:
            self._wait(host(url))
            where = self._where(url)
        except _BROKEN:
            return Where(0, url)
        if where.status:
            answer = Answer(where.url, where.status, "")
            self.cache.add(url, _FOLLOWED, answer)
        return where

    def _where(self, url: str) -> Where:
        with Deadline(
            min(self.deadline, _LINK_DEADLINE), self._allowed
        ) as deadline:
            try:
                way, response = self._walk(url, "*/*", deadline)
            except RefusedError as error:
                return Where(0, url, str(error))
            response.close()
        moved = 0
        while way[moved][1] in _PERMANENT and moved + 1 < len(way):
            moved += 1
        return Where(response.status_code, way[moved][0])

    def _walk(
        self, url: str, accept: str, deadline: Deadline
    ) -> tuple[list[tuple[str, int]], requests.Response]:
        """Follow redirections: the addresses on the way, each with its status, and the last one's
        answer.

        What comes with a redirection is left unread.
        """
        way: list[tuple[str, int]] = []
        while len(way) <= _HOPS:
            try:
                if host_and_port(url) not in self._allowed:
                    check_address(url, first=not way)
                response = self._try(url, accept, deadline)
            except RefusedError as error:
                before, after = (
                    (f"{host(way[0][0])} leads to ", ", which")
                    if way
                    else ("", "")
                )
                raise RefusedError(
                    f"{before}{requote_uri(url)}{after} was not requested: {error}"
                ) from error
            way.append((url, response.status_code))
            target = self._session.get_redirect_target(response)
            if target is None:
                return way, response
            response.close()
            fragment = urldefrag(url).fragment
            url = urljoin(url, requote_uri(target))
            if fragment and not urldefrag(url).fragment:
                url += f"#{fragment}"
        raise requests.TooManyRedirects

    def _try(
        self, url: str, accept: str, deadline: Deadline
    ) -> requests.Response:
        """Ask, and ask again if the service is busy or breaks off, as long as there is time for
        it.
        """
        connect, read = self.timeout
        tries = 0
        while True:
            tries += 1
            wait = 2.0 ** (tries - 1) * (
                1.0 if self.pause is None else self.pause
            )
            timeout = (min(connect, deadline.left), min(read, deadline.left))
            try:
                response = self._send(url, accept, timeout)
            except _BROKEN:
                if tries >= _TRIES_BROKEN or wait >= deadline.left:
                    raise
            else:
                wait = _retry_after(response, wait)
                if (
                    response.status_code not in _BUSY
                    or tries >= _TRIES
                    or wait >= deadline.left
                ):
                    return response
                response.close()
            time.sleep(wait)

    def _send(
        self, url: str, accept: str, timeout: tuple[float, float]
    ) -> requests.Response:
        """Send one question. The session's own way of sending would read what comes with a
        redirection to its end.
        """
        session = self._session
        request = session.prepare_request(
            requests.Request("GET", url, headers={"Accept": accept})
        )
        settings: Any = session.merge_environment_settings(
            str(request.url), {}, stream=True, verify=None, cert=None
        )
        return session.get_adapter(str(request.url)).send(
            request, timeout=timeout, **settings
        )


def _no_credentials(
    request: requests.PreparedRequest,
) -> requests.PreparedRequest:
    """Send no password; without this, requests takes one from the user's .netrc."""
    return request


def _retry_after(response: requests.Response, otherwise: float) -> float:
    """The seconds that a service asks to wait, if that makes sense."""
    try:
        return Retry().parse_retry_after(
            response.headers.get("Retry-After", "")
        )
    except (InvalidHeader, ValueError, OverflowError):
        return otherwise


def _body(response: requests.Response, deadline: Deadline) -> bytes:
    """The whole answer, within bounds of size, unpacked, and of time."""
    data = bytearray()
    # What has come is read, be it a single byte.
    while chunk := response.raw.read1(_CHUNK, decode_content=True):
        data += chunk
        if len(data) > _MOST_BYTES:
            raise ServiceError(
                f"{host(response.url)} answered with more than {_MOST_BYTES // 1_000_000} MB"
            )
    # A connection that was cut looks like the end of an answer.
    if not deadline.left:
        raise requests.Timeout
    return bytes(data)


def _decoded(data: bytes, charset: str | None) -> str:
    """The text: UTF-8, which all services use, even if the header names another encoding; otherwise
    the encoding of the header, and then Latin-1.
    """
    for encoding in ("utf-8-sig", charset or "utf-8"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")
