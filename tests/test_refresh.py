"""Asking services about entries: what is told, what is written, and what trouble costs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import answers
import pytest
from click.testing import CliRunner, Result
from killed import killed_at_each_line
from server import Reply, Server, serving

from sphinx_mmu.bib.reader import parse
from sphinx_mmu.cli import main
from sphinx_mmu.lookup.answers import host
from sphinx_mmu.lookup.client import SERVICES
from sphinx_mmu.lookup.updates import ASKED

BIB = """\
% the list

@misc{pre,
  title          = {Short Paths},
  author         = {Ada, Nora and Beck, Timo},
  year           = {2023},
  eprint         = {2403.01234},
  eprinttype     = {arxiv},
  origdate       = {2023-05}
}

@inproceedings{pub,
  title          = {Erasing \\& Keeping Paths in {VLMs}},
  author         = {Ada, Nora and Beck, Timo and {The Paths Group}},
  booktitle      = {Proceedings of the 12th Conference on Queues},
  pages          = {10--19},
  year           = {2024},
  doi            = {10.1145/3600000.1}
}
"""


def arxiv(comment: str = "12 pages", abstract: str = "Nothing.") -> str:
    text = (
        answers.ARXIV.replace("Nora van der Ada", "Nora Ada")
        .replace("Jürgen", "Timo")
        .replace("12 pages", comment)
    )
    return text.replace(
        text[text.index("<summary>") + 9 : text.index("</summary>")], abstract
    )


AGREED = {
    "/crossref/works?": answers.crossref_list(),
    "/crossref/works/10.1145/3600000.1": answers.CROSSREF,
    "/dblp": answers.dblp(),
    "/openalex/works?": answers.openalex(),
    "/arxiv": arxiv(),
}
"""What services answer that know nothing else about the entries above."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    with serving() as running:
        for name in SERVICES:
            monkeypatch.setenv(
                f"MMU_URL_{name.upper()}", f"{running.address}/{name}"
            )
        for path, answer in AGREED.items():
            running.says(path, answer)
        yield running


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("MMU_PAUSE", "0")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    Path("refs.bib").write_text(BIB, "utf-8")
    return tmp_path


