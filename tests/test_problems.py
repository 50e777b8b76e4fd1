"""Each code at its exact place, in the build and on the command line; and faults in the real
bibliography.
"""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from pages import by_class, tree
from support import (
    BIBS,
    REPOSITORY,
    Build,
    Project,
    keys,
    real_library,
    some_slow,
)

from sphinx_mmu.cli import main
from sphinx_mmu.library.library import Library
from sphinx_mmu.problems import Code, Problem, Severity, did_you_mean

BIB = """\
@misc{ada2020,
  title    = {On Paths},
  author   = {Ada, Nora},
  year     = {2020},
  keywords = {stage:early}
}
"""
PREPRINT = BIB.replace("  year ", "  eprint   = {2001.00001},\n  year ")
TEAM = BIB.replace("Ada, Nora", "Ada, Nora and Müller, Timo")
WORDS = """\
[facet.stage]
label = "Stage"
single = true

[term."stage:early"]
[term."stage:late"]

[relation.uses]
label = "Uses"
"""
CONF = """\
extensions = ["myst_parser", "sphinx_mmu"]
html_theme = "basic"
mmu_bibfiles = ["refs.bib"]
mmu_vocabulary = ["words.toml"]
mmu_paper_pages = False
"""
MATHML = """\
extensions.append("site_mathml")
html_math_renderer = "mathml"
myst_enable_extensions = ["dollarmath"]
"""
INDEX = "# Index\n\n```{mmu:paper-table}\n```\n"


def table(option: str) -> str:
    return INDEX.replace("\n```\n", f"\n{option}\n```\n")


