"""What GitHub reads: issue forms and workflows; and the program that makes an entry of a stranger's
issue.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
import yaml
from support import some_slow

from sphinx_mmu.library.library import Library
from sphinx_mmu.model.paper import Paper
from tools.issue import LISTS, answer, main

ROOT = Path(__file__).parents[1]
FORMS = sorted(
    p
    for p in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")
    if p.name != "config.yml"
)
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
MAY_WRITE = {
    ("pages.yml", "deploy"): {"pages": "write", "id-token": "write"},
    ("add-a-paper.yml", "branch"): {"contents": "write"},
    ("add-a-paper.yml", "answer"): {"issues": "write"},
}


def read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


# --- forms


@pytest.mark.drift
@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_a_form_has_a_name_and_fields_with_ids_and_labels_of_their_own(
    path: Path,
) -> None:
    form = read(path)
    assert form["name"]
    assert form["description"]
    fields = [field for field in form["body"] if field["type"] != "markdown"]
    assert fields
    assert {field["type"] for field in form["body"]} <= {
        "markdown",
        "input",
        "textarea",
        "dropdown",
        "checkboxes",
    }
    for part in (
        [f["id"] for f in fields],
        [f["attributes"]["label"] for f in fields],
    ):
        assert len(set(part)) == len(part)
    assert all(re.fullmatch(r"[a-z]+", field["id"]) for field in fields)
    for field in fields:
        options = field["attributes"].get("options", [])
        assert all(isinstance(option, str) for option in options), (
            "a bare yes or no would be true or false"
        )
        assert bool(options) == (field["type"] == "dropdown")


@pytest.mark.drift
def test_names_of_forms_differ_and_there_are_three() -> None:
    assert sorted(read(path)["name"] for path in FORMS) == [
        "Add a paper",
        "Correct an entry",
        "Something else",
    ]


@pytest.mark.drift
def test_the_program_knows_the_labels_and_lists_of_the_form() -> None:
    form = read(ROOT / ".github/ISSUE_TEMPLATE/add-a-paper.yml")
    labels = {
        f["id"]: f["attributes"]["label"] for f in form["body"] if "id" in f
    }
    assert (labels["identifier"], labels["bibtex"], labels["list"]) == (
        "Identifier",
        "BibTeX",
        "List",
    )
    (options,) = [
        f["attributes"]["options"]
        for f in form["body"]
        if f.get("id") == "list"
    ]
    assert options[1:] == list(LISTS)
    library = Library.load(
        [], vocabulary=sorted((ROOT / "refs").glob("*.toml"))
    )
    assert all(tag in library.vocabulary.terms for tag in LISTS.values())
    (label,) = form["labels"]
    assert read(ROOT / ".github/workflows/add-a-paper.yml")["jobs"]["draft"][
        "if"
    ].endswith(f"== '{label}'")


# --- workflows


@pytest.mark.drift
@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_only_jobs_that_publish_may_write_and_nothing_more(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] == {"contents": "read"}
    for name, job in workflow["jobs"].items():
        allowed = MAY_WRITE.get((path.name, name))
        given = job.get("permissions", {})
        assert (
            (given == allowed) if allowed else (set(given.values()) <= {"read"})
        ), name
        assert job["timeout-minutes"] <= 60


@pytest.mark.drift
@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_nothing_that_others_wrote_is_put_into_a_shell_line(path: Path) -> None:
    found = list(steps(read(path)))
    assert found
    for step in found:
        assert "${{" not in step.get("run", ""), step
    mentioned = re.findall(
        r"\$\{\{\s*(github\.(?:event|head_ref)[\w.]*)", path.read_text("utf-8")
    )
    assert set(mentioned) <= {"github.event.issue.number"}, (
        "a number; titles and bodies are text"
    )
    assert "pull_request_target" not in path.read_text("utf-8")


@pytest.mark.drift
@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_checkout_leaves_no_credentials(path: Path) -> None:
    checkouts = [
        step
        for step in steps(read(path))
        if step.get("uses", "").startswith("actions/checkout@")
    ]
    assert checkouts
    for step in checkouts:
        assert step["with"]["persist-credentials"] is False


@pytest.mark.drift
def test_actions_are_pinned_by_hash_with_their_version_and_each_once() -> None:
    pins: dict[str, set[str]] = {}
    for path in WORKFLOWS:
        for line in re.findall(r"uses:\s*(.*)", path.read_text("utf-8")):
            found = re.fullmatch(
                r"(actions/[a-z-]+)@([0-9a-f]{40} # v\d+\.\d+\.\d+)", line
            )
            assert found, line
            pins.setdefault(found[1], set()).add(found[2])
    assert pins
    assert {name: found for name, found in pins.items() if len(found) > 1} == {}


@pytest.mark.drift
def test_a_token_is_in_the_environment_of_the_steps_that_need_it_alone() -> (
    None
):
    found = 0
    for path in WORKFLOWS:
        for job in read(path)["jobs"].values():
            assert "TOKEN" not in str(job.get("env", {}))
            for step in job["steps"]:
                needed = re.search(
                    r"\bgh (?:auth|issue)\b", step.get("run", "")
                )
                assert ("GH_TOKEN" in step.get("env", {})) is bool(needed), step
                found += bool(needed)
    assert found


@pytest.mark.drift
def test_what_is_to_be_raised_by_hand_is_proposed_by_nobody() -> None:
    updates = read(ROOT / ".github/dependabot.yml")["updates"]
    assert {update["package-ecosystem"] for update in updates} == {
        "github-actions",
        "pip",
    }
    assert all(update["cooldown"]["default-days"] >= 7 for update in updates)
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))[
        "project"
    ]["optional-dependencies"]
    pinned = {one.partition("==")[0] for one in extras["docs"] if "==" in one}
    assert {
        one["dependency-name"]
        for update in updates
        for one in update.get("ignore", [])
    } == pinned


@pytest.mark.drift
def test_the_job_that_reads_an_issue_may_not_write_and_the_one_that_writes_runs_no_python() -> (
    None
):
    jobs = read(ROOT / ".github/workflows/add-a-paper.yml")["jobs"]
    assert jobs["draft"]["permissions"] == {"contents": "read"}
    said = " ".join(step.get("run", "") for step in jobs["branch"]["steps"])
    assert "push --force" in said
    files = {Path(path).name for path in re.findall(r"refs/(\w+\.bib)", said)}
    assert files == {
        f"{tag.removeprefix('list:')}.bib" for tag in LISTS.values()
    }
    for name in ("branch", "answer"):
        assert "python" not in str(jobs[name]["steps"])
    assert "checkout" not in str(jobs["answer"])


@pytest.mark.drift
def test_a_pull_request_gets_annotations() -> None:
    workflow = read(ROOT / ".github/workflows/check.yml")
    assert "pull_request" in workflow[True], "YAML 1.1 reads `on` as true"
    assert "sphinx-mmu check --format github" in [
        step.get("run") for step in steps(workflow)
    ]


# --- from an issue to an entry

BIBTEX = """@inproceedings{x,
  title = {A Made-up Study of Forgetting Styles in Diffusion Models},
  author = {Doe, Jane and Roe, Richard},
  booktitle = {Proceedings of Nothing},
  year = {2026},
}"""


def body(
    identifier: str = "_No response_",
    bibtex: str = "_No response_",
    chosen: str = "Works on multimodal unlearning",
    tags: str = "_No response_",
) -> str:
    fenced = (
        bibtex if bibtex == "_No response_" else f"```bibtex\n{bibtex}\n```"
    )
    answers = {
        "Identifier": identifier,
        "BibTeX": fenced,
        "List": chosen,
        "Tags": tags,
    }
    return "\n\n".join(
        f"### {label}\n\n{answer}" for label, answer in answers.items()
    )


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """What the workflow checks out, as far as the program reads it."""
    shutil.copytree(ROOT / "refs", tmp_path / "refs")
    shutil.copy(ROOT / "conf.py", tmp_path)
    return tmp_path


@pytest.fixture
def repository(whole: Path) -> Path:
    """The same with one work in each file: most tests ask nothing of the others."""
    for path in (whole / "refs").glob("*.bib"):
        head, *entries = re.split(
            r"^(?=@)", path.read_text("utf-8"), flags=re.MULTILINE
        )
        named = [
            entry
            for entry in entries
            if entry.split("{")[1].startswith("fan2023salun,")
        ]
        path.write_text(head + (named or entries)[0], "utf-8")
    results = whole / "refs/results.csv"
    results.write_text(
        results.read_text("utf-8").partition("\n")[0] + "\n", "utf-8"
    )
    return whole


def run_here(environment: dict[str, str]) -> str:
    """Run the program in this process; give what it printed."""
    folder, printed = Path(environment["GITHUB_OUTPUT"]).parent, io.StringIO()
    with (
        patch.dict(os.environ, environment),
        contextlib.chdir(folder),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
    ):
        main(Path("draft"))
    return printed.getvalue()


def run_alone(environment: dict[str, str]) -> str:
    """Run the program as the workflow does; give what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.issue", "draft"],
        cwd=Path(environment["GITHUB_OUTPUT"]).parent,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def tried(
    repository: Path,
    text: str | None,
    run: Callable[[dict[str, str]], str] = run_here,
) -> tuple[str, str]:
    """Run the program; give its output and its answer."""
    event = repository / "event.json"
    event.write_text(
        json.dumps(
            {"issue": {"number": 12, "title": "$(touch pwned)", "body": text}}
        ),
        "utf-8",
    )
    environment = {
        "GITHUB_EVENT_PATH": str(event),
        "GITHUB_OUTPUT": str(repository / "outputs"),
        "PYTHONPATH": str(ROOT),
        "GITHUB_SERVER_URL": "https://example.org",
        "GITHUB_REPOSITORY": "a/b",
        "HTTPS_PROXY": "http://127.0.0.1:9",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "XDG_CACHE_HOME": str(repository),
    }
    assert run(environment) == ""
    assert not (repository / "pwned").exists()
    said = (repository / "draft/said.md").read_text("utf-8")
    return (repository / "outputs").read_text("utf-8"), said


