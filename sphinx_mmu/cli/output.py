"""Output of the command line: complete or with an error, and without control characters.

Between start and end of the program, ``sys.stdout`` and ``sys.stderr`` are a :class:`Screen`.
"""

from __future__ import annotations

import errno
import io
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, TextIO

from rich.console import Console
from rich.text import Text

from sphinx_mmu.problems import visible


class _Whole(io.BufferedIOBase):
    """Bytes that reach their place all, or raise an :class:`OSError` that names it.

    Nothing is kept back that would be lost at the end of the program, and what a disk or pipe takes
    in parts is written in parts.
    """

    def __init__(self, stream: Any, name: str) -> None:
        self._stream = getattr(stream, "raw", stream)
        self.name = name

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return bool(self._stream.isatty())

    def fileno(self) -> int:
        return int(self._stream.fileno())

    def write(self, data: Any) -> int:
        """Write all bytes."""
        rest = memoryview(data)
        try:
            while rest:
                written = self._stream.write(rest)
                if written is None:
                    raise BlockingIOError(
                        errno.EAGAIN, os.strerror(errno.EAGAIN)
                    )
                rest = rest[written:]
            self._stream.flush()
        except OSError as error:
            error.filename = self.name
            raise
        return len(data)


class Screen(io.TextIOWrapper):
    """A text stream in which nothing acts on a terminal but what ``styled`` writes."""

    def __init__(self, stream: TextIO, name: str) -> None:
        stream.flush()
        whole, encoding = _Whole(stream.buffer, name), stream.encoding
        super().__init__(
            whole, encoding, "backslashreplace", write_through=True
        )
        self.styled = io.TextIOWrapper(
            whole, encoding, "backslashreplace", write_through=True
        )

    def write(self, text: str) -> int:
        """Write a text, with what is not seen as its code point."""
        super().write(visible(text))
        return len(text)


@contextmanager
def screens() -> Iterator[None]:
    """Let all output leave by a :class:`Screen`, that of errors of the program itself too."""
    old = sys.stdout, sys.stderr
    if hasattr(sys.stdout, "buffer"):
        sys.stdout = Screen(sys.stdout, "standard output")
    if hasattr(sys.stderr, "buffer"):
        sys.stderr = Screen(sys.stderr, "standard error")
    sys.excepthook = _print_traceback
    try:
        yield
    finally:
        sys.stdout, sys.stderr = old


def _print_traceback(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    sys.stderr.write(
        visible("".join(traceback.format_exception(kind, error, trace)))
    )


def console(*, err: bool = False) -> Console:
    """A console for colours and bars. Text from data enters it by :func:`styled`."""
    stream = sys.stderr if err else sys.stdout
    file = stream.styled if isinstance(stream, Screen) else stream
    return Console(
        file=file, highlight=False, soft_wrap=True, emoji=False, markup=False
    )


def styled(*parts: str | tuple[str, str]) -> Text:
    """A text of parts, each alone or with its style."""
    text = Text()
    for part in parts:
        words, style = part if isinstance(part, tuple) else (part, "")
        text.append(visible(words), style)
    return text


def write_data(data: bytes) -> None:
    """Write a file to standard output: as it is, but to a terminal as :class:`Screen` writes."""
    if sys.stdout.isatty():
        sys.stdout.write(data.decode("utf-8", "backslashreplace"))
    else:
        sys.stdout.buffer.write(data)