PLACES: dict[Code, tuple[dict[str, str | bytes], list[str]]] = {
    # --- files and entries: (files that differ, where it is told)
    Code.MISSING_FILE: (
        {"conf.py": CONF.replace('"words.toml"', '"absent.toml"')},
        ["absent.toml:1"],
    ),
    Code.ENCODING: (
        {"refs.bib": BIB.replace("Paths", "Chemins cachés").encode("latin-1")},
        ["refs.bib:2"],
    ),
    Code.BIB_SYNTAX: (
        {"refs.bib": BIB.replace("{Ada, Nora},", "{Ada, Nora}")},
        ["refs.bib:3"],
    ),
    Code.CONTROL_CHARACTER: (
        {"refs.bib": BIB.replace("On Paths", "On\x00 Pa\x07ths")},
        ["refs.bib:2"],
    ),
    Code.UNDEFINED_STRING: (
        {"refs.bib": BIB.replace("{2020},", "{2020},\n  month = januar,")},
        ["refs.bib:5"],
    ),
    Code.LIMIT: (
        {
            "refs.bib": "@string{a = {"
            + "a" * 9000
            + "}}\n"
            + BIB.replace("{On Paths}", "a # a")
        },
        ["refs.bib:3"],
    ),
    Code.DUPLICATE_KEY: ({"refs.bib": f"{BIB}\n{BIB}"}, ["refs.bib:8"]),
    Code.DUPLICATE_FIELD: (
        {"refs.bib": BIB.replace("{2020},", "{2020},\n  year = {2021},")},
        ["refs.bib:5"],
    ),
    Code.MISSPELT_FIELD: (
        {
            "refs.bib": BIB.replace(
                "{Ada, Nora},", "{Ada, Nora},\n  jornal = {Queues},"
            )
        },
        ["refs.bib:4"],
    ),
    Code.MISSING_TITLE: (
        {"refs.bib": BIB.replace("  title    = {On Paths},\n", "")},
        ["refs.bib:1"],
    ),
    Code.MISSING_YEAR: (
        {"refs.bib": BIB.replace("  year     = {2020},\n", "")},
        ["refs.bib:1"],
    ),
    Code.BAD_DATE: (
        {
            "refs.bib": BIB.replace(
                "{2020},", "{2020},\n  origdate = {May 2019},"
            )
        },
        ["refs.bib:5"],
    ),
    Code.BAD_NAME: (
        {"refs.bib": BIB.replace("Ada, Nora", "A, B, C, D")},
        ["refs.bib:3"],
    ),
    Code.BAD_URL: (
        {
            "refs.bib": BIB.replace(
                "{2020},", "{2020},\n  url = {ftp://example.org},"
            )
        },
        ["refs.bib:5"],
    ),
    Code.DANGLING_KEY: (
        {"refs.bib": BIB.replace("{2020},", "{2020},\n  uses = {\n    bob},")},
        ["refs.bib:6"],
    ),
    Code.UNKNOWN_TAG: (
        {"refs.bib": BIB.replace("{stage:early}", "{\n    stage:erly}")},
        ["refs.bib:6"],
    ),
    Code.REPEATED_TAG: (
        {"refs.bib": BIB.replace("stage:early", "stage:early, stage:late")},
        ["refs.bib:5"],
    ),
    # --- between entries
    Code.SAME_IDENTIFIER: (
        {
            "refs.bib": f"{PREPRINT}\n{PREPRINT.replace('ada2020', 'b').replace('Paths', 'Queues')}"
        },
        ["refs.bib:12"],
    ),
    Code.BAD_SOURCE: (
        {
            "refs.bib": BIB.replace(
                "  title",
                "  readfrom = {abstract https://example.org},\n  title",
                1,
            )
        },
        ["refs.bib:2"],
    ),
    Code.RESULT: (
        {
            "conf.py": f'{CONF}mmu_results = ["r.csv"]\n',
            "r.csv": "work,benchmark,metric,value\nada2020,nowhere,speed,1\n",
            "words.toml": f"{WORDS}\n[metric.speed]\n",
        },
        ["r.csv:2"],
    ),
    Code.SAME_WORK: (
        {"refs.bib": f"{BIB}\n{BIB.replace('ada2020', 'ada')}"},
        ["refs.bib:9"],
    ),
    Code.PREPRINT_AND_PUBLISHED: (
        {
            "refs.bib": (
                f"{PREPRINT}\n{BIB.replace('ada2020', 'ada').replace('2020},', '2020},  venue = {ICLR},')}"
            )
        },
        ["refs.bib:2"],
    ),
    Code.VENUE_WITHOUT_YEAR: (
        {
            "refs.bib": BIB.replace(
                "year     = {2020},", "origdate = {2020},\n  venue = {ICLR},"
            )
        },
        ["refs.bib:5"],
    ),
    Code.BAD_TITLE: (
        {"refs.bib": BIB.replace("{On Paths}", "{On Paths:About Queues}")},
        ["refs.bib:2"],
    ),
    Code.TAG_RULE: (
        {
            "words.toml": WORDS
            + '[rule.late]\nwhen = "stage:early"\nneeds = "has:excuse"\n'
        },
        ["refs.bib:5"],
    ),
    Code.AUTHOR_SPELLING: (
        {
            "refs.bib": (
                TEAM
                + TEAM.replace("ada2020", "b")
                .replace("Paths", "Queues")
                .replace("Müller", "Muller")
            )
        },
        ["refs.bib:9"],
    ),
    # --- vocabulary
    Code.VOCABULARY: (
        {"words.toml": WORDS.replace("single", "singel")},
        ["words.toml:1"],
    ),
    # --- authors' pages
    Code.UNKNOWN_NAME: (
        {"index.md": f"{INDEX}\n```{{mmu:papr-table}}\n```\n"},
        ["index.md:6"],
    ),
    Code.UNKNOWN_OPTION: ({"index.md": table(":colums: date")}, ["index.md:3"]),
    Code.BAD_OPTION: ({"index.md": table(":limit: 0")}, ["index.md:3"]),
    Code.UNKNOWN_FACET: (
        {"index.md": table(":filter: stag:early")},
        ["index.md:3"],
    ),
    Code.UNKNOWN_VALUE: ({"index.md": table(":stage: erly")}, ["index.md:3"]),
    Code.UNKNOWN_COLUMN: (
        {"index.md": table(":columns: date papr")},
        ["index.md:3"],
    ),
    Code.UNKNOWN_KEY: (
        {"index.md": f"{INDEX}\nText,\nand {{mmu:paper}}`ada2021`.\n"},
        ["index.md:6"],
    ),
    Code.FILTER_SYNTAX: (
        {"index.md": table(":filter: (early")},
        ["index.md:3"],
    ),
    Code.EMPTY_RESULT: ({"index.md": table(":stage: late")}, ["index.md:3"]),
    Code.DUPLICATE_TARGET: (
        {"index.md": INDEX + 2 * "\n```{mmu:term} stage:early\n```\n"},
        ["index.md:9"],
    ),
    Code.CONFIG: (
        {"conf.py": CONF + 'mmu_paper_dir = "../out"\n'},
        ["conf.py:6"],
    ),
}
"""Every code: what is written for it, and each place where it must be told."""
BETWEEN = {
    Code.SAME_IDENTIFIER,
    Code.SAME_WORK,
    Code.PREPRINT_AND_PUBLISHED,
    Code.VENUE_WITHOUT_YEAR,
    Code.BAD_TITLE,
    Code.TAG_RULE,
    Code.AUTHOR_SPELLING,
}
"""What a build does not look for."""
IN_FILES = [
    code
    for code, (files, _) in PLACES.items()
    if not {"index.md", "conf.py"} & files.keys()
]


