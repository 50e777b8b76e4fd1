"""Adding works: what services say becomes an entry at its place, and nothing else changes."""

from __future__ import annotations

import difflib
import html
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import answers
import pytest
from click.testing import CliRunner, Result
from server import Reply, Server, serving
from support import some_slow

from sphinx_mmu.bib import reader
from sphinx_mmu.cli import main
from sphinx_mmu.cli.add import _FETCH
from sphinx_mmu.library.library import Library
from sphinx_mmu.lookup.client import SERVICES
from sphinx_mmu.lookup.new_entry import known_venue
from sphinx_mmu.model.paper_reader import paper_from

ROOT = Path(__file__).parents[1]
CONF = 'mmu_bibfiles = ["refs.bib"]\nmmu_vocabulary = ["words.toml"]\n'
WORDS = """\
[facet.list]
label = "List"
single = true
[term."list:new"]
label = "New"
[term."list:old"]
label = "Old"
[facet.stage]
label = "Stage"
single = true
[term."stage:training"]
label = "Training"
aliases = ["fine-tuning"]
[facet.modality]
label = "Modality"
[term."modality:audio"]
label = "Audio"
[term."modality:image"]
label = "Image"
[facet.target]
label = "Target"
[term."target:style"]
label = "Style"
[facet.tagsource]
label = "Placed by"
field = "tagsource"
provenance = true
[term."tagsource:proposed"]
label = "Proposed"
"""


def entry(key: str, date: str, tag: str, **fields: str) -> str:
    own = "".join(f"  {n:<14} = {{{v}}},\n" for n, v in fields.items())
    return (
        f"@misc{{{key},\n  title          = {{Title of {key.capitalize()} Alone}},\n"
        f"  author         = {{Of{key}, Ann}},\n"
        f"  year           = {{{date[:4]}}},\n{own}  origdate       = {{{date}}},\n"
        f"  keywords       = {{list:{tag}}}\n}}\n"
    )


BIB = "% the list\n\n" + "\n".join(
    [
        entry("n1", "2024-09", "new"),
        entry("n2", "2024-02", "new", eprint="2402.00001"),
        "% between lists\n",
        entry("o1", "2024-05", "old"),
        entry("o2", "2023-05", "old", doi="10.1145/1.2"),
    ]
)


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serving() as running:
        for name in SERVICES:
            monkeypatch.setenv(
                f"MMU_URL_{name.upper()}", f"{running.address}/{name}"
            )
        yield running


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("MMU_PAUSE", "0")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    for name, text in {
        "conf.py": CONF,
        "words.toml": WORDS,
        "refs.bib": BIB,
    }.items():
        Path(name).write_text(text, "utf-8")
    return tmp_path


