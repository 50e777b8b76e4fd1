"""Another survey with two lines of configuration: any .bib, any keys, any theme, beside other
extensions.
"""

import re
import subprocess
import sys
from collections import Counter
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from pages import dead_links as dead
from pages import differences, pages, repeated_ids, single_page, text, tree
from support import Build, Project, bibtex, keys, some_slow

from sphinx_mmu.library.library import Library
from sphinx_mmu.problems import Code

CONF = 'extensions = ["sphinx_mmu"]\nmmu_bibfiles = ["any.bib"]\n'
INDEX = "Index\n=====\n\n.. mmu:paper-table::\n"
STRANGE = r"""
A line that BibTeX takes for a comment.

@comment{jabref-meta: databaseType:bibtex;}
@preamble{"\newcommand{\noop}[1]{}"}
@string{jmlr = "Journal of " # "ML"}

@Article{mueller2020,
  title = "Über {\"U}bung and {$x^2$}",
  author = "M{\"u}ller, Anna and O'Neil, B. and {The Group}",
  journal = jmlr, year = 2020, month = mar, pages = {1--9}
}

@inproceedings(paren, title={With parentheses}, author={X and Y}, booktitle={Proc.}, year=2019)
@misc{plain, title={Device}, author={C, D}, year={2018}, keywords={plain, two words; three}}
@book{edited, title={Colon *star* `tick` |bar| _under_ :role: \alpha}, editor={E, F}, publisher={P}, year={1999}}
@online{web, title={A page}, author={de la Fontaine, Jean}, url={https://example.org/?a=1&b=2}, date={2021-05-04}}
@misc{nobody, title={<b>Bold?</b> & 100\% "sure"}, year={2017}, howpublished={\url{https://example.org/x}}}
@phdthesis{thesis, title={{Thesis} on {TeX}}, author={von X, Jr., Ada}, school={A School}, year={2016}}
"""
SHOWN = "web mueller2020 paren plain nobody thesis edited".split()


def adopt(
    folder: Path, bib: str = STRANGE, conf: str = "", index: str = INDEX
) -> Project:
    project = Project(folder)
    project.write("conf.py", CONF + conf)
    project.write("any.bib", bib)
    project.write("index.rst", index)
    return project


def dead_links(build: Build) -> list[str]:
    return dead(build.out, pages(build.out))


def linked(build: Build, page: str = "index") -> list[str]:
    """The pages of papers that a page leads to."""
    return re.findall(r'class="mmu-title" href="([^"]*)"', build.html(page))


# --- the promise


