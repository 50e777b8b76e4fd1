"""The prose linter: it finds what the style guide advises against, and nothing in the project."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tools.prose import ROOT, files, findings, of_markdown

pytestmark = pytest.mark.drift


@pytest.mark.parametrize(
    ("file", "text", "word"),
    [
        ("docs/a.md", "A paper stands in two lists.", "stands"),
        ("docs/a.md", "# A\n\nThe table tells what is possible.", "tells"),
        (
            "docs/a.md",
            "```{mmu:term} stage:a\n:show: nothing\n\nThe lists hold.\nIt holds facts.\n```",
            "holds",
        ),
        (
            "docs/a.md",
            "| a | b |\n|---|---|\n| x | A nudge brings back the style. |",
            "brings back",
        ),
        ("docs/a.md", "This is a novel method.", "novel"),
        ("docs/a.md", "Its behavior is odd.", "behavior"),
        ("docs/a.md", "We optimize the loss.", "optimize"),
        ("docs/a.md", "It is the the loss.", "the the"),
        (
            "docs/a.md",
            "At the end of the day, it works.",
            "At the end of the day",
        ),
        ("sphinx_mmu/a.py", '"""What the record holds."""\n', "holds"),
        ("sphinx_mmu/a.py", "x = 1  # told when it is read\n", "told"),
        ("sphinx_mmu/a.py", 'say(f"{key}: mend the filter")\n', "mend"),
        ("client/a.js", "const tells = a /* b */; // it holds", "holds"),
        (
            "client/a.js",
            "/** A value.\n    @param {string} told\n    It stands there. */",
            "stands",
        ),
        (
            "refs/a.toml",
            'definition = "The list a work stands in."\n',
            "stands",
        ),
    ],
)
def test_a_planted_sentence_is_found_at_its_line(
    file: str, text: str, word: str
) -> None:
    line = next(n for n, one in enumerate(text.splitlines(), 1) if word in one)
    assert {(f.line, word in f.message) for f in findings(text, file)} == {
        (line, True)
    }


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: it tells\n---\n\nText.",
        "```python\nstands = 'tells'\n```",
        "Write `tells`, {mmu:paper}`told <holds2024>` and $stands$.",
        "[A paper](holds.md) is listed; *stands* is a word to avoid.",
        "% it tells\n\nText.",
        "<!-- mmu:begin list -->\n\n- It tells.\n\n<!-- mmu:end -->",
        "MM stands for multimodal, and two values can be told apart.",
    ],
)
def test_code_names_quoted_words_and_generated_text_are_not_checked(
    text: str,
) -> None:
    assert findings(text, "docs/a.md") == []
    assert len(of_markdown(text)) == len(text.splitlines())


def test_every_word_of_the_style_guide_is_found() -> None:
    text = (ROOT / "docs/contribute/style.md").read_text("utf-8")
    table = text.partition("## Words to avoid")[2].partition("\n## ")[0]
    words = re.findall(
        r"\*([^*|]+)\*",
        " ".join(re.findall(r"^\|([^|]+)\|", table, re.MULTILINE)),
    )
    depends = {"by itself", "gone", "hold", "stays"}  # on what they are said of
    assert len(words) > 10
    assert {
        w
        for w in words
        if not findings(f"It {w} of the facts in lists.", "docs/a.md")
    } <= depends


@pytest.mark.slow  # `make check` runs it too
def test_the_project_is_clean() -> None:
    names = files()
    assert {
        "README.md",
        "docs/overview.md",
        "sphinx_mmu/problems.py",
        "refs/survey.toml",
    } <= {*names}
    found = [
        one for n in names for one in findings((ROOT / n).read_text("utf-8"), n)
    ]
    assert list(map(str, found)) == []


def test_nothing_is_misspelt() -> None:
    codespell = Path(sys.executable).with_name("codespell")
    done = subprocess.run(
        [codespell], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