def add(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(
        main, ["add", *arguments], input=text, catch_exceptions=False
    )


def diff() -> tuple[list[str], list[str]]:
    """Lines added to and taken from the file."""
    lines = list(
        difflib.ndiff(
            BIB.splitlines(), Path("refs.bib").read_text("utf-8").splitlines()
        )
    )
    return [line[2:] for line in lines if line[0] == "+"], [
        line[2:] for line in lines if line[0] == "-"
    ]


PATHERASER = """\
@misc{vanderada2024patheraser,
  title          = {{PathEraser}: Erasing Audio Paths \\& Styles from {CLIP} at 50\\% Cost},
  shorttitle     = {PathEraser},
  author         = {van der Ada, Nora and Beck, Jürgen},
  year           = {2024},
  eprint         = {2403.01234},
  eprinttype     = {arxiv},
  code           = {https://github.com/ada/patheraser},
  origdate       = {2024-03},
  added          = {2026-01-01},
  keywords       = {list:new, stage:training, modality:audio, target:style},
  tagsource      = {proposed}
}"""


@pytest.mark.parametrize(
    "name",
    [
        "2403.01234",
        "arXiv:2403.01234v2",
        "https://arxiv.org/abs/2403.01234",
        "https://arxiv.org/pdf/2403.01234v1.pdf",
        "10.48550/arXiv.2403.01234",
        "https://doi.org/10.48550/arXiv.2403.01234",
    ],
)
def test_an_arxiv_work_becomes_one_entry_at_its_place(
    server: Server, name: str
) -> None:
    server.says("/arxiv/api/query", answers.ARXIV)
    done = add(name, "--tag", "list:new")
    assert done.exit_code == 0, done.output
    assert done.stdout == f"{PATHERASER}\n"
    text = Path("refs.bib").read_text("utf-8")
    assert text == BIB.replace("@misc{n2,", f"{PATHERASER}\n\n@misc{{n2,")
    assert done.stderr == "refs.bib:11: added vanderada2024patheraser\n"


NEW = WORDS.replace(
    'label = "List"\n', 'label = "List"\nnew = ["later", "also"]\n'
).replace(
    "[facet.stage]",
    '[term."list:later"]\nlabel = "Later"\n[term."list:also"]\nlabel = "Styles"\n[facet.stage]',
)
"""A vocabulary with two lists that take new entries."""


@pytest.fixture
def lists() -> None:
    Path("words.toml").write_text(NEW, "utf-8")
    for name in ("later", "also"):
        Path(f"{name}.bib").write_text(entry(name, "2023-01", name), "utf-8")
    Path("conf.py").write_text(
        CONF.replace('["refs.bib"]', '["refs.bib", "also.bib", "later.bib"]')
    )


@pytest.mark.parametrize(
    ("options", "file", "tag"),
    [
        ((), "later.bib", "list:later"),
        (("--tag", "list:also"), "also.bib", "list:also"),
        (("--tag", "target:style"), "later.bib", "list:later"),
        (("--to", "refs.bib"), "refs.bib", "list:later"),
        (("--no-tags",), "refs.bib", ""),
    ],
)
def test_an_entry_goes_to_the_file_of_its_list(
    server: Server, lists: None, options: tuple[str, ...], file: str, tag: str
) -> None:
    server.says("/arxiv", answers.ARXIV)
    done = add("2403.01234", *options)
    assert done.exit_code == 0, done.output
    assert done.stderr.startswith(f"{file}:")
    assert re.findall(r"\blist:\w+", done.stdout) == ([tag] if tag else [])


def test_a_list_that_takes_no_new_entries_is_refused_with_those_that_do(
    lists: None,
) -> None:
    done = add("2403.01234", "--tag", "list:new")
    assert (done.exit_code, diff()) == (2, ([], []))
    assert (
        "'list:new' takes no new entries; write one of: list:later, list:also"
        in done.stderr
    )


def test_the_list_of_pasted_bibtex_is_kept(lists: None) -> None:
    pasted = "@misc{x, title={Alone}, author={Cole, Ida}, year={2024}, keywords={list:old}}"
    assert "  keywords       = {list:old}" in add("-", text=pasted).stdout


def test_a_dry_run_writes_nothing(server: Server) -> None:
    server.says("/arxiv", answers.ARXIV)
    done = add("2403.01234", "--dry-run", "--tag", "list:new")
    assert (done.exit_code, done.stdout, diff()) == (
        0,
        f"{PATHERASER}\n",
        ([], []),
    )


def test_a_doi_becomes_one_entry(server: Server) -> None:
    server.says("/crossref/works/", answers.CROSSREF)
    done = add(
        "https://doi.org/10.1145/3600000.1", "--tag", "list:old", "--abstract"
    )
    added, taken = diff()
    assert (done.exit_code, taken) == (0, [])
    assert added[0] == "@inproceedings{ada2024erasing,"
    assert "  title          = {Erasing \\& Keeping Paths in {VLMs}}," in added
    assert (
        "  author         = {Ada, Nora and Beck, Timo and {The Paths Group}},"
        in added
    )
    assert "  abstract       = {Paths are erased from images.}," in added
    assert "  venue          = {QUEUES}," in added
    assert "  keywords       = {list:old}" not in added, (
        "an image is named in the abstract"
    )


def test_an_openreview_forum_and_an_anthology_page_become_entries(
    server: Server,
) -> None:
    server.says("/openreview/notes", answers.OPENREVIEW)
    server.says("/anthology/2024.findings-acl.7.bib", answers.ANTHOLOGY)
    done = add(
        "https://openreview.net/forum?id=aB3xYz",
        "https://aclanthology.org/2024.findings-acl.7/",
        "--no-tags",
    )
    added, taken = diff()
    assert (done.exit_code, taken) == (0, [])
    assert [line for line in added if line.startswith("@")] == [
        "@inproceedings{ada2024paths,",
        "@inproceedings{ada2024forum,",
    ]
    assert "  venue          = {ICLR}," in added
    assert "  venue          = {ACL Findings}," in added
    assert not [
        line for line in added if "keywords" in line or "tagsource" in line
    ]


PASTED = """\
@article{whatever_key,
  author = "M{\\"u}ller, J{\\"o}rg and Ada, Nora",
  title = {Queues of {CLIP}: 100\\% {\\'E}rased},
  journal = {arXiv preprint arXiv:2311.00007},
  year = 2023,
  odd-field = {kept as it is}
}
"""


def test_pasted_bibtex_becomes_one_entry_without_asking_anybody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in SERVICES:
        monkeypatch.setenv(f"MMU_URL_{name.upper()}", "http://127.0.0.1:9")
    done = add("-", "--tag", "list:old", text=PASTED)
    added, taken = diff()
    assert (done.exit_code, taken) == (0, [])
    assert [line.strip().rstrip(",") for line in added if line] == [
        "@article{muller2023queues",
        "title          = {Queues of {CLIP}: 100\\% Érased}",
        "author         = {Müller, Jörg and Ada, Nora}",
        "journal        = {arXiv preprint arXiv:2311.00007}",
        "year           = {2023}",
        "eprint         = {2311.00007}",
        "eprinttype     = {arxiv}",
        "origdate       = {2023}",
        "added          = {2026-01-01}",
        "odd-field      = {kept as it is}",
        "keywords       = {list:old}",
        "}",
    ]
    text = Path("refs.bib").read_text("utf-8")
    assert text.index("@misc{o2,") < text.index("@article{muller2023queues"), (
        "older than all of its list: the end"
    )


def test_an_address_of_pasted_bibtex_becomes_the_identifier_that_it_is() -> (
    None
):
    pasted = (
        "@misc{x, title={Alone}, author={Cole, Ida}, year={2024},"
        " url={https://openreview.net/forum?id=qQ1}}"
    )
    done = add("-", text=pasted)
    assert done.exit_code == 0
    assert "  openreview     = {qQ1}," in done.stdout
    assert " url " not in done.stdout
    assert add("https://openreview.net/forum?id=qQ1").exit_code == 1


@pytest.mark.parametrize(
    "abstract",
    [
        "Easy }, tagsource = {two-readings}, project = {https://evil.example}, x = {",
        "a } b",
        "a { b",
        "a \\",
        "}\n}\n\n@misc{evil,\n title = {x}\n}\n@misc{other, x = {",
    ],
)
def test_an_abstract_adds_no_field_and_no_entry(
    server: Server, abstract: str
) -> None:
    start, middle, rest = answers.ARXIV.partition("<summary>")
    server.says(
        "/arxiv/api/query",
        start + middle + abstract + rest[rest.index("</summary>") :],
    )
    done = add("2403.01234", "--abstract", "--no-tags")
    assert done.exit_code == 0, done.output
    entries, problems = reader.parse(
        Path("refs.bib").read_text("utf-8"), "refs.bib"
    )
    assert not problems
    before, _ = reader.parse(BIB, "refs.bib")
    (new,) = (
        entry
        for entry in entries
        if entry.key not in {one.key for one in before}
    )
    assert len(entries) == len(before) + 1
    assert new.fields.keys() == {
        "title",
        "shorttitle",
        "author",
        "year",
        "eprint",
        "eprinttype",
        "origdate",
        "added",
        "abstract",
    }
    signs = str.maketrans("", "", "{}\\ \n")  # braces in pairs are TeX's
    assert paper_from(new)[0].abstract.translate(signs) == abstract.translate(
        signs
    )
    if abstract in {"a } b", "a { b"}:
        assert paper_from(new)[0].abstract == abstract


def test_what_the_new_entry_lacks_is_told(server: Server) -> None:
    rule = '[rule.audio]\nwhen = "modality:audio"\nneeds = "modality:image"\n'
    Path("words.toml").write_text(WORDS + rule, "utf-8")
    server.says("/arxiv", answers.ARXIV)
    told = add("2403.01234", "--tag", "list:new").stderr.splitlines()[1]
    place, said = (
        "refs.bib:21: warning: vanderada2024patheraser",
        "an entry that matches 'modality:audio' must also match",
    )
    assert told.startswith(f"{place}: {said} 'modality:image'")


@pytest.mark.parametrize("name", ["2402.00001v3", "10.1145/1.2"])
def test_a_work_that_is_there_is_refused_by_its_key_without_asking(
    name: str,
) -> None:
    done = add(name)
    assert (done.exit_code, diff()) == (1, ([], []))
    assert "already listed as " in done.stderr
    assert "refs.bib:" in done.stderr


def test_a_work_with_the_title_of_another_is_refused(server: Server) -> None:
    answer = answers.ARXIV.replace(
        "PathEraser: Erasing Audio Paths &amp;\n  Styles from CLIP at 50% Cost",
        "Title of N1 alone",
    ).replace("Nora van der Ada", "Ann Ofn1")
    server.says("/arxiv", answer)
    done = add("2403.01234")
    assert (done.exit_code, diff()) == (1, ([], []))
    assert "already listed as n1 (refs.bib:3)" in done.stderr


def test_a_key_that_is_taken_gets_a_further_word(server: Server) -> None:
    other = answers.ARXIV.replace("2403.01234", "2403.09999")
    other = other.replace(
        "PathEraser: Erasing",
        "PathEraser: Erasing Wholly Other Things than Before,",
    )
    server.says("/arxiv/api/query?id_list=2403.01234", answers.ARXIV)
    server.says("/arxiv/api/query?id_list=2403.09999", other)
    add("2403.01234", "2403.09999", "--no-tags")
    added, _ = diff()
    assert sorted(line for line in added if line.startswith("@")) == [
        "@misc{vanderada2024patheraser,",
        "@misc{vanderada2024patherasererasing,",
    ]


def test_without_a_term_for_proposals_a_note_says_it(server: Server) -> None:
    Path("words.toml").write_text(
        WORDS.replace("tagsource:proposed", "tagsource:read"), "utf-8"
    )
    server.says("/arxiv", answers.ARXIV)
    done = add("2403.01234", "--tag", "list:new")
    assert "tagsource" not in done.stdout
    assert (
        "  tagnote        = {Tags proposed by words of title and abstract; nobody has read them"
        " yet}" in done.stdout
    )
    assert "error" not in done.stderr


def test_line_ends_and_a_mark_stay(server: Server) -> None:
    Path("refs.bib").write_bytes(
        ("\ufeff" + BIB.replace("\n", "\r\n")).encode()
    )
    server.says("/arxiv", answers.ARXIV)
    add("2403.01234", "--tag", "list:new")
    text = Path("refs.bib").read_bytes().decode()
    assert text == "\ufeff" + BIB.replace(
        "@misc{n2,", f"{PATHERASER}\n\n@misc{{n2,"
    ).replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["nonsense"],
            (
                "nonsense: neither an identifier nor an address of a work; known"
                " are arXiv, DOI, OpenReview, ACL Anthology\n"
            ),
        ),
        (["2403.77777"], "2403.77777: there is no such work"),
        (["-"], "-: no BibTeX entry found"),
    ],
)
def test_what_cannot_be_added_is_told_in_a_line_and_exits_1(
    server: Server, arguments: list[str], told: str
) -> None:
    server.says("/arxiv", answers.ARXIV_NONE)
    done = add(*arguments, text="no entry")
    assert (done.exit_code, diff()) == (1, ([], []))
    assert done.stderr.startswith(told)
    assert len(done.stderr.splitlines()) == 1