def test_two_lines_of_configuration_are_enough(tmp_path: Path) -> None:
    project = adopt(tmp_path)
    command = [
        sys.executable,
        "-m",
        "sphinx",
        "-q",
        "-n",
        "-W",
        str(project.source),
        str(tmp_path / "out"),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    page = (tmp_path / "out/index.html").read_text("utf-8")
    assert "alabaster.css" in page
    assert keys(page) == SHOWN


THEMES = ["alabaster", "basic", "classic", "sphinxdoc", "bizstyle", "furo"]


@pytest.mark.parametrize("theme", some_slow(THEMES, ["alabaster", "furo"]))
def test_every_theme_shows_a_table_and_a_page_per_paper(
    theme: str, tmp_path: Path
) -> None:
    build = adopt(tmp_path, conf="nitpicky = True\n").build(html_theme=theme)
    assert build.text == ""
    assert keys(build.html("index")) == SHOWN
    assert linked(build) == [f"paper/{key}.html" for key in SHOWN]
    for key in SHOWN:
        assert '<section class="mmu-paper"' in build.html(f"paper/{key}")
    assert dead_links(build) == []
    assert repeated_ids(pages(build.out)) == []


def test_text_comes_out_as_it_is_meant(tmp_path: Path) -> None:
    build = adopt(tmp_path).build()
    said = text(tree(build.html("index")))
    for words in (
        "Über Übung and",
        "Müller, O'Neil, The Group",
        "Journal of ML 2020",
        "2020-03",
        "de la Fontaine",
        "A School 2016",
        "Colon *star* `tick` |bar| _under_ :role: α",
        '<b>Bold?</b> & 100% "sure"',
    ):
        assert words in said
    assert "<b>Bold?</b>" not in build.html("index")
    assert 'href="https://example.org/?a=1&amp;b=2"' in build.html("index")


FORMS = ["dirhtml", "singlehtml", "latex", "text", "epub", "man"]


@pytest.mark.parametrize(
    "builder", some_slow(FORMS, ["dirhtml", "singlehtml", "latex"])
)
def test_other_builders_take_it_too(builder: str, tmp_path: Path) -> None:
    conf = (
        'nitpicky = True\nversion = "1"\ncopyright = "2026"\nman_pages = [("index", "a", "A", "A",'
        " 7)]\n"
    )
    build = adopt(
        tmp_path, conf=conf, index=INDEX + "\n.. mmu:papers::\n"
    ).build(builder)
    assert build.text == ""
    if builder == "dirhtml":
        assert dead_links(build) == []
    if builder == "singlehtml":
        assert dead(build.out, single_page(build.out)) == []


def test_keywords_become_facets_where_they_are_written_so(
    tmp_path: Path,
) -> None:
    bib = "".join(
        f"@misc{{k{n}, title={{T{n}}}, author={{A, B}}, year={{202{n}}}, keywords={{{tags}}}}}\n"
        for n, tags in enumerate(
            ["topic:a/b, loose", "Topic2:x, topic:a", "loose"]
        )
    )
    tables = (
        [":topic: a"],
        [":group-by: Topic2", ":filter: keyword:loose"],
        [":Topic2: x"],
    )
    index = "Index\n=====\n"
    for options in tables:
        index += "\n.. mmu:paper-table::\n" + "".join(
            f"   {option}\n" for option in options
        )
    build = adopt(tmp_path, bib, index=index).build()
    assert build.text == ""
    assert [
        keys(part)
        for part in build.html("index").split('<div class="mmu-view')[1:]
    ] == [
        ["k1", "k0"],
        ["k2", "k0"],
        ["k1"],
    ]


def test_nothing_is_shown_of_no_file_and_it_is_said(tmp_path: Path) -> None:
    build = adopt(tmp_path, bib="").build()
    (warning,) = build.warnings
    assert warning.startswith(
        "index.rst:4: WARNING: there are no papers to show; check conf.py"
    )
    absent = Project(tmp_path / "absent")
    absent.write("conf.py", 'extensions = ["sphinx_mmu"]\n')
    absent.write("index.rst", "Index\n=====\n")
    assert absent.build().text == ""


# --- keys

ODD = (
    "müller+20",
    "a/b",
    "con",
    "A",
    "a",
    "index",
    "y%z#q",
    ":x:",
    ".hidden",
    "-x",
    "*x*",
    "日本",
    "x.rst",
    "aux.1",
    "a b".replace(" ", "_"),
    "'q'",
    "<b>",
    "end.",
    "genindex",
)


def odd() -> str:
    fields = "author={C, D}, year={2018}"
    return "".join(
        f"@misc{{{key}, title={{Title of {n}}}, {fields}}}\n"
        for n, key in enumerate(ODD)
    )


@pytest.mark.parametrize(
    "builder",
    some_slow(
        ["html", "dirhtml", "singlehtml", "latex"], ["html", "singlehtml"]
    ),
)
def test_odd_keys_get_pages_of_safe_names(builder: str, tmp_path: Path) -> None:
    index = INDEX + "   :sort: file\n\n.. mmu:papers::\n"
    build = adopt(
        tmp_path, odd(), 'html_theme = "basic"\nnitpicky = True\n', index
    ).build(builder)
    assert build.text == ""
    names = [path.stem for path in (tmp_path / "src/paper").glob("*.rst")]
    assert len({name.casefold() for name in names}) == len(ODD)
    assert all(
        re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._+-]*", name) for name in names
    ), names
    assert not {"con", "aux.1"} & set(names)
    if builder == "latex":
        tex = next(build.out.glob("*.tex")).read_text("utf-8")
        labels = set(re.findall(r"\\label\{(?:\\detokenize\{)?([^{}]+)\}", tex))
        assert [
            r
            for r in re.findall(
                r"\\hyperref\[(?:\\detokenize\{)?([^{}\]]+)", tex
            )
            if r not in labels
        ] == []
        return
    assert all(f"Title of {n}" in build.html("index") for n in range(len(ODD)))
    site = (
        single_page(build.out) if builder == "singlehtml" else pages(build.out)
    )
    assert dead(build.out, site) == []
    if builder == "html":
        assert repeated_ids(site) == []
        for number, address in enumerate(linked(build)):
            assert f"Title of {number}" in (
                build.out / unquote(address)
            ).read_text("utf-8")


