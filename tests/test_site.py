"""The real site, built once: what it holds, that all of it hangs together, and that its other forms
are whole.
"""

import json
import re
import shutil
import subprocess
from collections import Counter
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
from pages import (
    by_class,
    dead_links,
    pages,
    repeated_ids,
    single_page,
    text,
    tree,
)
from realsite import Site, real_site, run
from sphinx.util.inventory import InventoryFile
from support import keys, real_library
from tex import compiled

from sphinx_mmu.filters.evaluate import select
from sphinx_mmu.library.library import Library
from sphinx_mmu.model.paper import Paper

# Each form of the real site is built.
pytestmark = [pytest.mark.site, pytest.mark.slow]

FORMS = ["html", "singlehtml", "text", "latex", "epub"]
STAGES = [
    "data-side",
    "training-time",
    "architecture-constrained",
    "training-free",
    "decoding-time",
]
LISTS = {"papers/vision-language": "vlm", "papers/diffusion": "dm"}


@pytest.fixture(scope="session")
def library() -> Library:
    return real_library()


@pytest.fixture(scope="session")
def html(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return real_site("html", tmp_path_factory)


@pytest.fixture(scope="session")
def data(html: Site) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(
        html.file("papers.json")
    )
    return found


def of_list(library: Library, name: str) -> list[str]:
    """The papers of a list, in the order of the file."""
    return [
        p.key for p in library.papers.papers if name in p.tags.get("list", ())
    ]


@pytest.mark.parametrize("builder", FORMS)
def test_each_form_builds_without_a_warning(
    builder: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    site = real_site(builder, tmp_path_factory)
    assert site.code == 0, site.said
    assert not re.search("WARNING|ERROR", site.said)


def test_a_second_build_reads_nothing(html: Site) -> None:
    before = {
        path: path.stat().st_mtime_ns for path in html.out.rglob("*.html")
    }
    code, said = run(html.out.parent, "html")
    assert code == 0
    assert "updating environment: 0 added, 0 changed, 0 removed" in said
    assert "reading sources... [" not in said
    rewritten = [p.name for p in before if p.stat().st_mtime_ns != before[p]]
    assert [
        name
        for name in rewritten
        if name not in ("search.html", "404.html", "genindex.html")
    ] == []


# --- the data


def test_the_data_contain_every_paper_in_the_order_of_the_file(
    data: dict[str, list[dict[str, object]]], library: Library
) -> None:
    assert [p["key"] for p in data["papers"]] == [
        p.key for p in library.papers.papers
    ]
    first = [p for p in library.papers.papers if p.entry.file == "papers.bib"]
    assert len([p for p in first if "added" not in p.fields]) == 118


def test_the_data_are_as_their_schema_says(
    html: Site, data: dict[str, object]
) -> None:
    schema = json.loads(html.file("papers.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)


def test_every_paper_has_a_page_with_its_title(
    html: Site, data: dict[str, list[dict[str, object]]], library: Library
) -> None:
    for paper in data["papers"]:
        page = tree(html.file(str(paper["url"])))
        said = text(next(by_class(page, "mmu-paper")))
        assert bare(library.papers.by_key[str(paper["key"])].title) in bare(
            said
        )


# --- lists and chapters


def listed(html: Site, page: str) -> list[str]:
    """The papers of the list on a page; newer ones may come below."""
    return keys(
        html.file(f"{page}.html").partition('<section id="newer-works">')[0]
    )


@pytest.mark.parametrize("page", LISTS)
def test_a_list_contains_its_papers_in_the_order_of_the_file(
    page: str, html: Site, library: Library
) -> None:
    assert listed(html, page) == of_list(library, LISTS[page])


def test_each_curated_paper_is_on_one_of_the_two_lists(
    html: Site, library: Library
) -> None:
    shown = Counter(key for page in LISTS for key in listed(html, page))
    curated = [*of_list(library, "vlm"), *of_list(library, "dm")]
    assert set(shown.values()) == {1}
    assert sorted(shown) == sorted(curated)
    assert (
        len(
            [
                k
                for k in curated
                if "added" not in library.papers.by_key[k].fields
            ]
        )
        == 111
    )


@pytest.mark.parametrize("stage", STAGES)
def test_the_last_table_of_a_stage_shows_the_papers_of_its_tag(
    stage: str, html: Site, library: Library
) -> None:
    expected = {
        p.key
        for p in library.papers.papers
        if any(v.split("/")[0] == stage for v in p.tags.get("stage", ()))
    }
    last = html.file(f"taxonomy/{stage}.html").rpartition(
        '<div class="mmu-view'
    )[2]
    assert expected
    assert set(keys(last)) == expected
    assert f"<b data-mmu-count>{len(expected)}</b>" in last


def test_each_paper_of_a_stage_is_linked_both_ways(
    html: Site, library: Library
) -> None:
    placed = [
        (paper.key, value.split("/")[0])
        for paper in library.papers.papers
        for value in paper.tags.get("stage", ())
    ]
    assert {stage for _, stage in placed} == set(STAGES)
    for key, stage in placed:
        page = html.file(f"paper/{key}.html")
        assert f'href="../taxonomy/{stage}.html' in page, key
        chapter = html.file(f"taxonomy/{stage}.html")
        assert f'href="../paper/{key}.html"' in chapter, key


def test_the_catalogues_contain_every_row_once(
    html: Site, library: Library
) -> None:
    benchmarks = [
        p.key for p in library.papers.papers if "benchname" in p.fields
    ]
    catalogue = html.file("benchmarks.html").split('<div class="mmu-view')[1]
    assert sorted(keys(catalogue)) == sorted(benchmarks)
    assert sorted(keys(html.file("datasets.html"))) == sorted(
        library.datasets.by_key
    )


def test_the_inventory_names_papers_rows_and_terms(
    html: Site, library: Library
) -> None:
    with (html.out / "objects.inv").open("rb") as file:
        found = InventoryFile.load(file, "", lambda _, uri: uri)
    assert set(found["mmu:paper"]) == set(library.papers.by_key)
    assert set(found["mmu:dataset"]) == set(library.datasets.by_key)
    assert set(found["mmu:benchmark"]) == {
        p.key
        for p in library.papers.papers
        if "benchname" in p.fields or p.tags.get("benchmark")
    }
    with_place = {tag.partition(":")[0] for tag in found["mmu:term"]}
    assert {
        "stage",
        "metric",
        "application",
        "challenge",
        "direction",
        "modality",
        "target",
        "kind",
    } <= with_place
    terms = {
        tag
        for tag, term in library.vocabulary.terms.items()
        if term.facet in with_place
    }
    assert terms - set(found["mmu:term"]) == set()


# --- the whole


def test_every_link_leads_somewhere_and_no_id_is_repeated(html: Site) -> None:
    site = pages(html.out)
    assert repeated_ids(site) == []
    # Its links are absolute: it may be shown at any address.
    del site["404.html"]
    assert dead_links(html.out, site) == []


def test_every_link_of_the_single_page_leads_to_a_place_of_it(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    out = real_site("singlehtml", tmp_path_factory).out
    dead = dead_links(out, single_page(out))
    assert [
        link for link in dead if not re.search("→ #document-[^#]+#", link)
    ] == [], "but for Sphinx's own slip"


def test_every_reference_of_latex_has_its_label(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    tex = latex(tmp_path_factory)
    labels = set(re.findall(r"\\label\{(?:\\detokenize\{)?([^{}]+)\}", tex))
    references = set(
        re.findall(r"\\hyperref\[(?:\\detokenize\{)?([^{}\]]+)\}?\]", tex)
    )
    assert len(references) > 200
    assert sorted(references - labels) == []


def test_the_book_compiles_with_all_formulas_and_the_tree(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    shutil.copytree(real_site("latex", tmp_path_factory).out, tmp_path / "book")
    (tex,) = (tmp_path / "book").glob("*.tex")
    log = compiled(tex, "xelatex")
    assert "Missing character" not in log
    assert tex.read_text("utf-8").count(r"\begin{forest}") >= len(STAGES)


def test_the_epub_is_a_book_by_the_rules(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    checker, java = Path("/usr/bin/epubcheck"), shutil.which("java")
    if not checker.is_file() or not java:
        pytest.skip("needs /usr/bin/epubcheck and java")
    (book,) = real_site("epub", tmp_path_factory).out.glob("*.epub")
    done = subprocess.run(
        [java, "-jar", str(checker), str(book)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


_ASKED = re.compile(
    r'<a [^>]*href="[^"]*papers/index\.html#q=([^"]+)"[^>]*>(.*?)</a>',
    re.DOTALL,
)
_PAPERS = re.compile(r"([\d,]+) papers?\b")
"""A number that is said to be that of papers."""
_FIRST = re.compile(r"(?!.* more )\W*([\d,]+)(?!\S)", re.DOTALL)
"""A number with which a link begins; not that of what is left out."""


def test_every_number_is_that_of_the_papers_to_which_it_leads(
    html: Site, library: Library
) -> None:
    asked = {
        (
            unquote(unescape(query)),
            re.sub("<[^>]*>", " ", inner.partition('class="mmu-sr"')[0] + ">"),
        )
        for path in html.out.rglob("*.html")
        for query, inner in _ASKED.findall(path.read_text("utf-8"))
    }
    wrong = []
    for query, words in asked:
        found, problems = select((query,), library.papers)
        number = _PAPERS.search(words) or _FIRST.match(words)
        count = int(number[1].replace(",", "")) if number else found.bit_count()
        if problems or not found or count != found.bit_count():
            wrong.append((query, words, found.bit_count()))
    assert len(asked) > 500
    assert sorted(wrong) == []


def test_the_explorer_has_every_paper(html: Site, library: Library) -> None:
    shown = next(by_class(tree(html.file("papers/index.html")), "mmu-explorer"))
    count = re.search(r"[\d,]+", text(next(by_class(shown, "mmu-count"))))
    assert count
    assert int(count[0]) == len(library.papers.papers)


# --- every title in every form


def bare(words: str) -> str:
    """Letters and digits alone: forms differ in blanks, dashes, quotes and escapes."""
    return "".join(c for c in words.casefold() if c.isalnum())


def latex(factory: pytest.TempPathFactory) -> str:
    (path,) = real_site("latex", factory).out.glob("*.tex")
    return path.read_text("utf-8")


def lost(papers: tuple[Paper, ...], said: str) -> list[str]:
    whole = bare(said)
    return [p.key for p in papers if bare(p.title) not in whole]


def test_the_latex_form_has_every_title(
    tmp_path_factory: pytest.TempPathFactory, library: Library
) -> None:
    tex = re.sub(
        r"\\(?:sphinxhyphen|textquotesingle|&)(?:\{\})?",
        "",
        latex(tmp_path_factory),
    )
    headings = re.sub(
        r"\\(?:sub)*(?:section|paragraph|chapter)\{|\\label\{[^\n]*\}|\\sphinxAtStartPar",
        "",
        tex,
    )
    assert lost(library.papers.papers, headings) == []


def test_the_single_page_has_every_title(
    tmp_path_factory: pytest.TempPathFactory, library: Library
) -> None:
    assert (
        lost(
            library.papers.papers,
            text(
                tree(
                    real_site("singlehtml", tmp_path_factory).file("index.html")
                )
            ),
        )
        == []
    )


@pytest.mark.parametrize(
    ("builder", "ending"), [("text", "txt"), ("epub", "xhtml")]
)
def test_the_page_of_each_paper_has_its_title(
    builder: str,
    ending: str,
    tmp_path_factory: pytest.TempPathFactory,
    library: Library,
) -> None:
    site = real_site(builder, tmp_path_factory)
    for paper in library.papers.papers:
        said = site.file(f"paper/{paper.key}.{ending}")
        assert (
            lost((paper,), said if ending == "txt" else text(tree(said))) == []
        )