def test_an_identifier_of_a_kind_without_a_service_is_told_in_a_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(_FETCH, "doi")
    done = add("10.1145/3600000.1")
    assert (done.exit_code, done.stderr) == (
        1,
        "10.1145/3600000.1: no service is known that gives its metadata\n",
    )


@pytest.mark.parametrize("reply", [Reply("<html>", 200), Reply("", 403)])
def test_a_service_in_trouble_costs_a_line_and_the_others_are_added(
    server: Server, reply: Reply
) -> None:
    server.says("/crossref", reply)
    server.says("/openreview", answers.OPENREVIEW)
    done = add("10.1145/3600000.1", "https://openreview.net/forum?id=aB3xYz")
    assert done.exit_code == 1
    assert done.stderr.startswith("10.1145/3600000.1: ")
    assert "@inproceedings{ada2024forum," in diff()[0]


@pytest.mark.parametrize(
    "arguments",
    [
        ["2403.01234", "--tag", "stage:none"],
        ["2403.01234", "--tag", "word"],
        [],
    ],
)
def test_wrong_use_exits_2(arguments: list[str]) -> None:
    assert add(*arguments).exit_code == 2


def test_a_file_of_another_name_needs_no_conf_py(server: Server) -> None:
    Path("conf.py").unlink()
    assert add("2403.01234").exit_code == 2
    server.says("/arxiv", answers.ARXIV)
    Path("own.bib").write_text("", "utf-8")
    assert add("2403.01234", "--to", "own.bib").exit_code == 0
    assert (
        Path("own.bib")
        .read_text("utf-8")
        .startswith("@misc{vanderada2024patheraser,\n")
    )