def test_a_page_is_named_by_its_key_alone_but_for_keys_that_differ_in_case(
    tmp_path: Path,
) -> None:
    project = adopt(tmp_path, odd(), 'html_theme = "basic"\n')
    first = project.build()
    assert (first.out / "paper/index.html").is_file()
    assert not (first.out / "paper/a.html").exists()
    project.write("any.bib", odd().replace("@misc{A, ", "@misc{B, "))
    second = project.build()
    names = {path.name for path in (second.out / "paper").iterdir()}
    assert (
        names
        - {
            path.name
            for path in (project.build(clean=True).out / "paper").iterdir()
        }
        == set()
    )
    assert {"a.html", "B.html", "index.html"} <= names
    assert Counter(name.casefold() for name in names).most_common(1)[0][1] == 1


def test_names_of_terms_in_any_script_stay_apart(tmp_path: Path) -> None:
    words = '[facet.stage]\n[term."stage:训练"]\nlabel = "训练"\n[term."stage:解码"]\nlabel = "解码"\n[catalogue.benchmark]\n'
    bib = "".join(
        f"@misc{{{k}, title={{T}}, author={{A, B}}, year={{2020}}, keywords={{stage:{t}}}}}\n"
        for k, t in (("日本", "训练"), ("世界", "解码"))
    )
    index = (
        INDEX + "\n.. mmu:term:: stage:训练\n\n.. mmu:term:: stage:解码\n\n.."
        " mmu:benchmark-catalogue::\n\n"
        + ":mmu:term:`stage:训练` :mmu:term:`stage:解码` :mmu:benchmark:`日本`"
        " :mmu:benchmark:`世界`\n"
    )
    project = adopt(
        tmp_path,
        bib,
        'mmu_vocabulary = ["words.toml"]\nnitpicky = True\n',
        index,
    )
    project.write("words.toml", words)
    build = project.build()
    assert build.text == ""
    assert dead_links(build) == []
    assert repeated_ids(pages(build.out)) == []
    roles = build.html("index").rpartition("<p>")[2]
    assert (
        len(set(re.findall(r'href="([^"]+)"', roles.partition("</p>")[0]))) == 4
    )


# --- sources


@pytest.mark.parametrize("markup", ["md", "txt"])
def test_projects_without_rst_files_get_stubs_that_they_read(
    markup: str, tmp_path: Path
) -> None:
    kinds = {
        "md": ('"myst_parser", ', "markdown"),
        "txt": ("", "restructuredtext"),
    }
    extension, parser = kinds[markup]
    project = Project(tmp_path)
    project.write(
        "conf.py",
        f'extensions = [{extension}"sphinx_mmu"]\nmmu_bibfiles = ["any.bib"]\n'
        f'source_suffix = {{".{markup}": "{parser}"}}\nnitpicky = True\n',
    )
    project.write("any.bib", STRANGE)
    project.write(
        f"index.{markup}",
        "# Index\n\n```{mmu:paper-table}\n```\n" if markup == "md" else INDEX,
    )
    build = project.build()
    assert build.text == ""
    assert len(linked(build)) == 7
    assert dead_links(build) == []
    assert (project.source / f"paper/web.{markup}").is_file()
    assert "Made by sphinx_mmu" not in build.html("paper/web")


def test_stubs_are_kept_out_of_version_control_and_are_not_rewritten(
    tmp_path: Path,
) -> None:
    project = adopt(tmp_path)
    project.build()
    stub = project.source / "paper/web.rst"
    assert (
        (project.source / "paper/.gitignore")
        .read_text("utf-8")
        .endswith("\n*\n")
    )
    before = stub.stat().st_mtime_ns
    project.edit("any.bib", "{A page}", "{Another page}")
    assert "Another page" in project.build().html("paper/web")
    assert stub.stat().st_mtime_ns == before