def project(folder: Path, code: Code) -> Project:
    project = Project(folder)
    whole = {
        "conf.py": CONF,
        "refs.bib": BIB,
        "words.toml": WORDS,
        "index.md": INDEX,
    }
    for name, text in (whole | PLACES[code][0]).items():
        if isinstance(text, bytes):
            (project.source / name).write_bytes(text)
        else:
            project.write(name, text)
    return project


OFTEN = [
    Code.BIB_SYNTAX,
    Code.DUPLICATE_KEY,
    Code.UNKNOWN_TAG,
    Code.VOCABULARY,
    Code.UNKNOWN_OPTION,
    Code.UNKNOWN_KEY,
    Code.FILTER_SYNTAX,
    Code.DUPLICATE_TARGET,
    Code.CONFIG,
]
"""Of each kind of place: the bibliography, the vocabulary, directives, roles, settings."""


@pytest.mark.parametrize(
    "code",
    some_slow([code for code in Code if code not in BETWEEN], OFTEN),
    ids=lambda c: c.slug,
)
def test_each_code_is_one_warning_at_its_place_and_the_page_is_built(
    code: Code, tmp_path: Path
) -> None:
    build = project(tmp_path, code).build()
    told = [
        re.match(r"(\S+): WARNING: .* \[mmu\.([a-z-]+)\]", line)
        for line in build.text.splitlines()
    ]
    if code is Code.FILTER_SYNTAX:  # the caret stands on lines of its own
        assert build.text.startswith(
            "index.md:3: WARNING: cannot read the filter: "
        )
        assert build.text.rstrip().endswith("^ [mmu.filter-syntax]")
    else:
        assert [(m[1], m[2]) for m in told if m] == [
            (place, code.slug) for place in PLACES[code][1]
        ]
        assert all(told)
    assert "<h1>Index" in build.html("index")


@pytest.mark.parametrize(
    "code",
    some_slow(sorted(BETWEEN, key=lambda c: c.slug), [Code.SAME_WORK]),
    ids=lambda c: c.slug,
)
def test_a_build_does_not_look_between_entries(
    code: Code, tmp_path: Path
) -> None:
    assert project(tmp_path, code).build().text == ""


def test_every_code_has_its_place() -> None:
    assert [code.slug for code in Code if code not in PLACES] == []


@pytest.mark.parametrize("code", IN_FILES, ids=lambda c: c.slug)
def test_the_command_line_tells_it_at_the_same_place(
    code: Code, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project(tmp_path, code).source)
    done = CliRunner().invoke(
        main,
        ["check", "refs.bib", "--vocabulary", "words.toml", "--format", "json"],
    )
    told = [
        (f"{p['file']}:{p['line']}", p["code"]) for p in json.loads(done.stdout)
    ]
    assert told == [(place, code.slug) for place in PLACES[code][1]]
    assert done.exit_code == (1 if code.severity is Severity.ERROR else 0)


def test_every_code_is_documented_and_has_a_name_of_its_own() -> None:
    assert len({code.slug for code in Code}) == len(Code)
    for code in Code:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code.slug)
        assert code.meaning.endswith(".")
        assert code.remedy.endswith(".")


def test_a_problem_prints_as_editors_read_it() -> None:
    problem = Problem(
        Code.BAD_URL, "no address", "a.bib", 7, "key", "write it whole"
    )
    assert (problem.location, problem.text) == (
        "a.bib:7",
        "key: no address; write it whole",
    )
    assert (
        replace(problem, message="'key' has no address").text
        == "'key' has no address; write it whole"
    )
    assert problem.as_dict() == {
        "file": "a.bib",
        "line": 7,
        "key": "key",
        "code": "bad-url",
        "severity": "warning",
        "message": "no address",
        "hint": "write it whole",
    }
    plain = Problem(Code.CONFIG, "x", "conf.py")
    assert (plain.location, plain.text) == (
        "conf.py",
        "x; correct the value in conf.py",
    )


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("trian", "did you mean 'train'?"),
        ("TRAIN", "did you mean 'train'?"),
        ("zzzz", ""),
        ("", ""),
    ],
)
def test_the_nearest_word_is_suggested_if_it_is_near(
    word: str, expected: str
) -> None:
    assert did_you_mean(word, ["train", "decode"]) == expected