def test_a_file_that_is_no_utf_8_is_left_as_it_is(server: Server) -> None:
    server.says("/arxiv", answers.ARXIV)
    old = BIB.replace("Ann", "Andr\xe9").encode("latin-1")
    Path("refs.bib").write_bytes(old)
    done = add("2403.01234")
    assert (done.exit_code, done.stderr) == (
        1,
        "Error: refs.bib: not UTF-8; left unchanged\n",
    )
    assert Path("refs.bib").read_bytes() == old


def test_pasted_bibtex_in_another_encoding_is_read_and_told() -> None:
    pasted = "@misc{x, title={Café Paths}, author={Ada, N}, year={2024}}"
    for encoding in ("latin-1", "utf-16"):
        Path("refs.bib").write_text(BIB, "utf-8")
        done = CliRunner().invoke(
            main, ["add", "-"], input=pasted.encode(encoding)
        )
        assert done.exit_code == 0
        assert "UTF-8" in done.stderr
        assert "  title          = {Café Paths}," in diff()[0]


def test_formulas_and_addresses_stay_as_they_are_written(
    server: Server,
) -> None:
    title = "CO$_2$ at $\\ell_{2}$ for $5 and more_than 3% &amp; $1$s"
    old = (
        "PathEraser: Erasing Audio Paths &amp;\n  Styles from CLIP at 50% Cost"
    )
    server.says("/arxiv", answers.ARXIV.replace(old, title))
    assert add("2403.01234").exit_code == 0
    new, _ = diff()
    assert (
        "  title          = {{CO}$_2$ at $\\ell_{2}$ for \\$5 and more\\_than 3\\% \\& $1$s},"
        in new
    )
    note = r"\url{https://a_b.org/x%20y}, M{\"u}ller"
    pasted = f"@misc{{x, title={{Quite Another}}, author={{Z, Y}}, year={{2020}}, note={{{note}}}}}"
    assert add("-", text=pasted).exit_code == 0
    assert f"  note           = {{{note}}}" in diff()[0]