def test_without_paper_pages_titles_lead_to_the_works_and_no_file_is_made(
    tmp_path: Path,
) -> None:
    project = adopt(
        tmp_path,
        conf="mmu_paper_pages = False\nnitpicky = True\n",
        index=INDEX + "\n.. mmu:papers::\n",
    )
    for builder in ("html", "singlehtml", "latex"):
        assert project.build(builder).text == ""
    build = project.build()
    assert sorted(path.name for path in project.source.iterdir()) == [
        "any.bib",
        "conf.py",
        "index.rst",
    ]
    assert linked(build) == [
        "https://example.org/?a=1&amp;b=2",
        "https://example.org/x",
    ]
    assert len(keys(build.html("index"))) == 7


def test_a_static_path_of_the_project_s_own_stays(tmp_path: Path) -> None:
    project = adopt(tmp_path, conf='html_static_path = ("own",)\n')
    project.write("own/mine.css", "a{}")
    build = project.build()
    assert build.text == ""
    assert (build.out / "_static/mine.css").is_file()
    assert (build.out / "_static/mmu.css").is_file()


# --- beside sphinxcontrib-bibtex

BROKEN = """\
@misc{one, title = {One}, author = {Ada, Nora}, year = {2020}, keywords = {topic:a}}

@misc{two,
  title  = {Two},
  author = {Bob, Tim}
  year   = {2021}
}

@misc{three,
  title = {Three {never} closed,
  author = {Cid, Una},
  year = {2022}
}

@misc{four, title = {Four}, author = {Dan, Olaf}, year = {2023}}
@misc{one, title = {One again}, author = {Ada, Nora}, year = {2020}}
"""
CITING = "Index\n=====\n\n:cite:p:`one,two,four`\n\n.. toctree::\n\n   references\n   tables\n"
REFERENCES = "References\n==========\n\n.. bibliography::\n   :all:\n"


def citing(folder: Path, bib: str) -> Project:
    project = adopt(
        folder,
        bib,
        'html_theme = "basic"\nhtml_copy_source = False\nbibtex_bibfiles = ["any.bib"]\n'
        'extensions.append("sphinxcontrib.bibtex")\nbibtex_default_style = "alpha"\n',
        CITING,
    )
    project.write("references.rst", REFERENCES)
    project.write("tables.rst", INDEX.replace("Index\n=====", "Tables\n======"))
    return project


def test_a_broken_file_costs_bibtex_no_more_than_us(tmp_path: Path) -> None:
    build = citing(tmp_path, BROKEN).build()
    assert [
        re.sub(r"WARNING: .*\[(.*)\]", r"\1", line) for line in build.warnings
    ] == [
        "any.bib:5: mmu.bib-syntax",
        "any.bib:10: mmu.bib-syntax",
        "any.bib:16: mmu.duplicate-key",
    ]
    assert keys(build.html("tables")) == ["four", "three", "two", "one"]
    said = text(tree(build.html("references")))
    assert all(words in said for words in ("Nora Ada", "Tim Bob", "Olaf Dan"))
    assert "[Ada20, Bob21, Dan23]" in text(tree(build.html("index"))).replace(
        " ,", ","
    )


@pytest.mark.parametrize(
    ("cited", "suffix"), [("one four", "rst"), ("one,,four", "md")]
)
def test_keys_that_bibtex_cannot_read_cost_a_warning_and_not_the_build(
    cited: str, suffix: str, tmp_path: Path
) -> None:
    project = citing(tmp_path, BROKEN.partition("@misc{two")[0])
    project.edit("index.rst", "one,two,four", "one")
    project.edit(
        "conf.py",
        'append("sphinxcontrib',
        'append("myst_parser"); extensions.append("sphinxcontrib',
    )
    role = ":cite:p:" if suffix == "rst" else "{cite:p}"
    project.write(
        f"chapter.{suffix}", f"Page\n====\n\nWords, {role}`{cited}`.\n"
    )
    for _build in range(2):
        built = project.build(suppress_warnings=["toc.not_included"])
        (warning,) = built.warnings
        assert warning.startswith(f"chapter.{suffix}:4: ")
        assert (
            f"the keys {cited!r} cannot be read; separate keys with commas"
            in warning
        )
        assert cited in text(tree(built.html("chapter")))


