"""The workshop: files that repeat what other files say, and the rules that tools check."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from itertools import chain, product
from pathlib import Path

import click
import jsonschema
import pytest
import yaml
from click.testing import CliRunner
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from support import real_library

from sphinx_mmu.cli import main
from sphinx_mmu.export.papers_json import papers_json
from sphinx_mmu.library.library import Library

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PINS = [
    Requirement(line)
    for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]

PYTHONS = ("3.11", "3.12", "3.13")

drift = pytest.mark.drift


def text(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )


def requirements() -> list[Requirement]:
    project = PYPROJECT["project"]
    every = chain(
        project["dependencies"], *project["optional-dependencies"].values()
    )
    return [r for r in map(Requirement, every) if r.name != project["name"]]


def pin(name: str, python: str) -> list[str]:
    """The versions pinned for one Python: there should be one."""
    environment = {"python_version": python}
    matching = [
        p for p in PINS if canonicalize_name(p.name) == canonicalize_name(name)
    ]
    fitting = [
        p
        for p in matching
        if p.marker is None or p.marker.evaluate(environment)
    ]
    return [specifier.version for p in fitting for specifier in p.specifier]


@drift
def test_every_requirement_has_one_pin_that_satisfies_it() -> None:
    found = {
        (str(r), p): (r, pin(r.name, p))
        for r in requirements()
        for p in PYTHONS
    }
    assert found
    assert {
        asked: versions
        for asked, (requirement, versions) in found.items()
        if len(versions) != 1 or not requirement.specifier.contains(versions[0])
    } == {}


@drift
def test_pins_are_exact_and_name_no_index_and_no_hash() -> None:
    lines = text("constraints.txt").splitlines()
    assert len(lines) > 20
    for line in lines:
        assert re.fullmatch(
            r'#.*|[\w.-]+==[\w.]+(; python_version [<>]=? "3\.\d+")?', line
        ), line


@drift
def test_pythons_that_are_promised_are_tested() -> None:
    classifiers = PYPROJECT["project"]["classifiers"]
    named = [
        c.rsplit(" ", 1)[1]
        for c in classifiers
        if re.search(r"Python :: 3\.\d+$", c)
    ]
    matrix = yaml.safe_load(text(".github/workflows/tests.yml"))["jobs"][
        "tests"
    ]["strategy"]["matrix"]["python"]
    assert PYPROJECT["project"]["requires-python"] == f">={named[0]}"
    assert matrix == [named[0], named[-1]]


def other_pythons() -> Iterator[str]:
    """The interpreters on PATH that are promised and of another version than this one."""
    names = ("python3", *(f"python{version}" for version in PYTHONS))
    ask = "import sys; print('%d.%d' % sys.version_info[:2])"
    others = {*PYTHONS} - {"{}.{}".format(*sys.version_info)}
    for folder, name in product(os.get_exec_path(), names):
        python = shutil.which(name, path=folder)
        if python and run(python, "-c", ask).stdout.strip() in others:
            yield python


EVERY_MODULE = """
import importlib, pkgutil, sphinx_mmu
for found in pkgutil.walk_packages(sphinx_mmu.__path__, "sphinx_mmu."):
    importlib.import_module(found.name)
