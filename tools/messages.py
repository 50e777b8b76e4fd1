"""Collects the texts that readers see, as a template for translators: ``python -m tools.messages
FILE``. :mod:`sphinx_mmu.messages` looks them up.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from sphinx_mmu import __version__, messages
from sphinx_mmu.ext.pages.site_files import script_texts

PACKAGE = Path(messages.__file__).parent


def template() -> Catalog:
    """Every text of the package and its scripts."""
    found = Catalog(project=messages.DOMAIN, version=__version__)
    for path in sorted(PACKAGE.rglob("*.py")):
        for line, text in _of_python(path):
            found.add(
                text, locations=[(path.relative_to(PACKAGE).as_posix(), line)]
            )
    for text in script_texts():
        found.add(text, locations=[("static", 1)])
    return found


def _of_python(path: Path) -> Iterator[tuple[int, str | tuple[str, ...]]]:
    """The texts of a module, with their lines. Babel's own reader does not look into f-strings."""
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        match call:
            case ast.Call(
                ast.Name("_" | "marked"), [ast.Constant(str(text)), *_]
            ):
                yield call.lineno, text
            case ast.Call(
                ast.Name("counted"),
                [ast.Constant(str(one)), ast.Constant(str(more)), *_],
            ):
                yield call.lineno, (one, more)


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_po(file, template(), sort_by_file=True)