def test_pages_whose_citations_print_another_label_are_written_again(
    tmp_path: Path,
) -> None:
    sound = [
        line
        for line in BROKEN.splitlines()
        if "{One}" in line or "{Four}" in line
    ]
    project = citing(tmp_path, "\n".join(sound))
    project.edit("index.rst", "one,two,four", "one,four")
    assert project.build().text == ""
    project.edit("any.bib", "{Dan, Olaf}", "{Dun, Olaf}")
    second = project.build()
    assert "index" not in second.read
    assert "index" in second.written
    assert "Dun23" in second.html("index")
    assert differences(second.out, project.build(clean=True).out) == []


def test_tags_are_nothing_to_the_page_of_references(tmp_path: Path) -> None:
    project = citing(tmp_path, BROKEN.partition("@misc{two")[0])
    project.edit("index.rst", "one,two,four", "one")
    project.build()
    project.edit("any.bib", "topic:a", "topic:b")
    assert project.build().read == ["paper/one", "tables"]


def test_files_of_one_name_are_no_trouble_and_keys_that_differ_in_case_are_told(
    tmp_path: Path,
) -> None:
    project = citing(tmp_path, "")
    project.write(
        "a/refs.bib", "@misc{X1, title={T}, author={C, D}, year={2018}}\n"
    )
    project.write(
        "b/refs.bib",
        "@misc{x1, title={T2}, author={C, E}, year={2018}}\n@misc{y, title={Y}, year={2019}}\n",
    )
    project.write("index.rst", CITING.replace("one,two,four", "X1,y"))
    files = ["a/refs.bib", "b/refs.bib"]
    build = project.build(mmu_bibfiles=files, bibtex_bibfiles=files)
    (told,) = [w for w in build.warnings if "[mmu." in w]
    assert told.startswith(
        "b/refs.bib:1: WARNING: the key 'x1' differs from 'X1' in a/refs.bib:1 in capitals only"
    )
    assert keys(build.html("tables")) == ["y", "X1", "x1"]
    assert project.build(mmu_bibfiles=files, bibtex_bibfiles=files).read == []


TAGGED = "@misc{one, title = {One}, author = {Ada, Nora}, year = {2020}, keywords = {topic:a}}\n"
BY_TAG = REFERENCES.replace(":all:", ":filter: keywords % 'topic'")


def test_a_filter_of_references_by_what_copies_lack_is_told(
    tmp_path: Path,
) -> None:
    project = citing(tmp_path, TAGGED)
    project.edit("index.rst", "one,two,four", "one")
    project.write("references.rst", BY_TAG)
    warning = next(w for w in project.build().warnings if "[mmu.config]" in w)
    assert warning.startswith(
        "references.rst:4: WARNING: a filter of references asks for keywords, which copies"
    )
    assert "set mmu_bibtex_copies = False" in warning
    built = project.build(mmu_bibtex_copies=False)
    assert built.warnings == []
    assert "Nora Ada" in text(tree(built.html("references")))


def test_files_that_this_extension_does_not_read_reach_bibtex_as_they_are(
    tmp_path: Path,
) -> None:
    project = citing(tmp_path, TAGGED)
    project.edit("index.rst", "one,two,four", "other")
    project.write("other.bib", TAGGED.replace("{one", "{other"))
    project.write(
        "references.rst",
        BY_TAG.replace("bibliography::", "bibliography:: other.bib"),
    )
    built = project.build(bibtex_bibfiles=["other.bib"])
    assert built.warnings == []
    assert "Nora Ada" in text(tree(built.html("references")))


# --- nothing is lost in silence


def test_a_title_keeps_its_quotation_marks_on_its_page(tmp_path: Path) -> None:
    html = (
        adopt(
            tmp_path, '@misc{a, title = {Don\'t "forget" it}, year = {2020}}\n'
        )
        .build()
        .html("paper/a")
    )
    heading = re.search(r"<h1>(.*?)<a ", html)
    assert heading is not None
    assert unescape(heading[1]) == 'Don\'t "forget" it'