def test_bibtex_becomes_an_entry_with_the_chosen_list(whole: Path) -> None:
    output, said = tried(
        whole, body(bibtex=BIBTEX).replace("\n", "\r\n"), run_alone
    )
    assert output == "added=yes\n"
    assert "https://example.org/a/b/compare/paper/issue-12?expand=1" in said
    draft = whole / "draft/since.bib"
    paper = drafted(draft)
    assert (
        paper.title
        == "A Made-up Study of Forgetting Styles in Diffusion Models"
    )
    assert paper.tags["list"] == ("since",)
    assert sorted(file.name for file in draft.parent.iterdir()) == [
        "said.md",
        "since.bib",
    ]


def test_a_compared_work_is_drafted_in_its_own_file(repository: Path) -> None:
    chosen = "Works that these are compared with"
    assert (
        tried(repository, body(bibtex=BIBTEX, chosen=chosen))[0]
        == "added=yes\n"
    )
    found = sorted(file.name for file in (repository / "draft").iterdir())
    assert found == ["compared.bib", "said.md"]


def drafted(draft: Path) -> Paper:
    """The one work that a draft has more than the database."""
    new = Library.load([draft]).papers
    (key,) = set(new.by_key) - SINCE
    return new.by_key[key]


SINCE = frozenset(
    re.findall(
        r"^@\w+\{(\S+),",
        (ROOT / "refs/since.bib").read_text("utf-8"),
        re.MULTILINE,
    )
)


