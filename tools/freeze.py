"""Freeze an edition: ``python -m tools.freeze BUILD DIST`` builds the site with a banner, and packs
it with its data.

The archive contains all that is needed when the site is no longer maintained: pages that open from
the disk, the database, licences, and how to cite. One commit gives the same bytes each time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
_BESIDE = ("CITATION.cff", "LICENSE")
_ONLY_HOSTED = {"404.html", ".buildinfo", ".nojekyll"}
_README = """\
{project}
{underline}
Frozen edition {edition}, of {day}

This archive is the survey of that day, with {papers} papers.
It works without the internet.

  site/index.html    the survey: open it in a browser
  site/papers.json   the data for programs; papers.schema.json says what is in it
  refs/              the database itself: BibTeX, and the words that the tags come from
  refs/README.md     what its fields mean, and what may be done with it
  CITATION.cff       how to cite the survey
  LICENSE            of the code, which made the site; it does not speak of the data

When you report a number, name this edition.
"""


@dataclass(frozen=True)
class Edition:
    """What an archive is called, and the moment that it stands for."""

    name: str
    project: str
    number: str
    moment: int

    @property
    def day(self) -> str:
        """The day, as 24 November 2026."""
        moment = time.gmtime(self.moment)
        months = (
            "January February March April May June July August September October November December"
        ).split()
        return f"{moment.tm_mday} {months[moment.tm_mon - 1]} {moment.tm_year}"

    @property
    def stem(self) -> str:
        """The name of the archive, and of the folder in it."""
        return f"{self.name}-{self.number}"


def edition(root: Path = ROOT) -> Edition:
    """Give the edition that the settings of the site name, at the moment of
    ``SOURCE_DATE_EPOCH``.
    """
    settings: dict[str, Any] = {"__file__": str(root / "conf.py")}
    text = (root / "conf.py").read_text("utf-8")
    exec(compile(text, "conf.py", "exec"), settings)  # noqa: S102 -- as Sphinx does
    project = str(settings["project"])
    moment = int(os.environ.get("SOURCE_DATE_EPOCH") or time.time())
    return Edition(
        project.lower().replace(" ", "-"),
        project,
        str(settings["version"]),
        moment,
    )


def built(folder: Path, of: Edition) -> Path:
    """Build the site with the banner of an edition, without any address on the web."""
    environment = os.environ | {
        "MMU_FROZEN": of.day,
        "MMU_BASEURL": "",
        "READTHEDOCS_CANONICAL_URL": "",
        "SOURCE_DATE_EPOCH": str(of.moment),
    }
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-n",
        "-W",
        "--keep-going",
        "-c",
        ".",
        "-d",
        str(folder / "doctrees"),
    ]
    subprocess.run(
        [*command, "docs", str(folder / "html")],
        cwd=ROOT,
        env=environment,
        check=True,
    )
    return folder / "html"


def packed(site: Path, dist: Path, of: Edition, root: Path = ROOT) -> Path:
    """Write the archive of a built site: names in order, one time and one permission for all
    files.
    """
    dist.mkdir(parents=True, exist_ok=True)
    target = dist / f"{of.stem}.zip"
    moment = time.gmtime(of.moment)[:6]
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in sorted(_members(site, of, root)):
            info = zipfile.ZipInfo(f"{of.stem}/{name}", moment)
            info.create_system = (
                3  # Unix, whatever this is, so that permissions mean something
            )
            info.external_attr = 0o644 << 16
            archive.writestr(info, content, zipfile.ZIP_DEFLATED, 9)
    return target


def _members(
    site: Path, of: Edition, root: Path
) -> Iterator[tuple[str, bytes]]:
    papers = len(
        json.loads((site / "papers.json").read_text("utf-8"))["papers"]
    )
    said = _README.format(
        project=of.project,
        underline="=" * len(of.project),
        edition=of.number,
        day=of.day,
        papers=papers,
    )
    yield "README.txt", said.encode()
    for name in _BESIDE:
        yield name, (root / name).read_bytes()
    for folder, prefix in ((root / "refs", "refs"), (site, "site")):
        for path in folder.rglob("*"):
            if path.is_file() and path.name not in _ONLY_HOSTED:
                yield (
                    f"{prefix}/{path.relative_to(folder).as_posix()}",
                    path.read_bytes(),
                )


def main(build: Path, dist: Path) -> None:
    """Build, pack, and name the archive."""
    this = edition()
    try:
        site = built(build.resolve(), this)
    except subprocess.CalledProcessError as failed:
        sys.exit(failed.returncode)
    target = packed(site, dist, this)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