def test_text_that_a_project_puts_before_every_page_leaves_pages_of_papers_in_no_toctree(
    tmp_path: Path,
) -> None:
    project = adopt(tmp_path, conf='rst_prolog = "A note for all pages."\n')
    assert project.build().warnings == []


def test_pages_of_papers_that_belong_to_the_first_page_fill_no_sidebar(
    tmp_path: Path,
) -> None:
    index = f"{INDEX}\n.. mmu:papers::\n\n.. toctree::\n\n   more\n"
    project = adopt(tmp_path, conf='html_theme = "furo"\n', index=index)
    project.write("more.rst", "More\n====\n")
    assert "paper/" not in project.build().html("more")
    assert all(
        f'id="paper-{key}"' in project.build("singlehtml").html("index")
        for key in ("plain", "web")
    )


def test_a_page_s_own_name_follows_the_labels_of_others(tmp_path: Path) -> None:
    """The works between those that are called alike keep their names, and so do the links of the
    page.
    """
    people = {
        key: "Kim" if key in "af" else f"Family{key}" for key in "abcdefghi"
    }
    bib = [
        f"@misc{{{k}, title = {{Work {k}}}, author = {{{p}, {k}.}}, year = 2023}}\n"
        for k, p in people.items()
    ]
    project = adopt(tmp_path, "".join(bib))
    assert ">Kim 2023b</span>" in project.build().html("paper/f")
    project.write("any.bib", "".join(bib[1:]))
    assert ">Kim 2023</span>" in project.build().html("paper/f")


def test_datasets_have_facets_of_their_own_without_a_vocabulary(
    tmp_path: Path,
) -> None:
    bib = "@misc{data, title = {Pictures}, year = 2020, keywords = {modality:image, kind:a}}\n"
    index = "Index\n=====\n\n.. mmu:dataset-catalogue::\n   :filter: modality:image\n   :facets:\n"
    project = adopt(
        tmp_path, STRANGE, 'mmu_dataset_bibfiles = ["data.bib"]\n', index
    )
    project.write("data.bib", bib)
    built = project.build()
    assert keys(built.html("index")) == ["data"]
    assert 'data-mmu-facets="modality kind"' in built.html("index")
    assert "<b data-mmu-count>1</b> dataset<" in built.html("index")
    assert '"name":"modality"' in built.file("_static/mmu-datasets.js")


@pytest.mark.parametrize(
    ("option", "other"), [("limit: 2", "limit"), ("format: cards", "format")]
)
def test_an_explorer_has_all_papers_as_a_table(
    option: str, other: str, tmp_path: Path
) -> None:
    bib = STRANGE.replace("keywords={plain", "keywords={kind:a, plain")
    built = adopt(
        tmp_path, bib, index=f"{INDEX}   :facets: kind\n   :{option}\n"
    ).build()
    (warning,) = [line for line in built.warnings if "any.bib" not in line]
    assert "index.rst:4" in warning
    assert f":facets: and :{other}: exclude each other" in warning
    assert len(keys(built.html("index"))) == len(SHOWN)
    assert "data-mmu-explorer" in built.html("index")


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        (
            'mmu_facet_pages = ["topics"]',
            "mmu_facet_pages names 'topics', which is not a facet; did you mean 'topic'?",
        ),
        (
            'mmu_facet_pages = ["topic:rooting"]',
            "mmu_facet_pages names 'topic:rooting', which no paper has; did you mean 'topic:rotting'?",
        ),
        (
            'mmu_facet_least = {"topik": 1}',
            "mmu_facet_least names 'topik', which is not a facet; did you mean 'topic'?",
        ),
    ],
)
def test_a_setting_names_what_there_is_not(
    setting: str, message: str, tmp_path: Path
) -> None:
    bib = "@misc{a, title = {A}, year = {2020}, keywords = {topic:rotting}}\n"
    project = adopt(tmp_path, bib)
    settings = (project.source / "conf.py").read_text("utf-8")
    project.write("conf.py", f"{settings}{setting}\n")
    line = settings.count("\n") + 1
    for _ in range(2):
        (warning,) = project.build().warnings
        assert f"conf.py:{line}: WARNING: {message} [mmu.config]" in warning


