"""Entries and vocabularies with code in every field: in each theme and markup no page runs it, and
none has a file.

Every payload counts upwards in a number of its own, so that one that runs says which it is, and in
which field. The policy of the furo repairs is switched off: it is the second line of defence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import pytest
from browsing import serving, settle
from playwright.sync_api import Browser, Page
from support import Build, Project

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HIDDEN = "text of a file that no page may have"
RUN = "hacked.push(NUMBER)"
KINDS = {
    "script": f"x<script>{RUN}</script>y",
    "image": f"<img src=x onerror={RUN}>",
    "attribute": f'"><svg onload={RUN}>',
    "attribute of a tag": f"' autofocus tabindex=0 onfocus={RUN} x='",
    "attribute without quotes": f"x onmouseover={RUN} ",
    "html of MyST": f"x\n\n<script>{RUN}</script>\n\ny",
    "comment of MyST": f"x\n\n% y\n\n<div><script>{RUN}</script></div>\n\n",
    "raw of MyST": f"x\n\n```{{raw}} html\n<script>{RUN}</script>\n```\n\n",
    "raw of reST": f"x\n\n.. raw:: html\n\n   <script>{RUN}</script>\n\n",
    "reST in MyST": f"x\n\n```{{eval-rst}}\n.. raw:: html\n\n   <script>{RUN}</script>\n```\n\n",
    "include of reST": "x\n\n.. include:: /../hidden.txt\n\ny",
    "literal include of reST": "x\n\n.. literalinclude:: /../hidden.txt\n\ny",
    "include of MyST": "x\n\n```{include} /../hidden.txt\n```\n\ny",
    "literal include of MyST": "x\n\n```{literalinclude} /../hidden.txt\n```\n\ny",
    "front matter": f"---\nhtml_meta:\n  x: <script>{RUN}</script>\n---\n\n(x)=\n# y\n",
    "end of script": f"</script><script>{RUN}</script>",
    "end of style and title": f"</style></title></textarea></noscript><script>{RUN}</script>",
    "end of comment": f"--><script>{RUN}</script><!--",
    "end of character data": f"]]><script>{RUN}</script>",
    "string of JSON": f'"{{}}]);{RUN}//',
    "string of a script": f"');{RUN}//\u2028{RUN}",
    "template of a script": f"`${{{RUN}}}`",
    "template of Jinja": f"{{{{ '<script>{RUN}</script>' }}}}{{% include '/../hidden.txt' %}}",
    "entities": f"&lt;script&gt;{RUN}&lt;/script&gt;&#60;img src=x onerror={RUN}&#62;",
    "address": f"javascript:{RUN}",
    "address in capitals": f"JaVaScRiPt:{RUN}//https://example.org/",
    "address of data": f"data:text/html,<script>parent.{RUN}</script>",
    "address in Markdown": f"[x](javascript:{RUN}) <javascript:{RUN}>",
    "address in reST": f"`x <javascript:{RUN}>`_ :download:`/../hidden.txt`",
    "address in TeX": f"\\href{{javascript:{RUN}}}{{x}} \\url{{javascript:{RUN}}}",
}
VERBATIM = (
    "url",
    "doi",
    "eprint",
    "code",
    "project",
    "openreview",
    "anthology",
    "pdf",
    "file",
    "demo",
)
FIELDS = (
    "title",
    "shorttitle",
    "author",
    "editor",
    "booktitle",
    "journal",
    "journaltitle",
    "school",
    "publisher",
    "venue",
    "shortjournal",
    "howpublished",
    "note",
    "abstract",
    "pages",
    "volume",
    "number",
    "isbn",
    "issn",
    "month",
    "year",
    "date",
    "origdate",
    "added",
    "checked",
    "tagsource",
    "source",
    "uses",
    "custom",
    "series",
    "crossref",
    "langid",
    "archiveprefix",
    "keywords",
    *VERBATIM,
)
TERM = ("label", "short", "definition", "section", "fact")
WORDS = """
[field]
custom = { label = TEXT }
[facet.source]
label = TEXT
description = TEXT
field = "source"
summary = true
verb = TEXT
highlights = [{ label = TEXT, filter = "source:*" }]
[facet.topic]
numbered = true
[facet.mark]
label = TEXT
[relation.uses]
label = TEXT
inverse = TEXT
[catalogue.benchmark]
label = TEXT
plural = TEXT
filter = "year:* OR -year:*"
columns = ["paper", "source", "custom", "uses", "links", "note"]
group-by = "mark"
"""
COLUMNS = (
    "paper title authors venue date source topic mark custom note uses links abstract pages url doi"
    " code demo pdf"
)
VIEWS = [
    ("paper-table", "", {"columns": COLUMNS, "group-by": "source"}),
    ("paper-table", "", {"format": "cards"}),
    ("paper-table", "", {"format": "list", "group-by": "mark"}),
    ("benchmark-catalogue", "", {}),
    ("term", "topic:t0", {}),
    ("term-list", "topic", {"format": "cards"}),
    ("term-list", "topic", {"columns": "label definition papers"}),
    ("taxonomy-tree", "topic", {}),
    ("taxonomy-tree", "source", {}),
    ("pipeline", "topic", {"line": "definition"}),
    ("gap-map", "", {"rows": "source", "columns": "topic"}),
    ("timeline", "", {}),
    ("feeds", "", {}),
]
FAULTS = """(own) => {
  const found = own.hacked.map((number) => `${number} ran`);
  const active = /^(?:href|src|action|formaction|srcdoc|.*:href)$/;
  const unwanted = /^[\\s\\0]*(?:javascript:|vbscript:|data:text)/i;
  for (const element of own.document.querySelectorAll("*")) for (const { name, value } of element.attributes) {
    const acts = name.startsWith("on") && value.includes("hacked");
    if (acts || active.test(name) && unwanted.test(value)) found.push(`${name}=${value}`);
  }
  return found;
}"""
"""What has run in a window, and what would run in it if it were clicked or reached."""
LOOK = """async (names) => {
  const faults = FAULTS, found = [];
  const look = (name) => new Promise((done) => {
    const frame = document.createElement("iframe");
    frame.onload = () => setTimeout(() => {
      found.push(...faults(frame.contentWindow).map((fault) => `${name}: ${fault}`));
      const opened = frame.contentDocument.querySelector("meta[name=viewport]") !== null;
      frame.remove();
      done(opened);
    }, 20);
    frame.src = name;
    document.body.append(frame);
  });
  const opened = await Promise.all(names.map(look));
  return [[...found, ...faults(window)], opened.filter(Boolean).length];
}""".replace("FAULTS", FAULTS)
"""Opens pages, each in a frame of its own; gives the faults and how many pages there were."""


class Payloads:
    """Makes payloads, each with a number of its own, and remembers where each went."""

    def __init__(self) -> None:
        self.places = [""]

    def __call__(self, kind: str, place: str) -> str:
        self.places.append(f"{kind} in {place}")
        return KINDS[kind].replace("NUMBER", str(len(self.places) - 1))

    def explained(self, faults: list[str]) -> list[str]:
        """Faults with the kind and the place of their payload."""
        found = [
            re.search(r"\d+(?= ran)|(?<=push\()\d+", fault) for fault in faults
        ]
        places = [
            self.places[int(number[0])] if number else "" for number in found
        ]
        return [
            f"{fault}: {place}"
            for fault, place in zip(faults, places, strict=True)
        ]


def in_tex(text: str) -> str:
    """A text as a field has it that is read as TeX."""
    if "\\" in text:
        return text
    return re.sub(r"([`'-])", r"{\1}", re.sub(r"([{}$%&#])", r"\\\1", text))


def entry(number: int, kind: str, payload: Payloads) -> str:
    """An entry with a payload in every field, among its tags and in its key."""
    lines = []
    for name in FIELDS:
        text = payload(kind, name)
        lines.append(
            f"  {name} = {{{text if name in VERBATIM else in_tex(text)}}}"
        )
    tag = re.sub("[,;]", " ", in_tex(payload(kind, "a tag")))
    word = re.sub("[,;]", " ", in_tex(payload(kind, "a keyword")))
    lines[FIELDS.index("keywords")] = (
        f"  keywords = {{mark:{tag}, topic:t{number}, {word}}}"
    )
    name = re.sub(r"[\s,{}%#~=\\]+", "/", payload(kind, "the key"))
    return f"@article{{k{number}{name},\n" + ",\n".join(lines) + "\n}\n"


def vocabulary(payload: Payloads) -> str:
    """A vocabulary with a payload in each of its texts."""

    def text(kind: str, place: str) -> str:
        return f"'''\n{payload(kind, place)} '''"

    kinds = cycle(KINDS)
    found = re.sub(
        "TEXT", lambda _: text(next(kinds), "a label of the vocabulary"), WORDS
    )
    for number, kind in enumerate(KINDS):
        lines = "".join(f"{name} = {text(kind, name)}\n" for name in TERM)
        found += f'[term."topic:t{number}"]\n{lines}'
    return found


def view(markup: str, name: str, subject: str, options: dict[str, str]) -> str:
    """A directive in either markup."""
    lines = [f":{option}: {value}" for option, value in options.items()]
    if markup == ".md":
        return "\n".join(
            [f"```{{mmu:{name}}} {subject}".rstrip(), *lines, "```", ""]
        )
    return "\n".join(
        [
            f".. mmu:{name}:: {subject}".rstrip(),
            *(f"   {line}" for line in lines),
            "",
        ]
    )


def page(markup: str, title: str, *views: str) -> str:
    """A page in either markup."""
    head = f"# {title}" if markup == ".md" else f"{title}\n{'=' * len(title)}"
    return "\n\n".join([head, *views])


def build(folder: Path, theme: str, markup: str, payload: Payloads) -> Build:
    """A site of such entries, with every view of them."""
    project = Project(folder)
    kinds = "".join(
        entry(number, kind, payload) for number, kind in enumerate(KINDS)
    )
    project.write("refs.bib", kinds)
    project.write("words.toml", vocabulary(payload))
    parser = "markdown" if markup == ".md" else "restructuredtext"
    project.write(
        "conf.py",
        f"""