UNTRUE = [
    "tagsource = {two-readings}",
    "TagSource = {figure-2}",
    "tagnote = {Read by two}",
    "checked = {2026-01-01}",
    "sources = {the venue}",
    "added = {1999-01-01}",
    "owner = {ada}",
    "file = {/etc/passwd}",
    "crossref = {fan2023salun}",
    "keywords = {tagsource:two-readings, tagsource:figure-2, nothing:known}",
    "keywords = {TAGSOURCE:TWO-READINGS}",
]


@pytest.mark.parametrize(
    "untrue", some_slow(UNTRUE, ["crossref = {fan2023salun}", UNTRUE[-2]])
)
def test_a_stranger_says_nothing_of_who_set_or_checked_a_tag(
    untrue: str, repository: Path
) -> None:
    output, _ = tried(
        repository,
        body(bibtex=BIBTEX.replace("  year", f"  {untrue},\n  year")),
    )
    assert output == "added=yes\n"
    paper = drafted(repository / "draft/since.bib")
    assert paper.fields["tagsource"] == "proposed"
    assert paper.tags.keys() <= {
        *("list", "kind", "modality", "target", "stage", "family")
    }
    assert not paper.fields.keys() & {
        "tagnote",
        "checked",
        "sources",
        "owner",
        "file",
        "crossref",
    }
    assert paper.fields["added"] >= "2026"


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        (
            "stage:training-free and kind:method, see section 3; tagsource:two-readings is no tag,"
            " nothing:known neither, and list:vlm takes no new works"
        ),
        "* `stage:training-free`\r\n* `kind:method`.\n* tagsource:figure-2",
        pytest.param("kind:method,stage:training-free", marks=pytest.mark.slow),
    ],
)
def test_tags_of_the_form_and_of_the_entry_are_kept_as_proposals(
    text: str, repository: Path
) -> None:
    entry = BIBTEX.replace(
        "Forgetting Styles in Diffusion Models", "Nothing"
    ).replace("  year", "  keywords = {deep learning, modality:image},\n  year")
    output, _ = tried(
        repository, body(bibtex=entry, tags=text, chosen="I do not know")
    )
    paper = drafted(repository / "draft/since.bib")
    assert (output, paper.fields["tagsource"]) == ("added=yes\n", "proposed")
    assert paper.tags == {
        "list": ("since",),
        "kind": ("method",),
        "stage": ("training-free",),
        "modality": ("image",),
    }
    assert paper.keywords == ("deep learning",)


