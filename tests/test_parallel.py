"""The same bytes from one process or two, whatever the order of files, the seed of hashes and the
locale.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pages import contents
from support import Project, some_slow

MANY = """\
---
orphan: true
---

# Page {0}

```{{mmu:paper-table}}
:filter: target:face OR year:>=202{0}
:group-by: stage
```

{{mmu:paper}}`ada2020`, {{mmu:term}}`stage:train`, {{mmu:benchmark}}`cid2022`, {{mmu:count}}`stage:*`

```{{mmu:term-list}} target
```
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """More pages than Sphinx reads in one process of two; terms and mentions on several of them."""
    project = Project(tmp_path_factory.mktemp("parallel"), "survey")
    for number in range(6):
        project.write(f"more{number}.md", MANY.format(number))
    return project


def built(
    project: Project, name: str, *options: str, **environment: str
) -> Path:
    """The output of a build from nothing in a process of its own."""
    out = project.target / name
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-n",
        "-W",
        "-E",
        "-a",
        "-d",
        str(project.target / f"d-{name}"),
        *options,
        str(project.source),
        str(out),
    ]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return out


@pytest.fixture(scope="module")
def one(project: Project) -> Path:
    return built(project, "one", PYTHONHASHSEED="1")


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_two_processes_write_what_one_writes(
    builder: str, one: Path, project: Project
) -> None:
    if builder == "html":
        assert contents(built(project, "two", "-j", "2")) == contents(one)
    else:
        alone = built(project, "alone", "-b", "dirhtml")
        assert contents(
            built(project, "both", "-b", "dirhtml", "-j", "2")
        ) == contents(alone)


@pytest.mark.slow
def test_seed_locale_time_zone_and_order_of_files_change_nothing(
    one: Path, project: Project
) -> None:
    files = sorted(path for path in project.source.iterdir() if path.is_file())
    for path in reversed(files):  # another order in the folder, and other times
        text = path.read_bytes()
        path.unlink()
        path.write_bytes(text)
    other = built(
        project, "other", PYTHONHASHSEED="4242", LC_ALL="C", TZ="Asia/Tokyo"
    )
    assert contents(other) == contents(one)


@pytest.mark.parametrize(
    "builder", some_slow(["latex", "text", "epub", "xml"], [])
)
def test_other_builders_give_the_same_bytes_twice(
    builder: str, project: Project
) -> None:
    settings = {"SOURCE_DATE_EPOCH": "1767225600"}
    first = built(
        project, f"{builder}-1", "-b", builder, PYTHONHASHSEED="1", **settings
    )
    second = built(
        project, f"{builder}-2", "-b", builder, PYTHONHASHSEED="2", **settings
    )
    one, two = contents(first), contents(second)
    assert one
    assert [
        name
        for name in one.keys() | two.keys()
        if one.get(name) != two.get(name) and name[-5:] != ".epub"
    ] == []