GUIDES = (
    "mmu_guides must give a list of words for each folder, without slashes around"
    " its name"
)


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        (
            'mmu_bibfiles = "refs.bib"',
            "mmu_bibfiles must be a list in brackets, not 'refs.bib'; write ['refs.bib']",
        ),
        (
            "mmu_bibfiles = [1]",
            "mmu_bibfiles must be a list of texts in quotes",
        ),
        (
            "mmu_bibfiles = {}",
            "mmu_bibfiles must be a list in brackets, not dict; correct",
        ),
        (
            'mmu_paper_pages = "no"',
            "mmu_paper_pages must be True or False, not 'no'; correct",
        ),
        (
            "mmu_facet_least = 2",
            "mmu_facet_least must be a dictionary in braces, not 2; correct",
        ),
        (
            'mmu_guides = {"help": "install"}',
            GUIDES,
        ),
        *(
            (
                f'mmu_guides = {{"help": ["{word}"]}}',
                f"{GUIDES} and with an asterisk only at the end of a word; correct",
            )
            for word in ("in**", "a*b", "*", " ", "\\ud800")
        ),
        (
            "mmu_table_inline_max = 2.5",
            "mmu_table_inline_max must be a whole number, not 2.5",
        ),
        (
            "mmu_bibfile = []",
            "there is no setting 'mmu_bibfile'; did you mean 'mmu_bibfiles'?",
        ),
        (
            "mmu_zzz: int = 1",
            "there is no setting 'mmu_zzz'; the guide lists the settings",
        ),
        (
            "mmu_edit_url = None",
            "mmu_edit_url must be a text in quotes, not NoneType",
        ),
        (
            'mmu_paper_dir = "/paper"',
            "mmu_paper_dir must be a folder below the source folder, not '/paper'",
        ),
        (
            'mmu_edit_url = "https://example.org/{lines}"',
            "mmu_edit_url may contain {file} and {line}",
        ),
    ],
)
def test_an_unusable_setting_is_told_at_its_line(
    setting: str, told: str, tmp_path: Path
) -> None:
    project = Project(tmp_path)
    project.write(
        "conf.py",
        f'extensions = ["sphinx_mmu"]\nhtml_theme = "basic"\n\n{setting}\n',
    )
    project.write("index.rst", "Index\n=====\n")
    first, *rest = project.build().warnings
    assert first.startswith(f"conf.py:4: WARNING: {told}")
    assert first.endswith("[mmu.config]")
    assert all("[config]" in line for line in rest), (
        "Sphinx says of a wrong type as well"
    )


# --- the real bibliography with faults

FILES = [f"{name}.bib" for name in ("papers", "background", "datasets")]
SITE = f"""\
extensions = ["sphinx_mmu"]
html_theme = "basic"
mmu_bibfiles = {BIBS}
mmu_dataset_bibfiles = ["datasets.bib"]
mmu_background_bibfiles = ["background.bib"]
mmu_vocabulary = {[path.name for path in sorted((REPOSITORY / "refs").glob("*.toml"))]}
"""


@pytest.fixture(scope="module")
def real() -> Library:
    return real_library()