def test_a_work_that_is_not_known_yet_may_be_an_hour_later(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.says("/arxiv", answers.ARXIV_NONE, answers.ARXIV)
    assert [add("2403.01234").exit_code for _ in range(2)] == [1, 1]
    later = time.time() + 3700
    monkeypatch.setattr(time, "time", lambda: later)
    assert add("2403.01234").exit_code == 0


# --- the survey's own database


@pytest.mark.site
@pytest.mark.slow
def test_a_work_by_arxiv_id_by_doi_and_pasted_is_an_entry_each_and_then_on_the_site_and_in_the_feed(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(
        "SOURCE_DATE_EPOCH", "4000000000"
    )  # later than any entry of the database
    for name in ("docs", "refs", "examples"):
        shutil.copytree(
            ROOT / name, name, ignore=shutil.ignore_patterns("paper", "facet")
        )
    shutil.copy(ROOT / "conf.py", "conf.py")
    old = Path("refs/since.bib").read_text("utf-8")
    server.says("/arxiv/api/query", answers.ARXIV)
    server.says("/crossref/works/", answers.CROSSREF)
    done = [
        add("2403.01234", "--tag", "list:since", "--tag", "kind:method"),
        add("10.1145/3600000.1", "--tag", "kind:method"),
        add("-", "--tag", "kind:method", text=PASTED),
    ]
    assert [one.exit_code for one in done] == [0, 0, 0]
    new = Path("refs/since.bib").read_text("utf-8")
    for one in done:
        assert new.count(one.stdout) == 1
        new = new.replace(f"\n{one.stdout}", "")
    assert new.rstrip() == old.rstrip(), "each a diff of its entry alone"

    site = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-n",
        "-W",
        "--keep-going",
        "-c",
        ".",
        "docs",
        "html",
    ]
    built = subprocess.run(site, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    keys = ["vanderada2024patheraser", "ada2024erasing", "muller2023queues"]
    papers = {p.key: p for p in Library.load(["refs/since.bib"]).papers.papers}
    feed = Path("html/feeds/all.xml").read_text("utf-8")
    explorer, news = (
        Path("html/papers/index.html").read_text("utf-8"),
        Path("html/news.html").read_text("utf-8"),
    )
    for key in keys:
        title = papers[key].title
        assert html.escape(title) in Path(f"html/paper/{key}.html").read_text(
            "utf-8"
        )
        assert f'data-mmu-key="{key}"' in explorer
        assert f'data-mmu-key="{key}"' in news, "added last"
        assert html.escape(title, quote=False) in feed


@pytest.mark.site
@pytest.mark.parametrize(
    ("tag", "name"),
    some_slow(
        [("list:since", "since"), ("list:compared", "compared")],
        [("list:since", "since")],
    ),
)
def test_a_paper_for_the_survey_is_in_the_file_of_its_list_and_free_of_errors(
    server: Server, tag: str, name: str
) -> None:
    file = Path(f"refs/{name}.bib")
    shutil.copytree(ROOT / "refs", "refs")
    shutil.copy(ROOT / "conf.py", "conf.py")
    old = file.read_text("utf-8")
    server.says("/arxiv", answers.ARXIV)
    done = add("2403.01234", "--tag", tag, "--tag", "kind:method")
    assert done.exit_code == 0, done.output
    new = file.read_text("utf-8")
    at = new.index("@misc{vanderada2024patheraser,")
    block = new[at : new.index("\n}\n", at) + 4]
    assert new.replace(block, "") == old
    assert f"{tag}, kind:method" in block
    check = CliRunner().invoke(main, ["check"])
    assert "error: " not in check.stdout
    assert (
        CliRunner().invoke(main, ["format", "--check", str(file)]).exit_code
        == 0
    )


def test_a_long_word_in_the_name_of_a_venue_costs_little() -> None:
    start = time.process_time()
    assert known_venue("a" * 100_000, Library()) == ""
    assert known_venue("fourteenth twentieth ninth", Library()) == ""
    assert (
        time.process_time() - start < 5
    )  # minutes, when each letter was tried as a beginning
