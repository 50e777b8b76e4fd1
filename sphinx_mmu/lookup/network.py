"""Where questions may go, and when an answer has to be there: entries and services may name any
address.
"""

from __future__ import annotations

import contextlib
import ipaddress
import socket
import threading
import time
from collections.abc import Set as AbstractSet
from contextvars import ContextVar
from types import TracebackType
from typing import Any, Self
from urllib.parse import SplitResult, urlsplit

from requests.adapters import HTTPAdapter
from urllib3 import (
    HTTPConnectionPool,
    HTTPResponse,
    HTTPSConnectionPool,
    PoolManager,
    ProxyManager,
)
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NameResolutionError,
)

_PORTS = {"http": 80, "https": 443}
_EMBEDDED = tuple(map(ipaddress.ip_network, ("::ffff:0:0/96", "64:ff9b::/96")))
"""IPv6 addresses that lead to the IPv4 address in their last four bytes."""


class RefusedError(Exception):
    """An address that is not asked, and why."""


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet: not private, local, reserved or for
    many at once.
    """
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        if any(found in network for network in _EMBEDDED):
            return is_public(
                str(ipaddress.IPv4Address(int(found) & 0xFFFFFFFF))
            )
        if found.sixtofour or found.is_site_local:
            return False
    return found.is_global and not (found.is_multicast or found.is_reserved)


def host_and_port(url: str) -> tuple[str, int]:
    """What an address connects to. Raises :class:`ValueError` if it is no address."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0)


def check_address(url: str, *, first: bool) -> None:
    """Raise :class:`RefusedError` for an address that is not asked whatever its host's name leads
    to.

    Plain http is for the ``first`` address alone: nothing may lead from https to it.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" and not (first and parts.scheme == "http"):
        raise RefusedError("it is not https")
    if parts.username is not None or parts.password is not None:
        raise RefusedError("it has a user name")
    if parts.port not in {None, _PORTS[parts.scheme]}:
        raise RefusedError(f"it has the port {parts.port}")
    _check_host(parts)


def _check_host(parts: SplitResult) -> None:
    """Refuse a host that is a number in any form, or this machine, without asking who it is.

    A proxy looks names up by itself, so this is all that can be known there.
    """
    host = (parts.hostname or "").rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        raise RefusedError("it is not on the public internet")
    with contextlib.suppress(OSError, UnicodeError):
        _check_places(
            socket.getaddrinfo(host, None, flags=socket.AI_NUMERICHOST)
        )


def _check_places(places: list[Any]) -> list[str]:
    """The addresses that a name leads to, each once; all have to be public."""
    addresses = list(dict.fromkeys(str(place[4][0]) for place in places))
    if not all(map(is_public, addresses)):
        raise RefusedError("it is not on the public internet")
    return addresses


class Deadline:
    """A moment after which nothing is waited for: then the connection in use is cut, whatever it
    waits for.

    A timeout of a socket begins anew with each byte, so that one alone would allow an answer
    without an end. ``allowed`` has what may be connected to wherever it is, as
    :func:`host_and_port` gives it.
    """

    def __init__(
        self,
        seconds: float,
        allowed: AbstractSet[tuple[str, int]] = frozenset(),
    ) -> None:
        self.seconds, self.allowed = seconds, allowed
        self._end = time.monotonic() + seconds
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._token = _DEADLINE.set(self)
        self._timer.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        _DEADLINE.reset(self._token)

    @property
    def left(self) -> float:
        """The seconds that are left; 0 if none are."""
        return max(self._end - time.monotonic(), 0.0)

    def watch(self, used: socket.socket) -> None:
        """Cut this connection at the deadline."""
        with self._lock:
            self._socket = used
        if not self.left:
            self._cut()

    def _cut(self) -> None:
        with self._lock, contextlib.suppress(OSError):
            if self._socket:
                # Not by SSLSocket's method, which would change what another thread reads with.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


_DEADLINE: ContextVar[Deadline] = ContextVar("deadline")


class _Connection(HTTPConnection):
    """Connects to public addresses alone, and hands the connection to the deadline."""

    def _new_conn(self) -> socket.socket:
        deadline = _DEADLINE.get()
        if self.proxy or (self.host, self.port) in deadline.allowed:
            return super()._new_conn()
        name = self._dns_host
        try:
            addresses = _check_places(
                socket.getaddrinfo(name, self.port, type=socket.SOCK_STREAM)
            )
        except (OSError, UnicodeError) as error:
            raise NameResolutionError(self.host, self, error) from error  # type: ignore[arg-type]  # it only prints the reason
        failure: HTTPError = ConnectTimeoutError(self, "no time is left")
        try:
            # The addresses checked, and not what the name leads to when asked again.
            for address in addresses:
                self._dns_host, self.timeout = (
                    address,
                    min(self.timeout or 10, deadline.left),
                )
                try:
                    if deadline.left:
                        return super()._new_conn()
                except HTTPError as error:
                    failure = error
        finally:
            self._dns_host = name
        raise failure

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3
        if self.sock:
            _DEADLINE.get().watch(self.sock)
        return super().getresponse()


class _SecureConnection(_Connection, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class Adapter(HTTPAdapter):
    """Sends requests, which have to be made within a :class:`Deadline`, over such connections."""

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """Make the pools of connections."""
        super().init_poolmanager(*args, **options)
        _guard(self.poolmanager)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """Make the pools of connections through a proxy, which looks up names itself."""
        manager = super().proxy_manager_for(proxy, **options)
        # SOCKS needs connections of its own.
        if isinstance(manager, ProxyManager):
            _guard(manager)
        return manager


def _guard(manager: PoolManager) -> None:
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _SecurePool}