class Faulty(NamedTuple):
    """The site of a bibliography with faults, and where each is."""

    project: Project
    build: Build
    places: list[tuple[str, str]]


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Faulty:
    """A misspelt stage, a repeated key, and a brace that is never closed in the middle."""
    project = Project(tmp_path_factory.mktemp("faulty"))
    for path in (REPOSITORY / "refs").glob("*.[bt]*"):
        shutil.copy(path, project.source)
    lines = (project.source / "papers.bib").read_text("utf-8").splitlines()
    heads = [n for n, line in enumerate(lines) if line.startswith("@")]
    tag = next(
        n
        for n, line in enumerate(lines)
        if "stage:training-time/" in line and n > heads[20]
    )
    lines[tag] = lines[tag].replace(
        "stage:training-time/", "stage:traning-time/"
    )
    middle = heads[len(heads) // 2]
    title = next(
        n
        for n in range(middle, middle + 3)
        if lines[n].lstrip().startswith("title")
    )
    lines[title] = lines[title].rstrip(",").removesuffix("}") + ","
    second = heads[-10]
    lines[second:second] = lines[heads[5] : heads[6]]
    project.write("papers.bib", "\n".join(lines) + "\n")
    project.write("conf.py", SITE)
    project.write(
        "index.rst",
        "Index\n=====\n\n.. mmu:paper-table::\n   :columns: stage paper\n   :sort: file\n",
    )
    places = [
        (f"papers.bib:{n + 1}", code)
        for n, code in sorted(
            [
                (tag, "unknown-tag"),
                (second, "duplicate-key"),
                (title, "bib-syntax"),
            ]
        )
    ]
    return Faulty(project, project.build(), places)


@pytest.mark.site
@pytest.mark.slow
def test_three_faults_are_three_warnings_with_their_lines(
    faulty: Faulty,
) -> None:
    _, build, places = faulty
    told = [
        re.match(r"(\S+): WARNING: .* \[mmu\.([a-z-]+)\]", line)
        for line in build.text.splitlines()
    ]
    assert [(m[1], m[2]) for m in told if m] == places
    assert all(told)
    assert any(
        "did you mean 'training-time/" in line for line in build.warnings
    )


@pytest.mark.site
@pytest.mark.slow
def test_the_command_line_tells_the_same_three(
    faulty: Faulty, monkeypatch: pytest.MonkeyPatch
) -> None:
    project, _, places = faulty
    monkeypatch.chdir(project.source)
    words = [
        name
        for path in sorted(Path().glob("*.toml"))
        for name in ("--vocabulary", path.name)
    ]
    others = ["--datasets", "datasets.bib", "--background", "background.bib"]
    done = CliRunner().invoke(
        main, ["check", *BIBS, *others, *words, "--format", "json"]
    )
    assert [
        (f"{p['file']}:{p['line']}", p["code"]) for p in json.loads(done.stdout)
    ] == places
    assert done.exit_code == 1


@pytest.mark.site
@pytest.mark.slow
def test_all_entries_stay_on_the_site(faulty: Faulty, real: Library) -> None:
    project, build, _ = faulty
    shown, whole = (
        keys(build.html("index")),
        [p.key for p in real.papers.papers],
    )
    assert shown == whole
    for key in shown:
        page = tree(build.html(f"paper/{key}"))
        assert next(by_class(page, "mmu-paper"), None) is not None
    rows = Library.load(["papers.bib"], root=project.source).papers.by_key
    own = [p.key for p in real.papers.papers if p.entry.file == "papers.bib"]
    broken = own[len(own) // 2]
    assert rows[broken].authors == real.papers.by_key[broken].authors, (
        "the other fields of the broken entry are read"
    )


# --- a database that is faulty all over

ALL_OVER = """\
@string{long = {LONG}}
@string{longer = long # long}
@string{lost = gone # {x}}
@misc{ok, title = {Fine $x$ \\foo}, author = {Ada, N}, year = {2020}, keywords = {stage:early}}
@misc{ok, title = {Again}, year = {2020}}
@misc{untitled, author = {}, year = {May}, month = {Smarch}, keywords = {stage:erly, stag:early, stage:/a}}
@misc{dates, title = {D}, date = {{2024}}, origdate = {2024-13}, added = {x}, checked = {%s%n}}
@misc{dates2, title = {D}, date = {{{20244}}}, author = {and A, B and, C, D, E, F}, urldate = {2024/1}}
@misc{twice, title = {T}, title = {U}, year = {{{x}}}, uses = {ok, none}, crossref = {none}, note = gone}
@misc{links, title = {L}, year = 1, url = {javascript:x}, doi = {x}, eprint = {x}, eprinttype = {arxiv},
  openreview = {?}, code = {ftp://x}, project = {http:///}, anthology = {!}, keywords = {deep:DEEP, pick:a, pick:b}}
@misc{deep, title = {BRACES}, year = 2020, keywords = {open:-, open:_, open:a/, open: / }, origin = {a/, /b, c/d}}
@misc{x"__proto__, title = {<script>alert(1)</script>}, year = 2020, keywords = {open:x"__proto__}}
@misc{self, title = {B}, year = 2020, crossref = {self}, readfrom = {here}, basis = {title 1}}
@misc{odd\x01, title = {O\x02}, year = 2020, longer = longer}
@misc{open, title = {O, year = {2020}
@misc{no comma title = {N}, year = 2020}
free = {text}
@misc{, title = {No key}, year = 2020}
@misc{last, title = {L}, year = 2020, keyword = {stage:early}}
"""
WORDS_ALL_OVER = """\
[facet.stage]
label = 2024-01-01
highlights = [{ label = "H", filter = "stag:x AND stage:erly" }, { label = "I", filter = "((" }]
[facet.open]
[facet.pick]
single = true
[facet.origin]
field = "origin"
numbered = 1
[term."stage:early"]
related = ["stage:none", "stage:late"]
cites = ["ok", "none"]
aliases = ["late"]
formula = '\\\\input{x}'
symbols = [{ symbol = '\\\\begin{x}', meaning = "x" }]
[term."stage:late"]
formula = '\\\\frac{1}{2'
colour = "red"
[term."stage:a/b"]
[term."stage://"]
[term."none:x"]
[term."stage:DEEP"]
[relation.uses]
label = "Uses"
inverse = "Used by"
[catalogue.benchmark]
filter = "stage:nowhere"
columns = ["papr", "title", "date"]
sort = "dat"
group-by = "stag"
[odd.x]
[facet.stage2]
labl = "x"
number = NUMBER
"""
LARGE = {
    "LONG": "x" * 6000,
    "DEEP": "/".join("abc" * 20),
    "BRACES": "{" * 300 + "x" + "}" * 300,
    "NUMBER": "9" * 5000,
}


def enlarged(text: str) -> str:
    for name, value in LARGE.items():
        text = text.replace(name, value)
    return text


def test_a_build_and_a_check_say_the_same_of_data_that_are_faulty_all_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = Project(tmp_path)
    project.write("refs.bib", enlarged(ALL_OVER))
    (project.source / "latin.bib").write_bytes(
        "@misc{m, title = {Mü}, year = 2020}\n".encode("latin-1")
    )
    project.write("words.toml", enlarged(WORDS_ALL_OVER))
    project.write(
        "broken.toml",
        '[facet.more\nx = 1\n[facet.stage]\n[term."stage:early"]\n',
    )
    conf = CONF.replace('"refs.bib"', '"refs.bib", "latin.bib", "absent.bib"')
    conf = conf.replace('"words.toml"', '"words.toml", "broken.toml"').replace(
        "mmu_paper_pages = False\n", ""
    )
    project.write(
        "conf.py", conf + MATHML + 'mmu_facet_pages = ["open", "stage"]\n'
    )
    terms = "".join(
        f"```{{mmu:term}} stage:{name}\n```\n" for name in ("early", "late")
    )
    catalogue, tree = (
        "```{mmu:benchmark-catalogue}\n```\n",
        "```{mmu:taxonomy-tree} open\n```\n",
    )
    project.write("index.md", f"{INDEX}\n{catalogue}{terms}{tree}")
    build = project.build()
    told = re.findall(r"(\S+): WARNING: (.*) \[mmu\.([a-z-]+)\]", build.text)
    assert len(told) == len(build.warnings)
    presets = {
        (text, code)
        for place, text, code in told
        if place.startswith("index.md")
    }
    files = sorted(
        (text, code, place)
        for place, text, code in told
        if not place.startswith("index.md")
    )

    monkeypatch.chdir(project.source)
    done = CliRunner().invoke(main, ["check"])
    lines = re.findall(
        r"^(\S+): (?:error|warning): (.*) \[mmu\.([a-z-]+)\]$",
        done.stdout,
        re.MULTILINE,
    )
    assert len(lines) == len(done.stdout.splitlines()) - 1
    found = [
        (text, code, place if ":" in place else f"{place}:1")
        for place, text, code in lines
    ]
    between = {code.slug for code in BETWEEN}
    shown = {(text, code) for text, code, _ in found} & presets
    assert shown == presets
    assert (
        sorted(
            one
            for one in found
            if one[1] not in between and one[:2] not in presets
        )
        == files
    )
    codes = {code for _, code, _ in files}
    assert {
        code.slug for code in IN_FILES if code not in BETWEEN
    } - codes == set()