def test_a_list_of_the_terms_of_an_open_facet_says_that_there_are_none(
    tmp_path: Path,
) -> None:
    bib = "@misc{a, title = {A}, year = {2020}, keywords = {topic:x}}\n"
    (warning,) = (
        adopt(tmp_path, bib, index=f"{INDEX}\n.. mmu:term-list:: topic\n")
        .build()
        .warnings
    )
    assert (
        "index.rst:6: WARNING: facet 'topic' has no terms: it takes any value"
        in warning
    )
    assert "[mmu.empty-result]" in warning


@pytest.mark.parametrize(
    ("sort", "meant"), [("dat", "date"), ("-titel", "-title")]
)
def test_an_order_that_there_is_not_is_told_with_the_direction_that_was_meant(
    sort: str, meant: str, tmp_path: Path
) -> None:
    index = f"{INDEX}   :sort: {sort}\n"
    (warning,) = (
        adopt(tmp_path, "@misc{a, title = {A}, year = {2020}}\n", index=index)
        .build()
        .warnings
    )
    assert (
        f"index.rst:4: WARNING: cannot sort by '{sort}'; did you mean '{meant}'? [mmu.bad-option]"
        in warning
    )


@pytest.mark.parametrize("name", ["gap-map", "crossing"])
def test_what_crosses_facets_says_that_there_have_to_be_two(
    name: str, tmp_path: Path
) -> None:
    bib = "@misc{a, title = {A}, year = {2020}, keywords = {topic:x}}\n"
    (warning,) = (
        adopt(tmp_path, bib, index=f"{INDEX}\n.. mmu:{name}::\n")
        .build()
        .warnings
    )
    assert "index.rst:6: WARNING: " in warning
    assert (
        "needs two facets; name them with :rows: and :columns: [mmu.bad-option]"
        in warning
    )


def test_a_highlight_whose_filter_is_wrong_is_told_at_its_facet(
    tmp_path: Path,
) -> None:
    project = adopt(tmp_path)
    words = (
        '[facet.topic]\nhighlights = [{ label = "Tests", filter = "topc:x"'
        ' }]\n[term."topic:x"]\n[term."topic:y"]\n'
    )
    project.write("words.toml", words)
    (warning,) = project.build(mmu_vocabulary=["words.toml"]).warnings
    assert (
        "words.toml:1: WARNING: highlight 'Tests' of facet 'topic': " in warning
    )
    assert "did you mean 'topic'? [mmu.vocabulary]" in warning


PROCEEDINGS = """\
@inproceedings{c, title = "C", author = "D, E", crossref = "p", keywords = "topic:x"}
@inproceedings{own, title = "Own", author = "D, F", crossref = {p}, year = 2021, booktitle = {Another}}
@inproceedings{lost, title = "Lost", author = "D, G", crossref = "q", year = 2018}
@misc{self, title = "Self", author = "D, H", crossref = "self", year = 2018}
@proceedings{p, title = "Proceedings of X", date = "2019-05", publisher = "Y", keywords = "topic:y"}
"""


def test_an_entry_inherits_from_the_one_that_it_refers_to(
    tmp_path: Path,
) -> None:
    library = Library.load([adopt(tmp_path, PROCEEDINGS).source / "any.bib"])
    entry = library.papers.by_key["c"]
    assert (entry.year, entry.date, entry.venue, entry.title) == (
        2019,
        "2019-05",
        "Proceedings of X",
        "C",
    )
    assert entry.tags == {"topic": ("x",)}
    assert "publisher" in bibtex([entry])
    assert "crossref" not in bibtex([entry])
    assert (
        library.papers.by_key["own"].date,
        library.papers.by_key["own"].venue,
    ) == (
        "2021",
        "Another",
    )
    problem, own = library.problems
    assert (problem.line, problem.code, problem.key) == (
        3,
        Code.DANGLING_KEY,
        "lost",
    )
    assert (own.line, own.code, own.text) == (
        4,
        Code.DANGLING_KEY,
        "crossref: the entry names itself; correct the key, or add the entry that it should name",
    )
