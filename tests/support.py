"""Small projects that tests write, change and build, and what is read back from their output."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache, partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sphinx.application import Sphinx
from sphinx.builders.html import _assets
from sphinx.environment import BuildEnvironment
from sphinx.testing.util import SphinxTestApp

from sphinx_mmu.export.formats import FORMATS
from sphinx_mmu.library.library import Library
from sphinx_mmu.model.paper import Paper

ROOTS = Path(__file__).parent / "roots"
REPOSITORY = Path(__file__).parents[1]

NODE = shutil.which("node")

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


BIBS = ["papers.bib", "since.bib", "compared.bib"]
TOMLS = [
    "taxonomy.toml",
    "survey.toml",
    "evaluation.toml",
    "cards.toml",
    "results.toml",
]


@cache
def real_library() -> Library:
    """The database of the survey."""
    return Library.load(
        BIBS,
        datasets=["datasets.bib"],
        background=["background.bib"],
        vocabulary=TOMLS,
        results=["results.csv"],
        root=REPOSITORY / "refs",
    )


@cache
def library_of_all_words() -> Library:
    """The same with every vocabulary that is in its folder."""
    refs = REPOSITORY / "refs"
    return Library.load(
        ["papers.bib"],
        datasets=["datasets.bib"],
        background=["background.bib"],
        vocabulary=[path.name for path in sorted(refs.glob("*.toml"))],
        root=refs,
    )


class _Templates(BytecodeCache):
    """Compiled templates of themes, kept for all builds of a process: each build has an environment
    of its own, and would compile them again.
    """

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key, bucket.checksum] = bucket.code


_TEMPLATES = _Templates()


def _keep_templates(app: Sphinx) -> None:
    environment = getattr(
        getattr(app.builder, "templates", None), "environment", None
    )
    if environment is not None:
        environment.bytecode_cache = _TEMPLATES


@dataclass
class Build:
    """What one build read, wrote and warned of."""

    project: Project
    app: Sphinx
    out: Path
    text: str
    read: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    @property
    def env(self) -> BuildEnvironment:
        return self.app.env

    @property
    def warnings(self) -> list[str]:
        """Each warning, with file names as from the source folder; carets and other further lines
        are left out.
        """
        return [
            line
            for line in self.text.splitlines()
            if re.search(r"(WARNING|ERROR|CRITICAL|SEVERE): ", line)
        ]

    def html(self, docname: str) -> str:
        return self.file(f"{docname}.html")

    def file(self, name: str) -> str:
        return (self.out / name).read_text("utf-8")

    def doctree(self, docname: str) -> nodes.document:
        return self.env.get_doctree(docname)


class Project:
    """A source folder and the builds of it, which share their doctrees."""

    def __init__(self, folder: Path, root: str = "") -> None:
        self.folder, self.kept = folder, folder.with_name(f"{folder.name}-kept")
        self.source, self.target = folder / "src", folder / "build"
        if root:
            shutil.copytree(ROOTS / root, self.source)
        else:
            self.source.mkdir(parents=True)

    def write(self, name: str, text: str) -> None:
        path = self.source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that occurs once."""
        text = (self.source / name).read_text("utf-8")
        assert text.count(old) == 1, (
            f"{old!r} occurs {text.count(old)} times in {name}"
        )
        (self.source / name).write_text(text.replace(old, new), "utf-8")

    def keep(self) -> None:
        """Keep the sources and what was built of them as they are now."""
        shutil.copytree(self.folder, self.kept)

    def restore(self) -> None:
        """Put back what was kept, in the same place, for doctrees name it, and with the same times."""
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder)

    def build(
        self,
        builder: str = "html",
        *,
        clean: bool = False,
        jobs: int = 1,
        **settings: Any,
    ) -> Build:
        """Build once more, or with ``clean`` from nothing and beside the other output."""
        # another process would not know the checksums of files that an earlier build wrote
        _assets._file_checksum_inner.cache_clear()
        warnings = StringIO()
        target = (
            self.target.with_name(f"clean-{builder}") if clean else self.target
        )
        if clean:
            shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True, exist_ok=True)
        app = SphinxTestApp(
            builder,
            srcdir=self.source,
            builddir=target,
            warning=warnings,
            confoverrides=settings,
            parallel=jobs,
        )
        _keep_templates(app)
        done = Build(self, app, Path(app.outdir), "")
        app.connect(
            "env-before-read-docs",
            lambda _app, _env, docnames: done.read.extend(docnames),
        )
        app.connect(
            "doctree-resolved",
            lambda _app, _doctree, docname: done.written.append(docname),
        )
        try:
            app.build()
        finally:
            app.cleanup()
        done.read.sort()
        done.written.sort()
        done.text = _COLOUR.sub("", warnings.getvalue()).replace(
            f"{self.source}/", ""
        )
        return done


def some_slow(values: Iterable[Any], often: Collection[Any]) -> list[Any]:
    """Parameters of a test, of which those that are not in ``often`` are left to the slow tests."""
    every = list(values)
    assert [value for value in often if value not in every] == []
    return [value if value in often else _slow(value) for value in every]


def _slow(value: Any) -> Any:
    several = value if isinstance(value, tuple) else (value,)
    return pytest.param(*several, marks=pytest.mark.slow)


def keys(html: str) -> list[str]:
    """The keys of the rows, in order, each once."""
    return list(dict.fromkeys(re.findall(r'data-mmu-key="([^"]+)"', html)))


def in_form(
    name: str, papers: Iterable[Paper], library: Library | None = None
) -> str:
    """Papers in one of the forms of export, alone unless a test gives the library."""
    found = list(papers)
    return FORMATS[name].whole(found, library or Library(found))


bibtex = partial(in_form, "bibtex")
ris = partial(in_form, "ris")
csl_json = partial(in_form, "csl-json")
csv_table = partial(in_form, "csv")
markdown = partial(in_form, "markdown")


def in_node(script: str, given: object) -> Any:
    """What a script gives to its function ``answer``. Its ``CLIENT`` is the folder of the modules,
    and its ``GIVEN`` what it is given.
    """
    if not NODE and not os.environ.get("MMU_NO_SKIPS"):
        pytest.skip("needs Node")
    assert NODE
    whole = (
        'import { readFileSync } from "node:fs";'
        "const GIVEN = JSON.parse(readFileSync(0, 'utf8'));"
        "const answer = made => console.log(JSON.stringify(made));"
        + script.replace("CLIENT", (REPOSITORY / "client").as_uri())
    )
    done = subprocess.run(
        [NODE, "--input-type=module", "-e", whole],
        input=json.dumps(given),
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return json.loads(done.stdout)
