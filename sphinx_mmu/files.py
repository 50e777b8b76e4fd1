"""Reading what is a file, and writing files so that each is at any moment the
old or the new one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import tempfile
from pathlib import Path

_LONGEST_PREFIX = (
    40  # of a temporary name: that of the file may be as long as names can be
)
_PART = re.compile(r"\..+\.[a-z0-9_]{8}\.part")
"""The name of a file that is being written."""


def read_file(path: Path, most: int) -> bytes:
    """The contents of a file, up to ``most`` bytes.

    Raises :class:`OSError`, which names the file, if it cannot be read, is longer, or is no file:
    a pipe or a device may have no end, or never answer.
    """
    status = path.stat()
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(
            errno.EISDIR, os.strerror(errno.EISDIR), str(path)
        )
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "Not a regular file", str(path))
    if status.st_size > most:
        raise OSError(
            errno.EFBIG, f"Longer than {most // 1_000_000} MB", str(path)
        )
    return path.read_bytes()


def replace_file(path: Path, data: bytes, *, sync: bool = True) -> None:
    """Put ``data`` in the place of a file in one step; its rights stay, and a link stays a link.

    A file that may not be written stays, though its folder would let it be replaced; what is no
    file, such as a pipe or ``/dev/null``, is written to. An :class:`OSError` names the file.

    The new file is written beside the old one, since only within one folder a file takes another's
    place at once. With ``sync`` it is on the disk before that, which takes time: files that can be
    made again do without.
    """
    try:
        _replace(_target(path), data, sync=sync)
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise


def _target(path: Path) -> Path:
    """The file that a path leads to, over links; :class:`OSError` if these go in a circle."""
    # For a circle of links, Python before 3.13 raises RuntimeError.
    with contextlib.suppress(RuntimeError):
        target = path.resolve()
        if not target.is_symlink():
            return target
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))


def _replace(target: Path, data: bytes, *, sync: bool) -> None:
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    if target.exists() and not target.is_file():
        target.write_bytes(data)
        return
    prefix = f".{target.name[:_LONGEST_PREFIX]}."
    handle, name = tempfile.mkstemp(
        dir=target.parent, prefix=prefix, suffix=".part"
    )
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        Path(name).chmod(
            target.stat().st_mode & 0o7777 if target.exists() else 0o644
        )
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def remove_parts(folder: Path, before: float) -> None:
    """Delete what killed processes left in a folder and below before a time, in seconds since the
    epoch.
    """
    for path in folder.rglob(".*.part"):
        # Another process that writes may be done with it.
        with contextlib.suppress(FileNotFoundError):
            if _PART.fullmatch(path.name) and path.stat().st_mtime < before:
                path.unlink()
