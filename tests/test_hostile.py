"""Entries and vocabularies that mean harm, or go too far: nothing of them acts, and the build goes on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from support import Project, keys

from sphinx_mmu import tex
from sphinx_mmu.ext.mathml import MathError, to_mathml
from sphinx_mmu.problems import did_you_mean
from sphinx_mmu.vocabulary import Vocabulary

INDEX = "Index\n=====\n\n.. mmu:paper-table::\n"


def build_of(folder: Path, bib: str, conf: str = "", index: str = INDEX) -> Project:
    project = Project(folder)
    project.write("refs.bib", bib)
    project.write("conf.py", f'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["refs.bib"]\n{conf}')
    project.write("index.rst", index)
    return project


@pytest.mark.parametrize("name", ["k" * 300, "k" * 121, "ключ" * 60])
def test_a_key_longer_than_names_of_files_can_be_has_a_page(name: str, tmp_path: Path) -> None:
    project = build_of(tmp_path, f"@misc{{{name}, title = {{Long}}, year = {{2020}}}}\n")
    built = project.build()
    (page,) = (built.out / "paper").glob("*.html")
    assert len(page.name.encode()) < 160
    assert f'href="paper/{page.name}"' in built.html("index")


def test_a_long_value_of_a_facet_has_a_page_and_files(tmp_path: Path) -> None:
    bib = f"@misc{{a, title = {{A}}, year = {{2020}}, keywords = {{topic:{'v' * 300}}}}}\n"
    built = build_of(tmp_path, bib).build(mmu_facet_pages=["topic"])
    assert built.warnings == []
    assert len(list((built.out / "facet/topic").glob("*.html"))) == 1
    assert len(list((built.out / "export").glob("facet-*.csv"))) == 1


def test_addresses_that_are_none_of_the_web_reach_no_list_of_references(tmp_path: Path) -> None:
    bib = (
        r"@misc{a, title = {One}, author = {Doe, J.}, year = {2020}, url = {javascript:alert(1)}, "
        r"note = {See \url{javascript:alert(2)}, \href{data:text/html,x}{here} and \url{https://example.org/x}}}"
    )
    conf = 'extensions.append("sphinxcontrib.bibtex")\nbibtex_bibfiles = ["refs.bib"]\n'
    html = build_of(tmp_path, bib, conf, f"{INDEX}\n:cite:`a`\n\n.. bibliography::\n").build().html("index")
    assert not re.search(r'href="(?:javascript|data):', html)
    assert 'href="https://example.org/x"' in html


@pytest.mark.parametrize(("one", "other"), [("all", "x"), ("a-b", "a/b"), ("a-2", "a")])
def test_files_to_take_away_have_names_of_their_own(one: str, other: str, tmp_path: Path) -> None:
    bib = "".join(f"@misc{{a{n}, title = {{T{n}}}, year = {{2020}}, keywords = {{topic:t{n}}}}}\n" for n in range(3))
    table = ".. mmu:paper-table::\n   :filter: topic:t{}\n   :facets: topic\n\n"
    project = build_of(tmp_path, bib)
    project.write(f"{one}.rst", ":orphan:\n\nOne\n===\n\n" + table.format(0))
    project.write(f"{other}.rst", ":orphan:\n\nOther\n=====\n\n" + table.format(1) + table.format(2))
    built = project.build()
    listed = json.loads(built.file("papers.json"))["exports"]
    assert len({item["files"]["csv"] for item in listed}) == len(listed) == 4
    for item in listed:
        assert len(built.file(item["files"]["csv"]).splitlines()) == item["count"] + 1, item
    for page, wanted in ((one, {"a0"}), (other, {"a1", "a2"})):
        files = re.findall(r'href="(?:\.\./)*(export/[^"]*\.csv)"', built.html(page))
        assert {line.split(",")[0].strip('"') for f in files for line in built.file(f).splitlines()[1:]} == wanted


@pytest.mark.parametrize("fault", [
    "{" * 10_000 + "x" + "}" * 10_000, "x^{" * 20_000, r"\begin{a}" * 20_000, r"x \) \input{/etc/passwd}",
    r"\href{javascript:x}{D}",
    r"\csname input\endcsname", "$$ x", r"^^5cinput{x}", r"\write18{x}", r"\def\x{y}",
])  # fmt: skip
def test_a_formula_that_is_none_is_refused(fault: str) -> None:
    assert tex.fault(fault)
    with pytest.raises(MathError):
        to_mathml(fault, display=True)


@pytest.mark.parametrize("sound", [
    r"\{x\} \le \left( a \\[2pt] b \right) \$ 5", r"\inf_x \letter{}", "{" * 150 + "}" * 150,
    r"\begin{aligned}a\end{aligned}",
])  # fmt: skip
def test_a_formula_is_not_refused_for_its_looks(sound: str) -> None:
    assert tex.fault(sound) == ""


def test_such_a_formula_reaches_no_builder_and_is_told_at_its_term(tmp_path: Path) -> None:
    words = "[facet.topic]\n\n[term.\"topic:a\"]\nformula = 'x \\) \\input{/etc/passwd}'\n"
    words += "symbols = [{ symbol = '\\href{javascript:x}{D}', meaning = 'D' }]\n"
    bib = "@misc{a, title={A}, year=2020, keywords={topic:a}}"
    project = build_of(tmp_path, bib, index=f"{INDEX}\n.. mmu:term:: topic:a\n")
    project.write("words.toml", words)
    for builder in ("latex", "html"):
        built = project.build(builder, mmu_vocabulary=["words.toml"])
        told = [w for w in built.warnings if "words.toml:3" in w and "has no place in a formula" in w]
        assert len(told) == len(built.warnings) == 2
        suffix = "*.tex" if builder == "latex" else "*.html"
        texts = [path.read_text("utf-8") for path in built.out.glob(suffix)]
        assert texts
        assert not any("passwd" in text or "javascript:x" in text for text in texts)


def test_lists_that_stand_too_deep_in_a_vocabulary_are_one_problem(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text("x = " + "[" * 5000 + "]" * 5000 + "\n[facet.topic]\n", "utf-8")
    words, problems = Vocabulary.load([(path, "words.toml")])
    assert [p.line for p in problems] == [1]
    assert list(words.facets) == ["topic"]


def test_a_table_twice_in_a_file_names_both_lines(tmp_path: Path) -> None:
    path = tmp_path / "words.toml"
    path.write_text("[facet.topic]\n\n[facet.topic]\n", "utf-8")
    _words, (problem,) = Vocabulary.load([(path, "words.toml")])
    assert (problem.line, problem.message) == (3, "[facet.topic] stands twice; first in words.toml:1")


def test_a_word_of_a_megabyte_is_like_no_other() -> None:
    assert did_you_mean("x" * 1_000_000, ["y" * 1_000_000, "z"]) == ""


def test_a_renamed_neighbour_is_led_to_by_its_new_name(tmp_path: Path) -> None:
    bib = "@misc{k1, title={One}, shorttitle={A}, year=2020}\n@misc{k2, title={Two}, shorttitle={B}, year=2021}\n"
    project = build_of(tmp_path, bib)
    project.build()
    project.edit("refs.bib", "{k2,", "{k2b,")
    html = project.build().html("paper/k1")
    assert "k2b.html" in html
    assert "k2.html" not in html


def test_a_citation_leads_to_its_entry_after_others_have_changed_places(tmp_path: Path) -> None:
    one, two = (f"@misc{{k{n}, title = {{T{n}}}, author = {{Doe, J.}}, year = {{2020}}}}\n" for n in (1, 2))
    conf = 'extensions.append("sphinxcontrib.bibtex")\nbibtex_bibfiles = ["refs.bib"]\nbibtex_default_style = "unsrt"\n'
    project = build_of(tmp_path, one + two, conf)
    project.write("a.rst", ":orphan:\n\nA\n=\n\n:cite:`k2`\n")
    project.write("r.rst", ":orphan:\n\nR\n=\n\n.. bibliography::\n   :all:\n")
    project.build()
    project.write("refs.bib", two + one)
    links = [re.findall(r'href="r\.html(#[^"]*)"', project.build(clean=c).html("a")) for c in (False, True)]
    assert links[0] == links[1] != []


def test_digits_of_other_scripts_are_no_date(tmp_path: Path) -> None:
    built = build_of(tmp_path, "@misc{a, title = {A}, year = {٢٠٢٠}}\n").build()
    assert any("mmu.bad-date" in w or "mmu.missing-year" in w for w in built.warnings)
    assert keys(built.html("index")) == ["a"]