def test_half_a_character_costs_nothing(repository: Path) -> None:
    output, _ = tried(
        repository,
        body(bibtex=BIBTEX.replace("Nothing", "\ud800Nothing\udfff")),
    )
    assert output == "added=yes\n"
    assert (
        drafted(repository / "draft/since.bib").fields["booktitle"]
        == "Proceedings of ?Nothing?"
    )
    assert tried(repository, body(identifier="\ud800"))[0].endswith(
        "added=no\n"
    )


def test_a_comment_a_preamble_and_an_abbreviation_are_no_further_work(
    repository: Path,
) -> None:
    extra = (
        '@comment{@misc{no, title = {No}}}\n@preamble{"\\newcommand{\\x}{y}"}\n@string{p ='
        ' "Proceedings of Bees"}\n'
    )
    output, _ = tried(
        repository,
        body(bibtex=extra + BIBTEX.replace("{Proceedings of Nothing}", "p")),
    )
    assert output == "added=yes\n"
    text = (repository / "draft/since.bib").read_text("utf-8")
    assert "newcommand" not in text
    assert (
        drafted(repository / "draft/since.bib").fields["booktitle"]
        == "Proceedings of Bees"
    )


def test_a_work_that_is_there_is_named_and_nothing_is_written(
    repository: Path,
) -> None:
    before = (repository / "refs/since.bib").read_bytes()
    output, said = tried(repository, body("https://arxiv.org/abs/2310.12508"))
    assert output == "added=no\n"
    assert "already listed as fan2023salun" in said
    assert (repository / "refs/since.bib").read_bytes() == before
    assert not (repository / "draft/since.bib").exists()


HOSTILE = [
    None,
    "",
    "no form at all",
    body(),
    body("2403.01234; touch pwned"),
    body("$(touch pwned)"),
    body("`touch pwned`"),
    body("--to=/etc/passwd"),
    body("-"),
    body("2403.01234\n--to=x.bib"),
    body("2403.01234 2403.01235"),
    body("https://arxiv.org@evil.example/abs/2403.01234"),
    body("http://169.254.169.254/"),
    body("file:///etc/passwd"),
    body("10.1234/../../x y"),
    body("https://openreview.net/forum?id=a&b=$(touch pwned)"),
    body("２４０３.01234"),
    body(bibtex="@misc{a, title = {A}}\n@misc{b, title = {B}}"),
    body(bibtex="x" * 30_000),
    body(bibtex="no entry"),
    body(bibtex="@misc{a, title = {A}}\n@mi.sc{b, title = {B}}"),
    body(bibtex="@mi.sc{a, title = {A}}"),
    body(bibtex="@misc{a, title = {A}} @mi:sc(b, title = {B})"),
    body(bibtex="@a+b{a, title = {A}}@c-d{b, title={B}}"),
    body(bibtex="@misc{a, title = {A}, note = {open}"),
    body(bibtex="@misc{a, title = {A}}, tagsource = {x}}"),
    body(bibtex='@misc{a, title = "A } @misc{b, title = {B}}"}'),
    body(bibtex='@string{x = "x"}'),
    body(bibtex="@comment{a, title = {A}}"),
    body("10.1234/a/../../../members"),
    body("10.1234/a/%2e%2e/x y"),
    body("https://doi.org/10.1234/a/%2e%2e/%2e%2e/members"),
    body("https://aclanthology.org/../x"),
    body("10.1234/a\u202eb"),
    body("10.1234/a\x1b[2J"),
]


@pytest.mark.parametrize(
    "text", some_slow(HOSTILE, HOSTILE[::6]), ids=range(len(HOSTILE))
)
def test_what_is_neither_an_identifier_nor_one_entry_is_refused(
    text: str | None, repository: Path
) -> None:
    before = (repository / "refs/since.bib").read_bytes()
    output, said = tried(repository, text)
    assert output == "added=no\n"
    assert said.startswith("No draft of an entry was made:\n\n    T")
    assert (repository / "refs/since.bib").read_bytes() == before


def test_an_answer_quotes_and_neither_mentions_nor_links() -> None:
    said = answer(
        12, "one\n\n```\n@everybody [x](http://evil.example)\n", done=False
    )
    strange = [
        line
        for line in said.splitlines()
        if "@" in line or "evil" in line or "```" in line
    ]
    assert len(strange) == 2
    assert all(line.startswith("    ") for line in strange)


def test_an_answer_is_no_longer_than_a_comment_may_be() -> None:
    assert len(answer(12, "x\n" * 100_000, done=False)) < 65_536


def test_another_label_does_not_stop_a_draft_on_its_way() -> None:
    workflow = yaml.safe_load(
        (ROOT / ".github/workflows/add-a-paper.yml").read_text("utf-8")
    )
    assert workflow["concurrency"]["cancel-in-progress"] is False
