"""Scripts and style sheets as readers load them."""

from importlib.resources import files

import pytest

from sphinx_mmu.ext.output import lean

STATIC = files("sphinx_mmu") / "static"
SCRIPTS = sorted(f.name for f in STATIC.iterdir() if f.name.endswith(".js"))

SOURCE = """/* What it is,
   in two lines. */
(() => {
"use strict";
// --- Part
const site = "https://example.org"; // where

  /** Says so. */
  /* aside */ act(/\\/*x*\\//);
})();
"""


def test_lines_that_are_comments_and_indentation_go_and_all_else_stays() -> None:
    assert lean(SOURCE) == (
        '(() => {\n"use strict";\nconst site = "https://example.org"; // where\n'
        "/* aside */ act(/\\/*x*\\//);\n})();\n"
    )


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_text_of_a_script_runs_over_lines_where_it_would_lose_its_indentation(name: str) -> None:
    lines = (STATIC / name).read_text("utf-8").splitlines()
    assert [line for line in lines if line.count("`") % 2] == []


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_line_of_code_goes(name: str) -> None:
    text = (STATIC / name).read_text("utf-8")
    comment, lost = False, []
    kept = iter(lean(text).splitlines())
    for line in filter(None, map(str.strip, text.splitlines())):
        comment = comment or line.startswith("/*")
        if not comment and not line.startswith("//") and next(kept, None) != line:
            lost.append(line)
        comment = comment and "*/" not in line
    assert lost == []