project, author, copyright, version = "Project", "Author", "2026, Author", "1"
extensions = ["myst_parser", "sphinx_mmu", "site_furo"]
source_suffix = {{"{markup}": "{parser}"}}
myst_enable_extensions = ["substitution", "colon_fence", "dollarmath", "html_image"]
html_theme, templates_path = "{theme}", []
mmu_bibfiles, mmu_dataset_bibfiles, mmu_vocabulary = ["refs.bib"], [], ["words.toml"]
mmu_facet_pages = ["source", "topic"]
mmu_feeds = True
""",
    )
    project.write(
        f"index{markup}",
        page(markup, "Index", *(view(markup, *one) for one in VIEWS)),
    )
    explorer = view(
        markup,
        "paper-table",
        "",
        {"facets": "source, mark, topic", "columns": "paper source mark links"},
    )
    project.write(f"papers/index{markup}", page(markup, "Papers", explorer))
    project.write(
        f"compare{markup}",
        page(markup, "Compare", view(markup, "compare", "", {})),
    )
    return project.build(suppress_warnings=["toc.not_included", "mmu"])


def look(around: Page, root: str, names: list[str]) -> tuple[list[str], int]:
    """What ran or would run on some pages, and how many of them were there."""
    found, opened = [], 0
    for start in range(0, len(names), 25):
        faults, sizes = around.evaluate(
            LOOK, [root + quote(name) for name in names[start : start + 25]]
        )
        found += faults
        opened += sizes
    return found, opened


@pytest.fixture
def around(chromium: Browser) -> Iterator[Page]:
    """An empty page of a browser that knows no policy. Code that runs leaves its number in the
    window.
    """
    context = chromium.new_context(
        bypass_csp=True, viewport={"width": 1280, "height": 900}
    )
    context.add_init_script("window.hacked = []")
    yield context.new_page()
    context.close()


def test_what_runs_is_seen(around: Page, tmp_path: Path) -> None:
    active = (
        '<script>hacked.push(1)</script><img src=x onerror=hacked.push(2)><a href="'
        ' javascript:x">x</a>'
    )
    (tmp_path / "control.html").write_text(
        f"<meta name=viewport>{active}", "utf-8"
    )
    with serving(tmp_path) as root:
        around.goto(root)
        found, opened = look(around, root, ["control.html", "missing.html"])
    seen = ["1 ran", "2 ran", "onerror=hacked.push(2)", "href= javascript:x"]
    assert (found, opened) == (
        [f"{root}control.html: {fault}" for fault in seen],
        1,
    )


@pytest.mark.parametrize("markup", [".md", ".rst"])
@pytest.mark.parametrize("theme", ["furo", "alabaster", "pydata_sphinx_theme"])
def test_no_field_runs_code_or_shows_a_file(
    around: Page, theme: str, markup: str, tmp_path: Path
) -> None:
    # Beside the source folder.
    (tmp_path / "hidden.txt").write_text(HIDDEN, "utf-8")
    payload = Payloads()
    built = build(tmp_path, theme, markup, payload)
    paths = (path.relative_to(built.out) for path in built.out.rglob("*.html"))
    names = sorted(str(path) for path in paths if path.parts[0] != "_static")
    texts = {name: built.file(name) for name in names}
    assert sum("hacked.push(" in text for text in texts.values()) > 3 * len(
        KINDS
    )
    assert [name for name, text in texts.items() if HIDDEN in text] == []
    with serving(built.out) as root:
        around.goto(f"{root}_static/mmu.css")
        found, opened = look(around, root, names)
        assert (payload.explained(found), opened) == ([], len(names))
        assert payload.explained(used(around, root, built)) == []


def used(page: Page, root: str, built: Build) -> list[str]:
    """What runs where a reader filters, compares papers and looks at a card."""
    papers = [
        paper.key for paper in built.env.get_domain("mmu").library.papers.papers
    ]
    compare = f"compare.html#keys={','.join(quote(key, safe='') for key in papers[:4])}"
    drawn = {
        "papers/index.html#q=source:*": ".mmu-explorer.mmu-live",
        compare: "table.mmu-compare",
        "index.html": "#mmu-card",
    }
    found = []
    for name, box in drawn.items():
        page.goto(root + name)
        if name == "index.html":
            page.locator(
                "a.mmu-title[href*='paper/'], a:has(> .mmu-title)"
            ).first.hover()
        page.locator(box).first.wait_for()
        settle(page)
        found += [
            f"{name}: {fault}" for fault in page.evaluate(f"({FAULTS})(window)")
        ]
    return found
