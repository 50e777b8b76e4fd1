"""What a paper's page says to machines, read as they read it; the sitemap and the page for lost
addresses.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from support import REPOSITORY, Project

from sphinx_mmu.bib.reader import parse
from sphinx_mmu.ext.pages.highwire import highwire
from sphinx_mmu.ext.pages.metadata import description
from sphinx_mmu.ext.pages.schema_org import linked_data, script
from sphinx_mmu.library.library import Library
from sphinx_mmu.model.paper import Paper
from sphinx_mmu.model.paper_reader import paper_from
from sphinx_mmu.model.publication import issued

BIB = r"""
@inproceedings{plain2024,
  title      = {Plain: {Two} Words},
  shorttitle = {Plain},
  author     = {von Ada, Nora and Bob, Tim and Cid, Una and Dan, Olaf},
  booktitle  = {Proceedings of Plainness},
  venue      = {PoP},
  year       = {2024},
  origdate   = {2023-10},
  pages      = {11--19},
  publisher  = {Plain Press},
  doi        = {10.1000/plain_1},
  eprint     = {2310.00001},
  eprinttype = {arxiv},
  openreview = {AbC-1},
  code       = {https://example.org/code},
  keywords   = {target:face, stage:train/grad, plain words}
}

@article{hostile2022,
  title    = {</script><b>"Bold" & 'it' ]]> --> $\mathcal{L}_f$ \foo{bar} &lt; 5\%},
  author   = {O'Neil "Q", Ann and {Open <Group> & Co} and others},
  journal  = {Journal of </title><script>alert(1)</script>},
  volume   = {3}, number = {4},
  year     = {2022},
  url      = {https://example.org/a.pdf?x=1&y=2},
  abstract = {First </script><script>alert(1)</script> \textbf{bold} $x^2$ \unknown it costs $5.

              Second "paragraph".},
  keywords = {target:face}
}

@misc{preprint2021, title = {Preprint}, author = {Ada, Nora}, journal = {arXiv preprint arXiv:2104.00002},
  year = {2021}, month = apr, eprint = {2104.00002}, eprinttype = {arxiv}}

@phdthesis{thesis2020, title = {Thesis}, author = {Ada, Nora}, school = {A School}, year = {2020}}

@incollection{part2019, title = {Part}, author = {Ada, Nora}, booktitle = {Whole}, year = {2019}}

@misc{bare, title = {Bare}}
"""

BASE = "https://example.org/sub/"


def papers() -> dict[str, Paper]:
    return {
        entry.key: paper_from(entry)[0] for entry in parse(BIB, "refs.bib")[0]
    }


def library() -> Library:
    return Library(tuple(papers().values()))


def fields(key: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, content in highwire(papers()[key]):
        found.setdefault(name.removeprefix("citation_"), []).append(content)
    return found


# --- from values


def test_highwire_names_everything_that_a_reference_needs() -> None:
    assert fields("plain2024") == {
        "title": ["Plain: Two Words"],
        "author": ["von Ada, Nora", "Bob, Tim", "Cid, Una", "Dan, Olaf"],
        "publication_date": ["2024"],
        "online_date": ["2023/10"],
        "conference_title": ["Proceedings of Plainness"],
        "publisher": ["Plain Press"],
        "firstpage": ["11"],
        "lastpage": ["19"],
        "doi": ["10.1000/plain_1"],
        "arxiv_id": ["2310.00001"],
        "abstract_html_url": ["https://arxiv.org/abs/2310.00001"],
        "pdf_url": ["https://openreview.net/pdf?id=AbC-1"],
    }


def test_highwire_leaves_out_what_nobody_knows() -> None:
    assert fields("bare") == {"title": ["Bare"]}


def test_zotero_is_told_what_a_preprint_is_and_what_the_abstract() -> None:
    """Its translator takes a page without a journal for an article, and its description, with names
    and tags, for the abstract.
    """
    assert {key for key in papers() if "DC.type" in fields(key)} == {
        "preprint2021"
    }
    assert fields("preprint2021")["DC.type"] == ["preprint"]
    (said,) = fields("hostile2022")["abstract"]
    assert said.startswith("First")
    assert "\n" not in said
    (entry,), _ = parse(
        "@misc{s, title = {S}, summary = {What it does.}}", "x.bib"
    )
    assert ("citation_abstract", "What it does.") in list(
        highwire(paper_from(entry)[0])
    )


def test_a_preprint_has_the_date_of_its_first_version_and_no_journal() -> None:
    found = fields("preprint2021")
    assert found["publication_date"] == ["2021/04"]
    assert found["pdf_url"] == ["https://arxiv.org/pdf/2104.00002"]
    assert not [
        name
        for name in found
        if name.endswith(("journal_title", "conference_title"))
    ]


@pytest.mark.parametrize(
    ("key", "tag", "place", "kind"),
    [
        (
            "hostile2022",
            "journal_title",
            "Journal of </title><script>alert(1)</script>",
            "ScholarlyArticle",
        ),
        ("thesis2020", "dissertation_institution", "A School", "Thesis"),
        ("part2019", "inbook_title", "Whole", "Chapter"),
    ],
)
def test_each_kind_of_place_has_its_own_name(
    key: str, tag: str, place: str, kind: str
) -> None:
    assert fields(key)[tag] == [place]
    data = linked_data(papers()[key], Library())
    whole = data["isPartOf"]
    while "isPartOf" in whole:
        whole = whole["isPartOf"]
    assert (whole["name"], data["@type"]) == (place, kind)


def test_a_list_of_authors_that_ends_in_others_names_no_such_person() -> None:
    assert fields("hostile2022")["author"] == [
        'O\'Neil "Q", Ann',
        "Open <Group> & Co",
    ]
    data = linked_data(papers()["hostile2022"], Library())
    assert [author["@type"] for author in data["author"]] == [
        "Person",
        "Organization",
    ]


def test_json_ld_tells_a_paper_in_schema_org_s_words() -> None:
    found = linked_data(
        papers()["plain2024"], Library(), f"{BASE}paper/plain2024.html"
    )
    assert found["@context"] == "https://schema.org"
    assert found["@type"] == "ScholarlyArticle"
    assert found["name"] == "Plain: Two Words"
    assert found["author"][0] == {
        "@type": "Person",
        "name": "Nora von Ada",
        "givenName": "Nora",
        "familyName": "von Ada",
    }
    assert (found["datePublished"], found["dateCreated"]) == ("2024", "2023-10")
    assert found["identifier"][0] == {
        "@type": "PropertyValue",
        "propertyID": "DOI",
        "value": "10.1000/plain_1",
    }
    assert "https://example.org/code" not in [found["url"], *found["sameAs"]]
    assert found["mainEntityOfPage"] == f"{BASE}paper/plain2024.html"
    assert all(found.values())


@pytest.mark.parametrize(
    ("fields", "whole"),
    [
        (
            "journal = {J}, volume = 3, number = 4",
            {
                "@type": "PublicationIssue",
                "issueNumber": "4",
                "isPartOf": {
                    "@type": "PublicationVolume",
                    "volumeNumber": "3",
                    "isPartOf": {"@type": "Periodical", "name": "J"},
                },
            },
        ),
        ("journal = {J}", {"@type": "Periodical", "name": "J"}),
        (
            "booktitle = {P}, volume = 3, number = 4",
            {
                "@type": "PublicationVolume",
                "volumeNumber": "3",
                "isPartOf": {"@type": "Book", "name": "P"},
            },
        ),
    ],
)
def test_volume_and_issue_are_those_of_the_journal(
    fields: str, whole: dict[str, Any]
) -> None:
    kind = "article" if "journal" in fields else "inproceedings"
    (entry,), _ = parse(f"@{kind}{{k, title = {{T}}, {fields}}}", "x.bib")
    data = linked_data(paper_from(entry)[0], Library())
    assert data["isPartOf"] == whole
    assert "volumeNumber" not in data
    assert data["headline"] == "T"


def test_json_ld_survives_being_put_into_a_page() -> None:
    data = linked_data(papers()["hostile2022"], Library())
    element = script(data)
    inside = element.removeprefix(
        '<script type="application/ld+json">'
    ).removesuffix("</script>")
    assert not set("<>&") & set(inside)
    assert json.loads(inside) == data
    assert data["name"] == papers()["hostile2022"].title


def test_a_description_is_words_in_one_line_and_not_long() -> None:
    found = description(papers()["hostile2022"], Library())
    assert not set("\\{}\n") & set(found)
    assert "bold" in found
    assert "unknown it costs $5." in found
    assert len(found) <= 300
    tagged = description(papers()["plain2024"], library())
    assert (
        tagged
        == "Nora von Ada, Tim Bob, Una Cid et al. PoP 2024. Target: Face. Stage: Grad"
    )


# --- on pages


class Head(HTMLParser):
    """What machines read from a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.meta: list[tuple[str, str]] = []
        self.links: list[dict[str, str | None]] = []
        self.data: list[Any] = []
        self.tags: Counter[str] = Counter()
        self.open = ""
        self.feed(page)
        self.close()

    def handle_starttag(
        self, tag: str, attrs: list[tuple[str, str | None]]
    ) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        self.open = str(given.get("type")) if tag == "script" else ""
        if tag == "link":
            self.links.append(given)
        name = given.get("name") or given.get("property")
        if tag == "meta" and name:
            self.meta.append((name, given.get("content") or ""))

    def handle_data(self, data: str) -> None:
        if self.open == "application/ld+json":
            self.data.append(json.loads(data))
        self.open = ""

    def of(self, name: str) -> list[str]:
        return [content for known, content in self.meta if known == name]

    @property
    def canonical(self) -> list[str | None]:
        return [
            link["href"]
            for link in self.links
            if link.get("rel") == "canonical"
        ]


CONF = """
project, author, copyright, version = "Small & plain", "Author", "2026, Author", "1"
extensions = [{extensions}]
mmu_bibfiles = ["refs.bib"]
html_theme = "{theme}"
html_baseurl = ogp_site_url = "{base}"
ogp_social_cards = {{"enable": False}}
"""
INDEX = "Index\n=====\n\n.. mmu:paper-table::\n"
OG = '"sphinx_mmu", "sphinxext.opengraph"'


def project(
    folder: Path,
    *,
    extensions: str = '"sphinx_mmu"',
    theme: str = "basic",
    base: str = "",
) -> Project:
    made = Project(folder)
    made.write(
        "conf.py", CONF.format(extensions=extensions, theme=theme, base=base)
    )
    made.write("refs.bib", BIB)
    made.write("index.rst", INDEX)
    return made


@pytest.mark.parametrize("base", ["", BASE])
@pytest.mark.parametrize(
    "extensions", ['"sphinx_mmu"', OG, '"sphinxext.opengraph", "sphinx_mmu"']
)
def test_each_page_of_a_paper_says_each_thing_once_and_truly(
    tmp_path: Path, extensions: str, base: str
) -> None:
    build = project(tmp_path, extensions=extensions, base=base).build()
    for key, known in papers().items():
        head = Head(build.html(f"paper/{key}"))
        page = f"{base}paper/{key}.html"
        counts = Counter(name for name, _ in head.meta)
        assert not [
            n
            for n, count in counts.items()
            if count > 1
            and n not in ("citation_author", "viewport")  # the theme's
        ]
        assert head.of("og:title") == head.of("citation_title") == [known.title]
        assert (
            head.of("og:description")
            == head.of("description")
            == [description(known, library())]
        )
        assert head.of("og:type") == ["article"]
        assert head.of("og:site_name") == ["Small & plain"]
        assert head.canonical == ([page] if base else [])
        if base or "opengraph" not in extensions:
            assert head.of("og:url") == ([page] if base else [])
        found = [
            tag for tag in head.meta if tag[0].startswith(("citation_", "DC."))
        ]
        assert found == list(highwire(known))
        assert [data.get("mainEntityOfPage", "") for data in head.data] == [
            page if base else ""
        ]
        assert head.data[0]["name"] == known.title


def test_no_text_of_an_entry_adds_an_element(tmp_path: Path) -> None:
    made = project(tmp_path)
    before = Head(made.build().html("paper/hostile2022"))
    harmless = re.sub(r"</?(script|b|title)>", "x", BIB)
    made.write("refs.bib", harmless)
    after = Head(made.build().html("paper/hostile2022"))
    assert before.tags == after.tags
    assert before.of("citation_title") != after.of("citation_title")


def test_other_pages_say_nothing_of_a_paper(tmp_path: Path) -> None:
    head = Head(
        project(tmp_path, extensions=OG, base=BASE).build().html("index")
    )
    (data,) = head.data
    assert (data["@type"], data["name"]) == (
        "Dataset",
        "Small & plain: all papers",
    )
    assert {one["contentUrl"] for one in data["distribution"]} > {
        f"{BASE}papers.json"
    }
    assert not [name for name, _ in head.meta if name.startswith("citation_")]
    assert head.of("og:type") == ["website"]


def test_the_address_in_folders_is_the_page_s(tmp_path: Path) -> None:
    build = project(tmp_path, base=BASE).build("dirhtml")
    assert Head(build.file("paper/plain2024/index.html")).of("og:url") == [
        f"{BASE}paper/plain2024/"
    ]


def test_epub_has_none_of_it(tmp_path: Path) -> None:
    page = project(tmp_path).build("epub").file("paper/plain2024.xhtml")
    assert "citation_title" not in page
    assert "ld+json" not in page


def test_a_changed_entry_changes_what_its_page_says(tmp_path: Path) -> None:
    made = project(tmp_path)
    made.build()
    made.edit("refs.bib", "10.1000/plain_1", "10.1000/plain_2")
    build = made.build()
    assert build.read == ["paper/plain2024"]
    assert Head(build.html("paper/plain2024")).of("citation_doi") == [
        "10.1000/plain_2"
    ]


def test_the_first_page_has_the_version_of_the_data_after_any_edit(
    tmp_path: Path,
) -> None:
    made = project(tmp_path, base=BASE)
    before = made.build().html("index")
    made.edit("refs.bib", "it costs $5.", "it costs $6.")
    after = made.build()
    assert after.read == ["paper/hostile2022"]
    pages = (before, after.html("index"))
    first, second = (Head(page).data[0]["version"] for page in pages)
    assert first != second == after.app.env.domains["mmu"].library.revision


def test_building_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    made = project(tmp_path, extensions=OG, base=BASE)
    first = made.build().html("paper/hostile2022")
    assert made.build(clean=True).html("paper/hostile2022") == first


# --- with the settings of this repository's site

SITE = f"""
from pathlib import Path
settings = Path({str(REPOSITORY / "conf.py")!r})
exec(compile(settings.read_text("utf-8"), str(settings), "exec"))
templates_path = [str(settings.parent / path) for path in templates_path]
mmu_bibfiles = bibtex_bibfiles = ["refs.bib"]
mmu_dataset_bibfiles = mmu_background_bibfiles = mmu_vocabulary = mmu_facet_pages = []
mmu_results = []
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by a process of its own: sphinx-sitemap uses what Sphinx warns of, and warnings are
    errors here.
    """
    folder = tmp_path_factory.mktemp("site")
    made, out = Project(folder), folder / "html"
    made.write("conf.py", SITE)
    made.write("refs.bib", BIB)
    made.write(
        "index.md", "# Index\n\n```{toctree}\npapers/index\nwords\n```\n"
    )
    made.write(
        "papers/index.md", "# All <papers>\n\n```{mmu:paper-table}\n```\n"
    )
    made.write("words.md", "# Words\n\n:::{glossary}\nWord\n  A word.\n:::\n")
    command = [sys.executable, "-m", "sphinx", "-q", str(made.source), str(out)]
    path = os.pathsep.join(
        [str(REPOSITORY / "docs/_ext"), os.environ.get("PYTHONPATH", "")]
    )
    environment = {
        **os.environ,
        "MMU_BASEURL": BASE,
        "PYTHONPATH": path.rstrip(os.pathsep),
    }
    subprocess.run(command, check=True, env=environment)
    return out


def read(site: Path, name: str) -> str:
    return (site / name).read_text("utf-8")


@pytest.mark.site
def test_the_sitemap_has_every_page_for_readers_and_no_other(
    site: Path,
) -> None:
    found = [
        element.text
        for element in ET.fromstring(read(site, "sitemap.xml")).iter()  # noqa: S314 -- our own
        if element.text
    ]
    wanted = [
        "index",
        "words",
        "papers/index",
        *(f"paper/{key}" for key in papers()),
    ]
    assert sorted(found) == sorted(f"{BASE}{name}.html" for name in wanted)


@pytest.mark.site
def test_machines_find_the_sitemap_the_pages_and_the_data(site: Path) -> None:
    assert f"\nSitemap: {BASE}sitemap.xml\n" in read(site, "robots.txt")
    text = read(site, "llms.txt")
    assert text.startswith("# Multimodal Unlearning\n\n> A list of 6 papers")
    links = re.findall(r"^- \[.*\]\((.*?)\)", text, re.MULTILINE)
    assert links[:3] == [
        f"{BASE}{name}.html" for name in ("index", "papers/index", "words")
    ]
    assert all((site / link.removeprefix(BASE)).is_file() for link in links)
    assert f"{BASE}papers.json" in links


def test_files_for_machines_of_one_s_own_stay(tmp_path: Path) -> None:
    made = project(tmp_path, base=BASE)
    conf = CONF.format(extensions='"sphinx_mmu"', theme="basic", base=BASE)
    made.write("conf.py", f'{conf}html_extra_path = ["extra"]\n')
    made.write("extra/llms.txt", "My own words\n")
    build = made.build()
    assert build.file("llms.txt") == "My own words\n"
    assert not (build.out / "robots.txt").exists()


@pytest.mark.site
def test_previews_of_links_have_a_picture(site: Path) -> None:
    for name in ("index", "paper/plain2024"):
        assert Head(read(site, f"{name}.html")).of("og:image") == [
            f"{BASE}_static/social.png"
        ]


@pytest.mark.site
def test_the_policy_gives_no_leave_for_data(site: Path) -> None:
    pages = [
        read(site, f"{name}.html")
        for name in ("index", "paper/plain2024", "paper/hostile2022")
    ]
    policies = [
        re.findall(r'Content-Security-Policy" content="([^"]+)"', page)
        for page in pages
    ]
    assert policies[0]
    assert policies[0] == policies[1] == policies[2]


@pytest.mark.site
def test_a_lost_reader_can_search_and_go_on_from_any_depth(site: Path) -> None:
    page = read(site, "404.html")
    head = Head(page)
    assert head.of("robots") == ["noindex"]
    assert head.canonical == []
    article = page[page.index("<article") : page.index("</article>")]
    assert '<form class="mmu-search" role="search"' in article
    assert 'action="/sub/search.html"' in article
    ways = re.findall(r'<a href="([^"]+)">([^<]+)</a>', article)
    assert ways == [
        ("/sub/papers/index.html", "All &lt;papers&gt;"),
        ("/sub/words.html", "Words"),
        ("/sub/index.html", "Home"),
    ]
    links = re.findall(r'(?:href|src|action)="([^"]*)"', page)
    assert not [
        link
        for link in links
        if not link.startswith(("/sub/", "#", "https://"))
    ]


def test_a_page_of_one_s_own_for_lost_addresses_stays(tmp_path: Path) -> None:
    made = project(tmp_path, extensions='"sphinx_mmu", "notfound.extension"')
    own = '\nnotfound_context = {"title": "Lost", "body": "<p>My own words</p>"}\n'
    made.write(
        "conf.py",
        CONF.format(
            extensions='"sphinx_mmu", "notfound.extension"',
            theme="basic",
            base="",
        )
        + own,
    )
    page = made.build().html("404")
    assert "My own words" in page
    assert "mmu-search" not in page


@pytest.mark.parametrize(
    ("key", "date"),
    [("plain2024", "2024"), ("preprint2021", "2021-04"), ("bare", "")],
)
def test_the_date_of_a_reference_is_that_of_publication(
    key: str, date: str
) -> None:
    assert issued(papers()[key]) == date
