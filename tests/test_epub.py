"""The metadata of the book, with the extension of this site."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from support import Project

CONF = """
extensions = ["sphinx_mmu", "site_epub"]
mmu_bibfiles = ["refs.bib"]
version, copyright = "1", "2024, Ada"
epub_description = "A & B"
epub_accessibility_summary = "All <text>."
"""


def test_a_book_says_how_it_can_be_read(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("conf.py", CONF)
    project.write("refs.bib", "@misc{a, title = {A}, year = {2024}}\n")
    project.write("index.rst", "I\n=\n\n.. mmu:paper-table::\n")
    build = project.build("epub")
    assert build.text == ""
    package = ET.fromstring(build.file("content.opf"))  # noqa: S314 -- our own
    said: dict[str, list[str | None]] = {}
    for meta in package.iter("{http://www.idpf.org/2007/opf}meta"):
        said.setdefault(meta.get("property", ""), []).append(meta.text)
    assert said["schema:accessMode"] == ["textual", "visual"]
    assert said["schema:accessModeSufficient"] == ["textual"]
    assert {"tableOfContents", "MathML"} <= set(
        said["schema:accessibilityFeature"]
    )
    assert said["schema:accessibilityHazard"] == ["none"]
    assert said["schema:accessibilitySummary"] == ["All <text>."]
