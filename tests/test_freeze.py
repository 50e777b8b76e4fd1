"""A frozen edition: an archive that is whole, works from the disk, and has the same bytes each
time.
"""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from pages import dead_links, pages
from realsite import Site, real_site
from support import REPOSITORY
from test_furo import build

from tools.freeze import Edition, edition, packed

pytestmark = [pytest.mark.site, pytest.mark.slow]

EDITION = Edition(
    "multimodal-unlearning", "Multimodal Unlearning", "2026.11", 1767225600
)


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return real_site("html", tmp_path_factory)


@pytest.fixture(scope="module")
def unpacked(html: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frozen")
    with zipfile.ZipFile(packed(html.out, folder, EDITION)) as archive:
        assert archive.testzip() is None
        archive.extractall(folder)
    return folder / "multimodal-unlearning-2026.11"


def test_the_archive_has_site_data_licence_and_citation(unpacked: Path) -> None:
    assert sorted(p.name for p in unpacked.iterdir()) == [
        "CITATION.cff",
        "LICENSE",
        "README.txt",
        "refs",
        "site",
    ]
    data = json.loads((unpacked / "site/papers.json").read_text("utf-8"))
    assert f"with {len(data['papers'])} papers" in (
        unpacked / "README.txt"
    ).read_text("utf-8")
    files = [*filter(Path.is_file, (REPOSITORY / "refs").rglob("*"))]
    assert REPOSITORY / "refs/papers.bib" in files
    for path in files:
        assert (
            unpacked / path.relative_to(REPOSITORY)
        ).read_bytes() == path.read_bytes()


def test_every_name_in_its_readme_is_there(unpacked: Path) -> None:
    lines = [
        line
        for line in (unpacked / "README.txt").read_text("utf-8").splitlines()
        if line.startswith("  ")
    ]
    assert len(lines) == 6
    assert all((unpacked / line.split()[0]).exists() for line in lines)


def test_every_link_of_its_pages_leads_to_a_file_of_the_archive(
    unpacked: Path,
) -> None:
    site = pages(unpacked / "site")
    assert "index.html" in site
    assert "404.html" not in site, (
        "it is for servers: its links begin at their root"
    )
    assert dead_links(unpacked / "site", site) == []


def test_two_archives_of_one_site_have_the_same_bytes(
    html: Site, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(
        html.out, copy, copy_function=shutil.copyfile
    )  # other times, perhaps another order
    (copy / "index.html").chmod(0o600)
    one, two = (
        packed(html.out, tmp_path / "one", EDITION),
        packed(copy, tmp_path / "two", EDITION),
    )
    assert one.read_bytes() == two.read_bytes()
    with zipfile.ZipFile(one) as archive:
        members = archive.infolist()
    assert [m.filename for m in members] == sorted(m.filename for m in members)
    assert {(m.date_time, m.external_attr) for m in members} == {
        ((2026, 1, 1, 0, 0, 0), 0o644 << 16)
    }


def settings(monkeypatch: pytest.MonkeyPatch, frozen: str) -> dict[str, object]:
    monkeypatch.setitem(os.environ, "MMU_FROZEN", frozen)
    found: dict[str, object] = {"__file__": str(REPOSITORY / "conf.py")}
    text = (REPOSITORY / "conf.py").read_text("utf-8")
    exec(compile(text, "conf.py", "exec"), found)  # noqa: S102 -- as Sphinx does
    options = found["html_theme_options"]
    assert isinstance(options, dict)
    return options


def test_the_edition_is_that_of_the_settings_at_the_moment_of_the_commit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(os.environ, "SOURCE_DATE_EPOCH", "1795478400")
    assert edition().day == "24 November 2026"
    assert edition().name == EDITION.name
    assert "announcement" not in settings(monkeypatch, "")


def test_every_page_of_it_says_that_it_is_frozen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    banner = settings(monkeypatch, EDITION.day)["announcement"]
    assert banner == "Frozen edition of 1 January 2026"
    out, said = build(
        tmp_path,
        '"site_furo"',
        conf=f"html_theme_options['announcement'] = {banner!r}\n",
    )
    assert said == ""
    written = {
        path.name: path.read_text("utf-8") for path in out.glob("*.html")
    }
    assert {"index.html", "page.html", "search.html"} <= set(written)
    assert [
        name for name, page in written.items() if page.count(str(banner)) != 1
    ] == []