"""


@pytest.mark.slow
@pytest.mark.optional
def test_another_python_builds_the_starter_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = next(other_pythons(), "")
    if not other:
        pytest.skip(f"needs another of Python {', '.join(PYTHONS)} on PATH")
    monkeypatch.delenv("PYTHONPATH", raising=False)
    environment, out = tmp_path / "environment", tmp_path / "out"
    new = str(environment / "bin/python")
    pins = str(ROOT / "constraints.txt")
    pip = (sys.executable, "-m", "pip", "--python", new, "install", "--quiet")
    starter, conf = tmp_path / "starter", tmp_path / "starter/conf.py"
    shutil.copytree(ROOT / "examples/starter", starter)
    parts = ("index.rst", "tables.rst", "terms.rst")
    page = "\n".join((starter / name).read_text("utf-8") for name in parts)
    for name in parts:
        (starter / name).unlink()
    (starter / "index.rst").write_text(page, "utf-8")
    with conf.open("a", encoding="utf-8") as settings:
        settings.write('mmu_vocabulary = ["vocabulary.toml"]\n')
    for command in (
        (other, "-m", "venv", "--without-pip", str(environment)),
        (*pip, "--constraint", pins, str(ROOT)),
        (new, "-P", "-W", "error", "-c", EVERY_MODULE),
        (new, "-P", "-m", "sphinx", "-q", "-W", str(starter), str(out)),
    ):
        done = run(*command)
        assert done.returncode == 0, done.stdout + done.stderr
    assert "Fair queueing" in (out / "index.html").read_text("utf-8")
    assert (out / "paper/cole2024both.html").is_file()


@drift
def test_the_settings_name_every_file_of_the_database() -> None:
    settings: dict[str, object] = {"__file__": str(ROOT / "conf.py")}
    exec(compile(text("conf.py"), "conf.py", "exec"), settings)  # noqa: S102 -- as Sphinx does
    named = [
        f
        for name in (
            "mmu_bibfiles",
            "mmu_dataset_bibfiles",
            "mmu_background_bibfiles",
            "mmu_vocabulary",
        )
        for f in settings[name]
    ]
    there = [
        f"refs/{path.name}"
        for path in (ROOT / "refs").iterdir()
        if path.suffix in {".bib", ".toml"}
    ]
    assert sorted(named) == sorted(there)


@drift
def test_the_database_has_neither_errors_nor_warnings(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    bibs = sorted(map(str, Path("refs").glob("*.bib")))
    words = sorted(map(str, Path("refs").glob("*.toml")))
    done = CliRunner().invoke(main, ["check", *bibs, "--vocabulary", *words])
    assert (done.exit_code, done.output) == (0, "no errors, no warnings\n")


@drift
def test_the_citation_file_is_the_survey_s_entry() -> None:
    cited = yaml.safe_load(text("CITATION.cff"))
    preferred = cited["preferred-citation"]
    (survey,) = [
        p
        for p in Library.load([ROOT / "refs/papers.bib"]).papers.papers
        if "self" in p.tags.get("list", ())
    ]
    people = [(person.given, person.family) for person in survey.authors]
    assert preferred["title"] == survey.title
    assert [
        (p["given-names"], p["family-names"]) for p in preferred["authors"]
    ] == people
    assert [
        (p["given-names"], p["family-names"]) for p in cited["authors"]
    ] == people
    assert f"{preferred['start']}–{preferred['end']}" == survey.fields[
        "pages"
    ].replace("--", "–")


@drift
def test_the_readme_has_the_reference_of_the_database() -> None:
    (survey,) = [
        p
        for p in Library.load([ROOT / "refs/papers.bib"]).papers.papers
        if "self" in p.tags.get("list", ())
    ]
    block = text("README.md").partition("```bibtex\n")[2].partition("```")[0]
    fields = dict(re.findall(r"^  (\w+) += \{(.*)\},?$", block, re.MULTILINE))
    assert block.startswith(f"@{survey.entry.type}{{{survey.key},\n")
    assert fields.keys() >= {
        "title",
        "author",
        "booktitle",
        "pages",
        "year",
        "eprint",
        "url",
    }
    known = {name: survey.fields[name].replace("–", "--") for name in fields}
    assert fields == known


@drift
def test_licences_of_code_and_data_are_stated_apart_and_alike_everywhere() -> (
    None
):
    said = text("refs/README.md").partition("## Licence\n")[2]
    decided = "not decided" not in said
    assert text("LICENSE").startswith(
        f"{PYPROJECT['project']['license']} License"
    )
    assert "refs/README.md#licence" in text("README.md")
    assert ("has not been decided" not in text("README.md")) == decided
    assert ("license" in yaml.safe_load(text("CITATION.cff"))) == decided


@drift
@pytest.mark.parametrize(
    "name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
)
def test_links_lead_to_files_that_exist(name: str) -> None:
    links = re.findall(r"\]\(([^)#]+)", text(name))
    assert links
    assert [
        link
        for link in links
        if "://" not in link and not (ROOT / link).exists()
    ] == []


@drift
def test_comments_of_scripts_name_files_that_exist() -> None:
    package = ROOT / "sphinx_mmu"
    scripts = (ROOT / "client").glob("*.js")
    some = False
    for path in sorted(
        [
            *package.glob("static/mmu*.css"),
            *scripts,
            package / "filters/grammar.lark",
        ]
    ):
        named = re.findall(r"[\w/-]+\.(?:py|lark)\b", path.read_text("utf-8"))
        some |= bool(named)
        lost = [
            n
            for n in named
            if not any((f / n).exists() for f in (ROOT, package, path.parent))
        ]
        assert lost == [], (
            f"{path.name} names {lost}: write where the code is now"
        )
    assert some


@drift
@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "CONTRIBUTING.md",
        "docs/contribute/maintain.md",
        ".ci/run",
        ".github/workflows/tests.yml",
    ],
)
def test_every_make_target_that_is_named_exists(name: str) -> None:
    phony = re.findall(r"^\.PHONY: (.*)", text("Makefile"), re.MULTILINE)
    targets = {target for line in phony for target in line.split()}
    named = set(
        re.findall(r"(?:`|\$ |run: |^)make ([a-z]+)", text(name), re.MULTILINE)
    )
    assert named
    assert named <= targets


COMMANDS = {
    path: commands
    for path in sorted(
        [
            *(ROOT / "docs/contribute").glob("*.md"),
            *(ROOT / ".github").rglob("*.*"),
            ROOT / "Makefile",
        ]
    )
    if (
        commands := re.findall(
            r"\bsphinx-mmu ([^`\n<#]+)", path.read_text("utf-8")
        )
    )
}


@drift
@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: path.name)
def test_every_command_that_a_file_names_exists_with_its_options(
    path: Path,
) -> None:
    for line in COMMANDS[path]:
        command: click.Command = main
        words = shlex.split(line.partition(" · ")[0].replace("$", ""))
        while (
            isinstance(command, click.Group)
            and words
            and words[0] in command.commands
        ):
            command = command.commands[words.pop(0)]
        options = {
            name for parameter in command.params for name in parameter.opts
        }
        assert not isinstance(command, click.Group) or {"--version"} & set(
            words
        ), line
        assert {word for word in words if word.startswith("--")} <= options | {
            "--version"
        }, line


@drift
def test_make_help_lists_every_target() -> None:
    targets = set(
        re.findall(r"^\.PHONY: (.*)", text("Makefile"), re.MULTILINE)[0].split()
    )
    done = run(
        "make", "--no-print-directory", "help", f"PYTHON={sys.executable}"
    )
    assert {
        word
        for line in done.stdout.splitlines()
        for word in line.split("  ")[0].split()
    } == targets


@drift
def test_the_readme_begins_with_the_two_commands() -> None:
    first = text("README.md").split("```")[1]
    assert re.findall(r"\$ (make \w+)", first) == ["make html", "make test"]


@pytest.mark.parametrize(
    "command",
    [["ruff", "check"], pytest.param(["mypy"], marks=pytest.mark.slow)],
    ids=" ".join,
)
def test_style_and_types(command: list[str]) -> None:
    done = run(sys.executable, "-m", *command)
    assert done.returncode == 0, done.stdout + done.stderr


@drift
def test_the_workflows_have_no_holes_that_zizmor_knows() -> None:
    done = run(
        str(Path(sys.executable).with_name("zizmor")),
        "--offline",
        "--quiet",
        ".github",
    )
    assert done.returncode == 0, done.stdout + done.stderr


@drift
def test_the_data_file_is_as_its_schema_says() -> None:
    schema = json.loads(text("sphinx_mmu/export/papers.schema.json"))
    paper = schema["properties"]["papers"]["items"]
    assert sorted(paper["required"]) == sorted(paper["properties"])
    jsonschema.validate(
        json.loads(
            papers_json(real_library(), lambda key: f"paper/{key}.html")
        ),
        schema,
    )


def test_make_html_brings_the_lists_in_the_readme_up_to_date_and_builds_without_a_warning() -> (
    None
):
    recipe = text("Makefile").partition("\nhtml: ")[2].partition("\n\n")[0]
    assert "sphinx-mmu export readme\n" in recipe
    assert "sphinx-build $(SPHINXOPTS) $(SITE) $(BUILD)/html" in recipe
    assert re.search(r"^SPHINXOPTS \?= -n -W", text("Makefile"), re.MULTILINE)
