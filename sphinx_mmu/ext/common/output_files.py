"""Files that the build makes: written only where they changed, removed where nothing makes them any
more.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from sphinx_mmu.files import replace_file

_LIST = ".mmu-files"
"""Records what the files of a folder were made from, and their names. A file that is not listed was
not made by the build.
"""


def listed_mark(folder: Path) -> str:
    """What the files of a folder were made from; empty if one of them is gone."""
    mark, names = _listed(folder)
    return mark if all((folder / name).is_file() for name in names) else ""


def write_listed(
    folder: Path, files: Mapping[str, str], mark: str = ""
) -> None:
    """Write the files of a folder by name; of all others only those that an earlier build wrote are
    removed.

    While they change, the list names the old and the new ones and has no mark: after a kill all of
    them are ours.
    """
    if not files and not folder.is_dir():
        return
    known = _listed(folder)[1]
    _write_list(folder, "", known | files.keys())
    for name, text in files.items():
        write_if_changed(folder / name, text)
    for name in known - files.keys():
        (folder / name).unlink(missing_ok=True)
    _write_list(folder, mark, files.keys())


def _write_list(folder: Path, mark: str, names: AbstractSet[str]) -> None:
    write_if_changed(folder / _LIST, "\n".join([mark, *sorted(names)]) + "\n")


def _listed(folder: Path) -> tuple[str, set[str]]:
    path = folder / _LIST
    mark, *names = (
        path.read_text("utf-8").splitlines() if path.is_file() else [""]
    )
    return mark, set(names)


def write_if_changed(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, and only if its content differs."""
    data = content.encode() if isinstance(content, str) else content
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_file(path, data, sync=False)