def refresh(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(
        main,
        ["refresh", "refs.bib", *arguments],
        input=answer,
        catch_exceptions=False,
    )


def found(*arguments: str) -> list[tuple[str, str, str, str]]:
    told = json.loads(refresh("--format", "json", *arguments).stdout)
    return [(one["key"], one["what"], one["field"], one["new"]) for one in told]


def fields(key: str = "pre") -> dict[str, str]:
    entry = next(
        e
        for e in parse(Path("refs.bib").read_text("utf-8"), "x")[0]
        if e.key == key
    )
    return {"@type": entry.type} | {n: f.value for n, f in entry.fields.items()}


@pytest.mark.drift
def test_each_service_that_is_asked_has_an_answer_above() -> None:
    answering = {path.split("/")[1] for path in AGREED}
    missing = ASKED.keys() - {"links"} - answering
    assert not missing, (
        f"AGREED in tests/test_refresh.py lacks {sorted(missing)}"
    )


def test_where_services_agree_nothing_is_found(server: Server) -> None:
    done = refresh()
    assert (done.exit_code, done.stdout, done.stderr) == (
        0,
        "no findings in 2 papers\n",
        "",
    )
    assert Path("refs.bib").read_text("utf-8") == BIB


def test_a_preprint_that_has_been_published(server: Server) -> None:
    server.says(
        "/dblp/search/publ/api?q=Short+Paths+Ada",
        answers.dblp(answers.DBLP_INFO),
    )
    what = "now published at ICLR 2024"
    assert found("--service", "dblp") == [
        ("pre", what, "@type", "inproceedings"),
        ("pre", what, "venue", "ICLR"),
        ("pre", what, "year", "2024"),
    ]


def test_crossref_is_believed_before_dblp_and_openalex(server: Server) -> None:
    item = answers.CROSSREF_WORK | {
        "title": ["Short paths"],
        "DOI": "10.1/first",
    }
    item["author"] = item["author"][:2]
    server.says(
        "/crossref/works?query.bibliographic=Short+Paths&",
        answers.crossref_list(item),
    )
    server.says(
        "/dblp/search/publ/api?q=Short+Paths+Ada",
        answers.dblp(answers.DBLP_INFO | {"doi": "10.1/second"}),
    )
    server.says(
        "/openalex/works?filter=title.search%3AShort+Paths",
        answers.openalex(answers.OPENALEX_WORK),
    )
    told = {name: new for _, _, name, new in found()}
    assert (told["doi"], told["venue"], told["pages"]) == (
        "10.1/first",
        "QUEUES",
        "10--19",
    )


def test_other_works_of_the_search_are_left_out(server: Server) -> None:
    others = [
        answers.DBLP_INFO | {"title": "Shorter Paths through Queues."},
        answers.DBLP_INFO | {"authors": {"author": [{"text": "Ida Cole"}]}},
        answers.DBLP_INFO
        | {"venue": "CoRR", "type": "Informal and Other Publications"},
    ]
    server.says("/dblp", answers.dblp(*others))
    assert found("--service", "dblp") == []


def test_a_withdrawn_version_code_and_a_journal_are_told(
    server: Server,
) -> None:
    text = arxiv(
        "This paper has been withdrawn by the authors",
        "See https://github.com/ada/paths.",
    )
    server.says(
        "/arxiv",
        text.replace(
            "</arxiv:comment>",
            "</arxiv:comment><arxiv:journal_ref "
            'xmlns:arxiv="http://arxiv.org/schemas/atom">Queues 3 (2024)</arxiv:journal_ref>',
        ),
    )
    assert found("--service", "arxiv") == [
        ("pre", "its authors have withdrawn it", "", ""),
        ("pre", "now published: Queues 3 (2024)", "", ""),
        ("pre", "code", "code", "https://github.com/ada/paths"),
    ]


def test_another_list_of_authors_year_and_a_retraction(server: Server) -> None:
    item = answers.CROSSREF_WORK | {
        "issued": {"date-parts": [[2025]]},
        "author": answers.CROSSREF_WORK["author"][:1],
        "update-to": [{"type": "retraction", "DOI": "10.1/r"}],
    }
    server.says(
        "/crossref/works/10.1145/3600000.1", json.dumps({"message": item})
    )
    assert found("--service", "crossref") == [
        ("pub", "it is retracted", "", ""),
        ("pub", "another year", "year", "2025"),
        ("pub", "another list of authors", "author", "Ada, Nora"),
    ]


def test_a_doi_that_nobody_knows_and_a_number_that_arxiv_has_not(
    server: Server,
) -> None:
    server.says(
        "/crossref/works/10.1145/3600000.1", Reply("Resource not found.", 404)
    )
    server.says("/arxiv", answers.ARXIV_NONE)
    assert [
        (key, what)
        for key, what, _, _ in found(
            "--service", "crossref", "--service", "arxiv"
        )
    ] == [
        ("pre", "arXiv has no 2403.01234"),
        ("pub", "the DOI 10.1145/3600000.1 is not registered"),
    ]


def test_an_identifier_of_another_work_is_told_and_nothing_of_it_offered(
    server: Server,
) -> None:
    item = answers.CROSSREF_WORK | {
        "title": ["On Bees"],
        "author": [{"given": "Ida", "family": "Cole"}],
    }
    server.says(
        "/crossref/works/10.1145/3600000.1", json.dumps({"message": item})
    )
    server.says(
        "/arxiv",
        arxiv()
        .replace("Nora Ada", "Ida Cole")
        .replace("Timo Beck", "Eva Dorn"),
    )
    title = "PathEraser: Erasing Audio Paths & Styles from CLIP at 50% Cost"
    assert found("--service", "crossref", "--service", "arxiv") == [
        ("pre", f"arXiv's 2403.01234 is another work, '{title}'", "", ""),
        (
            "pub",
            "the DOI 10.1145/3600000.1 is that of another work, 'On Bees'",
            "",
            "",
        ),
    ]


def test_an_answer_about_another_doi_is_told_and_nothing_of_it_offered(
    server: Server,
) -> None:
    item = answers.CROSSREF_WORK | {
        "DOI": "10.1/other",
        "issued": {"date-parts": [[1999]]},
    }
    server.says(
        "/crossref/works/10.1145/3600000.1", json.dumps({"message": item})
    )
    other = answers.OPENALEX_WORK | {
        "title": "Erasing & Keeping Paths in VLMs",
        "is_retracted": True,
    }
    server.says("/openalex/works/doi:", json.dumps(other))
    assert found(
        "--service", "crossref", "--service", "openalex", "--filter", "key:pub"
    ) == [
        (
            "pub",
            "Crossref was asked for 10.1145/3600000.1 and answered with 10.1/other",
            "",
            "",
        ),
        (
            "pub",
            "OpenAlex was asked for 10.1145/3600000.1 and answered with 10.1145/3600000.9",
            "",
            "",
        ),
    ]


def test_a_published_work_found_by_its_title_under_another_doi_is_another_one(
    server: Server,
) -> None:
    info = answers.DBLP_INFO | {
        "title": "Erasing & Keeping Paths in VLMs",
        "year": "2019",
        "doi": "10.1/other",
    }
    server.says("/dblp", answers.dblp(info))
    assert found("--service", "dblp", "--filter", "key:pub") == []
    server.says("/dblp", answers.dblp(info | {"doi": "10.1145/3600000.1"}))
    assert ("pub", "another year", "year", "2019") in found(
        "--service", "dblp", "--filter", "key:pub", "--days", "0"
    )


def test_a_link_that_leads_to_this_machine_is_told_and_not_asked(
    server: Server,
) -> None:
    with serving() as inside:
        server.says(
            "/out", Reply("", 301, {"Location": f"{inside.address}/admin"})
        )
        links = (
            f"code = {{{server.address}/out}}, project = {{{inside.address}/}}, url ="
            " {https://[::1]/}"
        )
        Path("refs.bib").write_text(
            BIB.replace("  eprint ", f"  {links},\n  eprint "), "utf-8"
        )
        told = [what for _, what, _, _ in found("--service", "links")]
        assert inside.asked == []
    assert told == [
        "url: https://[::1]/ was not requested: it is not on the public internet",
        (
            f"code: {host(server.address)} leads to {inside.address}/admin, which was not requested: it"
            " is not https"
        ),
        (
            f"project: {inside.address}/ was not requested: it has the port"
            f" {inside.address.rpartition(':')[2]}"
        ),
    ]


def test_a_link_that_does_not_answer_is_not_called_dead(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MMU_URL_DOI", "http://127.0.0.1:9")
    bib = BIB.replace("  eprint ", "  code = {http://127.0.0.1:9/},\n  eprint ")
    Path("refs.bib").write_text(bib, "utf-8")
    assert found("--service", "links") == [
        ("pre", "code: http://127.0.0.1:9/ does not answer", "", "")
    ]


def test_dead_and_moved_links(server: Server) -> None:
    here = server.address
    server.says("/new", "there")
    server.says("/old", Reply("", 301, {"Location": "/new"}))
    links = f"  code = {{{here}/old}},\n  project = {{{here}/gone}},\n  url = {{{here}/new}},\n"
    Path("refs.bib").write_text(
        BIB.replace(
            "  year           = {2023},\n", f"  year = {{2023}},\n{links}"
        ),
        "utf-8",
    )
    assert found("--service", "links") == [
        ("pre", "code: the link has moved", "code", f"{here}/new"),
        ("pre", f"project: the link is dead, {here}/gone answers 404", "", ""),
    ]


# --- writing


def test_what_a_person_takes_is_written_with_its_source_and_nothing_else(
    server: Server,
) -> None:
    server.says(
        "/dblp/search/publ/api?q=Short+Paths+Ada",
        answers.dblp(answers.DBLP_INFO | {"venue": "Queues & Co_"}),
    )
    done = refresh("--service", "dblp", "--write", answer="y\nn\ny\n")
    new = fields()
    assert (done.exit_code, new["@type"], new["year"], "venue" in new) == (
        0,
        "inproceedings",
        "2024",
        False,
    )
    assert new["sources"] == "year: DBLP, https://dblp.org/rec/conf/iclr/AdaB24"
    assert new["checked"] == "2026-01-01"
    assert (
        Path("refs.bib").read_text("utf-8").split("@inproceedings{pub")[1]
        == BIB.split("@inproceedings{pub")[1]
    )
    assert "refs.bib: wrote type, year of pre" in done.stderr


def test_yes_takes_all(server: Server) -> None:
    server.says(
        "/dblp/search/publ/api?q=Short+Paths+Ada",
        answers.dblp(answers.DBLP_INFO | {"venue": "Queues & Co_}"}),
    )
    refresh("--service", "dblp", "--write", "--yes")
    assert fields()["venue"] == "Queues \\& Co\\_\\rbrace{}"
    assert (
        CliRunner().invoke(main, ["check", "refs.bib"]).stdout
        == "no errors, no warnings\n"
    )
    assert (
        CliRunner().invoke(main, ["format", "--check", "refs.bib"]).exit_code
        == 0
    )


def test_no_answer_to_a_question_writes_nothing(server: Server) -> None:
    server.says(
        "/dblp/search/publ/api?q=Short+Paths+Ada",
        answers.dblp(answers.DBLP_INFO),
    )
    done = refresh("--service", "dblp", "--write", answer="")
    assert (done.exit_code, Path("refs.bib").read_text("utf-8")) == (1, BIB)
    assert "Aborted!" in done.stderr


def test_yes_without_write_is_wrong_use() -> None:
    assert refresh("--yes").exit_code == 2


# --- trouble


def test_a_service_in_trouble_is_told_and_the_others_are_asked(
    server: Server,
) -> None:
    for path in ("/crossref/works?", "/crossref/works/10.1145/3600000.1"):
        server.says(path, Reply("", 403))
    server.says(
        "/dblp/search/publ/api?q=Short+Paths+Ada",
        answers.dblp(answers.DBLP_INFO),
    )
    done = refresh()
    assert done.exit_code == 1
    assert "pre: now published at ICLR 2024" in done.stdout
    assert [line.split(": ")[0] for line in done.stderr.splitlines()] == [
        "pre",
        "pub",
    ]


def test_a_service_that_fails_three_times_is_not_asked_again(
    server: Server,
) -> None:
    Path("refs.bib").write_text(
        "\n".join(BIB.replace("{p", f"{{p{n}") for n in range(4)), "utf-8"
    )
    server.says("/dblp", Reply("", 403))
    done = refresh("--service", "dblp")
    assert len(server.asked) == 3
    assert (
        done.stderr.splitlines()[-1]
        == "dblp failed 3 times in a row and is not queried again"
    )


def test_a_round_goes_on_where_it_was_broken_off(server: Server) -> None:
    refresh("--filter", "key:pre")
    before = len(server.asked)
    refresh()
    assert [
        path
        for path in server.asked[before:]
        if "2403" in path or "Short" in path
    ] == []
    assert len(server.asked) > before
    again = len(server.asked)
    refresh("--days", "0")
    assert len(server.asked) > again + before


def test_where_no_more_can_be_written_the_file_stays_as_it_was(
    server: Server, folder: Path
) -> None:
    server.says(
        "/dblp/search/publ/api?q=Short+Paths+Ada",
        answers.dblp(answers.DBLP_INFO),
    )
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300));"
        " from sphinx_mmu.cli import main; main()"
    )
    command = [
        sys.executable,
        "-c",
        program,
        "refresh",
        "refs.bib",
        "--service",
        "dblp",
        "--write",
        "--yes",
    ]
    # `make coverage` could write no file there, and would complain
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith("COVERAGE_")
    }
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert "Traceback" not in done.stderr
    assert Path("refs.bib").read_text("utf-8") == BIB
    assert list(folder.glob(".refs.bib*")) == []


@pytest.mark.slow
def test_killed_at_any_line_of_writing_the_file_is_the_old_or_the_new_one(
    server: Server,
) -> None:
    server.says(
        "/dblp/search/publ/api?q=Short+Paths+Ada",
        answers.dblp(answers.DBLP_INFO),
    )
    command = ["refresh", "--service", "dblp", "--write", "--yes"]
    refresh(*command[1:])
    new = Path("refs.bib").read_text("utf-8")
    command.insert(1, "refs.bib")
    seen = killed_at_each_line(
        Path("refs.bib"), BIB, command, ["cli.refresh", "files"], "_write"
    )
    assert len(seen) > 20
    assert set(seen) == {BIB, new}
