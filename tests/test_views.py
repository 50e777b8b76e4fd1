"""Views: what a request shows, and when its fingerprint changes. The core alone, over the small
survey.
"""

import re
import shutil
from pathlib import Path

import pytest

from sphinx_mmu.library.library import Library
from sphinx_mmu.problems import Code
from sphinx_mmu.views.arranged import SORTS
from sphinx_mmu.views.base import View
from sphinx_mmu.views.cells import Cell, Detail, title_part
from sphinx_mmu.views.columns import STANDARD, column_names, summary
from sphinx_mmu.views.kinds import Views
from sphinx_mmu.views.paper import PaperRequest, neighbours
from sphinx_mmu.views.paper_details import paper_details
from sphinx_mmu.views.papers import PapersRequest, PapersView
from sphinx_mmu.views.terms import TermRequest, TermsRequest, term_details
from sphinx_mmu.views.texts import (
    BibtexRequest,
    CountRequest,
    KeysRequest,
    LabelRequest,
    NameRequest,
)

SURVEY = Path(__file__).parent / "roots" / "survey"
LATE = '[term."stage:decode/late"]\nlabel = "Late"\n\n[term."stage:decode"]'
KEYS = ("ada2020", "bob2021", "cid2022", "dan2023", "eve2024", "fox2024")


def load(root: Path) -> Views:
    library = Library.load(
        ["refs.bib"],
        datasets=["data.bib"],
        background=["old.bib"],
        vocabulary=["words.toml"],
        root=root,
    )
    assert library.problems == ()
    return Views(library)


@pytest.fixture(scope="module")
def views() -> Views:
    return load(SURVEY)


def ask(views: Views, *filters: str, **options: object) -> PapersView:
    return views.of(PapersRequest(filters=filters)._replace(**options))


def keys(view: PapersView) -> list[str]:
    return list(view.keys)


def heads(view: View) -> list[str]:
    return [
        "".join(part.lead or part.text for part in group.heading)
        for group in view.groups
    ]


def said(cell: Cell) -> str:
    return " / ".join(
        "".join(f"{p.lead}{p.text}" for p in line.parts) for line in cell
    )


def codes(view: View) -> list[tuple[Code, str]]:
    return [(p.code, p.hint) for p in view.problems]


# --- rows


def test_without_a_filter_all_papers_are_shown_the_newest_first(
    views: Views,
) -> None:
    view = ask(views)
    assert keys(view) == [
        "eve2024",
        "fox2024",
        "dan2023",
        "cid2022",
        "bob2021",
        "ada2020",
    ]
    assert (view.count, view.shown, view.problems) == (6, 6, ())


def test_all_filters_must_hold(views: Views) -> None:
    assert set(keys(ask(views, "target:face", "kind:method"))) == {
        "ada2020",
        "cid2022",
    }


def test_a_limit_shows_the_first_and_counts_all(views: Views) -> None:
    view = ask(views, limit=2)
    assert (keys(view), view.count, view.shown) == (
        ["eve2024", "fox2024"],
        6,
        2,
    )


SORTED = {
    "date": "ada2020 bob2021 cid2022 dan2023 fox2024 eve2024",
    "-date": "eve2024 fox2024 dan2023 cid2022 bob2021 ada2020",
    "added": "ada2020 bob2021 cid2022 dan2023 fox2024 eve2024",
    "year": "ada2020 bob2021 cid2022 dan2023 fox2024 eve2024",
    "title": "ada2020 bob2021 cid2022 dan2023 eve2024 fox2024",
    "-title": "fox2024 eve2024 dan2023 cid2022 bob2021 ada2020",
    "venue": "bob2021 cid2022 ada2020 dan2023 eve2024 fox2024",
    "-venue": "cid2022 bob2021 ada2020 dan2023 eve2024 fox2024",
    "author": "ada2020 bob2021 cid2022 dan2023 eve2024 fox2024",
    "key": "ada2020 bob2021 cid2022 dan2023 eve2024 fox2024",
    "file": "ada2020 bob2021 cid2022 dan2023 eve2024 fox2024",
    "-file": "fox2024 eve2024 dan2023 cid2022 bob2021 ada2020",
}


@pytest.mark.parametrize("sort", SORTED)
def test_every_order(sort: str, views: Views) -> None:
    assert keys(ask(views, sort=sort)) == SORTED[sort].split()
    assert {name.removeprefix("-") for name in SORTED} == set(SORTS)


def test_what_was_added_last_comes_first_whenever_it_was_published(
    tmp_path: Path,
) -> None:
    shutil.copytree(SURVEY, tmp_path / "survey")
    bib = tmp_path / "survey/refs.bib"
    bib.write_text(
        bib.read_text("utf-8").replace(
            "{2021}", "{2021},\n  added = {2030-01-02}"
        ),
        "utf-8",
    )
    assert keys(ask(load(tmp_path / "survey"), sort="-added"))[:2] == [
        "bob2021",
        "eve2024",
    ]


def test_an_unknown_order_is_the_usual_one_and_a_problem(views: Views) -> None:
    view = ask(views, sort="datum")
    assert keys(view) == SORTED["-date"].split()
    assert codes(view) == [(Code.BAD_OPTION, "did you mean 'date'?")]


def test_every_order_is_named_where_none_is_near(views: Views) -> None:
    every = "one of: date, added, year, title, venue, author, key, file"
    assert codes(ask(views, sort="-qqqq")) == [(Code.BAD_OPTION, every)]


# --- groups


def test_groups_of_a_facet_come_in_its_order_with_their_path(
    views: Views,
) -> None:
    view = ask(views, group_by="stage", sort="key")
    assert heads(view) == [
        "Training By gradient",
        "Training By mask",
        "Decoding time Decoding time",
        "No stage",
    ]
    assert [[r.key for r in g.rows] for g in view.groups] == [
        ["ada2020", "eve2024"],
        ["bob2021"],
        ["cid2022", "eve2024"],
        ["dan2023", "fox2024"],
    ]


def test_the_top_of_groups_is_left_out_where_it_is_the_same_for_all(
    tmp_path: Path,
) -> None:
    root = shutil.copytree(SURVEY, tmp_path / "survey")
    for name, old, new in (
        ("refs.bib", "stage:decode", "stage:decode/late"),
        ("words.toml", '[term."stage:decode"]', LATE),
        ("words.toml", "numbered = true\n", ""),
    ):
        text = (root / name).read_text("utf-8")
        (root / name).write_text(text.replace(old, new), "utf-8")
    views = load(root)
    one = ask(views, "stage:train/*", "-stage:decode", group_by="stage")
    assert heads(one) == ["By gradient", "By mask"]
    assert heads(ask(views, "stage:*", group_by="stage"))[::2] == [
        "Training time › By gradient",
        "Decoding time › Late",
    ]


def test_groups_can_be_cut_at_a_depth(views: Views) -> None:
    view = ask(views, "stage:*", group_by="stage/1", sort="key")
    assert [len(g.rows) for g in view.groups] == [3, 2]
    assert heads(view)[0].startswith("Training")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("year", "2024 2022 2021 2020"),
        ("venue", "JoB|Proceedings of Charlies|No venue recorded"),
        ("type", "article inproceedings misc"),
        ("kind", "Method Attack Survey"),
    ],
)
def test_groups_of_standard_fields(
    name: str, expected: str, views: Views
) -> None:
    assert heads(ask(views, group_by=name)) == (
        expected.split("|") if "|" in expected else expected.split()
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("stagee", "did you mean 'stage'?"),
        ("stage/x", "did you mean 'stage'?"),
        ("year/2", None),
    ],
)
def test_what_cannot_group_is_a_problem_and_one_group(
    name: str, hint: str | None, views: Views
) -> None:
    view = ask(views, group_by=name)
    ((code, said_hint),) = codes(view)
    assert code is Code.BAD_OPTION
    assert hint is None or said_hint == hint
    assert len(view.groups) == 1
    assert view.count == 6


# --- columns

CELLS = {
    "paper": ("bob2021", "Bravo Work / Bob, Ada / forgets voices"),
    "title": ("ada2020", "Alpha: First Things"),
    "name": ("bob2021", "Bob and Ada 2021"),
    "authors": ("cid2022", "Cid, Bob, Dan, Eve, Fox"),
    "venue": ("bob2021", "JoB 2021"),
    "date": ("eve2024", "2024-03"),
    "year": ("dan2023", "2022"),
    "links": ("bob2021", "DOI Code"),
    "type": ("bob2021", "article"),
    "key": ("bob2021", "bob2021"),
    "tags": ("ada2020", "By gradient, Faces, Method"),
    "keywords": ("dan2023", "plain words"),
    "stage": ("eve2024", "Training1 Decoding time2"),
    "target": ("cid2022", "Faces, Voices"),
    "figures": ("bob2021", "12 voices / 3 tasks"),
    "datasets": ("bob2021", "Voices Apart, Faces in the Wild"),
    "benchname": ("cid2022", "CharlieBench"),
    "target:voice": ("eve2024", "yes"),
    "stage:train": ("cid2022", "no"),
    "abstract": ("ada2020", "One abstract."),
}


@pytest.mark.parametrize("name", CELLS)
def test_a_column_says(name: str, views: Views) -> None:
    key, expected = CELLS[name]
    view = ask(views, f"key:{key}", columns=(name,))
    assert view.problems == ()
    assert [c.name for c in view.columns] == [name]
    (cell,) = view.groups[0].rows[0].cells
    assert said(cell) == expected


@pytest.mark.parametrize(
    "name",
    ["venue", "links", "keywords", "figures", "datasets", "target", "abstract"],
)
def test_what_nobody_recorded_says_so(name: str, views: Views) -> None:
    row, _mark = views.columns.row(
        (name,), views.library.papers.by_key["fox2024"]
    )
    (cell,) = row.cells
    assert said(cell) == "not recorded"


def test_a_table_that_names_no_columns_has_the_usual_ones(views: Views) -> None:
    assert [c.label for c in ask(views).columns] == [
        "Stage",
        "Paper",
        "Venue",
        "Date",
        "Links",
    ]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("papr", "did you mean 'paper'?"),
        ("target:fac", "did you mean 'target:face'?"),
        ("qqqq", ""),
    ],
)
def test_an_unknown_column_is_left_out_and_told(
    name: str, hint: str, views: Views
) -> None:
    view = ask(views, columns=("date", name))
    assert [c.name for c in view.columns] == ["date"]
    assert codes(view) == [(Code.UNKNOWN_COLUMN, hint)]


def test_every_column_that_is_suggested_exists(views: Views) -> None:
    names = column_names(views.library)
    view = ask(views, columns=names)
    assert view.problems == ()
    assert [c.name for c in view.columns] == list(names)


def test_a_short_name_stands_in_front_of_the_title_once(views: Views) -> None:
    parts = [
        title_part(views.library.papers.by_key[key])
        for key in ("ada2020", "cid2022", "bob2021")
    ]
    assert [(p.lead, p.text) for p in parts] == [
        ("Alpha", ": First Things"),
        ("Charlie", " Report"),
        ("", "Bravo Work"),
    ]


def test_the_tag_line_names_what_the_badge_does_not(views: Views) -> None:
    assert (
        summary(views.library.papers.by_key["cid2022"], views.library)
        == "forgets faces, voices"
    )


def test_a_dot_stands_between_what_two_facets_say_of_a_paper(
    tmp_path: Path,
) -> None:
    root = shutil.copytree(SURVEY, tmp_path / "survey")
    words = (root / "words.toml").read_text("utf-8")
    kind = "single = true\n"
    (root / "words.toml").write_text(
        words.replace(kind, f"{kind}summary = true\n"), "utf-8"
    )
    library = load(root).library
    line = summary(library.papers.by_key["cid2022"], library)
    assert line == "forgets faces, voices · Method"


# --- what is wrong with a filter


def test_a_standard_column_has_a_heading(views: Views) -> None:
    columns = ask(views, columns=tuple(STANDARD)).columns
    assert [column.name for column in columns] == [*STANDARD]
    assert all(column.label for column in columns)


def offered(view: PapersView) -> dict[str, list[tuple[str, int]]]:
    return {
        o.facet: [(value, n) for value, _label, n in o.values]
        for o in view.offers
    }


def test_years_are_offered_the_newest_first_terms_in_their_order_and_others_by_number(
    views: Views,
) -> None:
    found = offered(ask(views, facets=("year", "published", "stage", "author")))
    assert found["year"] == [("2024", 2), ("2022", 2), ("2021", 1), ("2020", 1)]
    assert found["published"] == [("2022", 1), ("2021", 1)]
    assert [v for v, _n in found["stage"]] == [
        "train",
        "train/grad",
        "train/mask",
        "decode",
    ]
    assert [name for name, n in found["author"] if n > 1] == [
        "Pia Eve",
        "Nora Ada",
        "Olaf Dan",
        "Tim Bob",
    ]


def test_offers_count_the_papers_that_are_shown(views: Views) -> None:
    found = offered(ask(views, "stage:train", facets=("year", "stage")))
    assert found["year"] == [("2024", 1), ("2021", 1), ("2020", 1)]
    assert dict(found["stage"])["decode"] == 1


def test_what_no_paper_has_is_not_offered(views: Views) -> None:
    found = offered(ask(views, "key:ada2020", facets=("has", "stage")))
    names = "abstract author keywords paper shorttitle title url year"
    assert {name for name, _n in found["has"]} == {*names.split()}
    assert found["stage"] == [("train", 1), ("train/grad", 1)]


def test_a_facet_that_cannot_be_offered_is_a_problem(views: Views) -> None:
    view = ask(views, facets=("yaer", "year"))
    assert codes(view) == [(Code.UNKNOWN_FACET, "did you mean 'year'?")]
    assert [offer.facet for offer in view.offers] == ["year"]


@pytest.mark.parametrize(
    ("filters", "code", "hint"),
    [
        (("stag:train",), Code.UNKNOWN_FACET, "did you mean 'stage'?"),
        (("stage:trian",), Code.UNKNOWN_VALUE, "did you mean 'train'?"),
        (("year:1999",), Code.EMPTY_RESULT, ""),
        (("target:face", "kind:survey"), Code.EMPTY_RESULT, ""),
    ],
)
def test_a_filter_that_finds_nothing_is_one_problem(
    filters: tuple[str, ...], code: Code, hint: str, views: Views
) -> None:
    view = ask(views, *filters)
    assert (view.count, codes(view)) == (0, [(code, hint)])


def test_a_filter_that_cannot_be_read_shows_the_place(views: Views) -> None:
    view = ask(views, "stage:train AND")
    assert [p.code for p in view.problems] == [Code.FILTER_SYNTAX]
    assert "^" in view.problems[0].hint


def test_nothing_is_no_problem_where_it_is_expected(views: Views) -> None:
    assert ask(views, "year:1999", empty_ok=True).problems == ()


def test_a_count_is_a_number_with_a_comma_from_a_thousand_on(
    views: Views, tmp_path: Path
) -> None:
    assert views.of(CountRequest(filter="kind:method")).text == "3"
    many = "".join(
        f"@misc{{k{n}, title={{T}}, author={{A, B}}, year={{2020}}}}\n"
        for n in range(1234)
    )
    (tmp_path / "many.bib").write_text(many, "utf-8")
    assert (
        Views(Library.load(["many.bib"], root=tmp_path))
        .of(CountRequest(filter="*"))
        .text
        == "1,234"
    )


# --- catalogues


def test_a_catalogue_has_its_own_names_for_rows_and_columns(
    views: Views,
) -> None:
    preset = views.library.vocabulary.catalogues["benchmark"]
    shown = {
        "columns": preset.columns,
        "group_by": preset.group_by,
        "catalogue": "benchmark",
    }
    view = ask(views, preset.filter, sort="key", **shown)
    assert [c.label for c in view.columns] == [
        "Benchmark",
        "Target",
        "Figures",
        "Datasets",
    ]
    assert (heads(view), keys(view), view.unit) == (
        ["Text", "Image"],
        ["bob2021", "cid2022"],
        "benchmarks",
    )
    assert (
        ask(
            views, "key:bob2021", catalogue="benchmark", columns=("benchname",)
        ).unit
        == "benchmark"
    )


@pytest.mark.parametrize(
    ("collection", "one", "several"),
    [("papers", "paper", "papers"), ("datasets", "dataset", "datasets")],
)
def test_rows_outside_of_a_catalogue_are_called_by_their_collection(
    collection: str, one: str, several: str, views: Views
) -> None:
    single, every = (
        ask(views, *filters, collection=collection, columns=("title",))
        for filters in (("key:ada2020 OR key:faces",), ())
    )
    assert (single.count, single.unit, every.unit) == (1, one, several)
    assert single.units == every.units == (one, several)


def test_datasets_are_a_collection_of_their_own(views: Views) -> None:
    view = ask(
        views, "target:face", collection="datasets", columns=("title", "usedby")
    )
    assert keys(view) == ["faces"]
    assert ask(views, "kind:method", collection="datasets").count == 0


# --- names and labels


@pytest.mark.parametrize(
    ("key", "variant", "expected"),
    [
        ("ada2020", "name", "Alpha"),
        ("bob2021", "name", "Bob and Ada 2021"),
        ("bob2021", "title", "Bravo Work"),
        ("bob2021", "authors", "Tim Bob, Nora Ada"),
        ("dan2023", "year", "2022"),
        ("cid2022", "benchmark", "CharlieBench"),
        ("ada2020", "benchmark", "Alpha"),
        ("faces", "dataset", "Faces in the Wild"),
        ("old1999", "name", "Old 1999"),
    ],
)
def test_how_an_entry_is_called(
    key: str, variant: str, expected: str, views: Views
) -> None:
    view = views.of(NameRequest(key=key, part=variant))
    assert (view.text, view.problems) == (expected, ())


def test_an_unknown_name_is_a_problem_with_the_nearest(views: Views) -> None:
    assert codes(views.of(NameRequest(key="adaa2020"))) == [
        (Code.UNKNOWN_KEY, "did you mean 'ada2020'?")
    ]
    assert codes(views.of(LabelRequest(tag="stage:trian"))) == [
        (Code.UNKNOWN_KEY, "did you mean 'stage:train'?")
    ]
    assert codes(views.of(TermRequest(tag="stag:train"))) == [
        (Code.UNKNOWN_KEY, "did you mean 'stage:train'?")
    ]


def test_a_term_is_called_by_its_label(views: Views) -> None:
    assert views.of(LabelRequest(tag="stage:gradient")).text == "By gradient"
    assert views.of(LabelRequest(tag="stage:train")).text == "Training time"


# --- terms


def test_terms_of_a_facet_with_their_numbers_to_a_depth(views: Views) -> None:
    top = views.of(TermsRequest(subject="stage")).items
    assert [(i.term.value, i.papers, len(i.children)) for i in top] == [
        ("train", 3, 0),
        ("decode", 2, 0),
    ]
    deep = views.of(TermsRequest(subject="stage", depth=2)).items
    assert [(i.term.value, i.papers) for i in deep[0].children] == [
        ("train/grad", 2),
        ("train/mask", 1),
    ]


def test_a_list_of_terms_goes_as_deep_as_it_is_asked(tmp_path: Path) -> None:
    root = shutil.copytree(SURVEY, tmp_path / "survey")
    with (root / "words.toml").open("a", encoding="utf-8") as words:
        for value in ("train/grad/up", "train/grad/up/far"):
            words.write(
                f'[term."stage:{value}"]\nlabel = "L"\ndefinition = "D."\n'
            )
    views = load(root)
    for depth in (1, 2, 3, 4):
        found = views.of(TermsRequest(subject="stage", depth=depth)).flat()
        levels = {item.term.value.count("/") + 1 for item in found}
        assert levels == set(range(1, depth + 1))


def test_a_table_of_terms_that_names_no_columns_has_the_usual_ones(
    views: Views,
) -> None:
    view = views.of(TermsRequest(subject="stage"))
    assert view.heads == (
        ("label", "Stage"),
        ("definition", "Definition"),
        ("papers", "Papers"),
    )
    assert [said(cell) for cell in view.items[0].cells] == [
        "Training time",
        "While training.",
        "3",
    ]


def test_terms_below_a_term(views: Views) -> None:
    view = views.of(TermsRequest(subject="stage:train"))
    assert [i.term.value for i in view.items] == ["train/grad", "train/mask"]


@pytest.mark.parametrize(
    ("subject", "code", "hint"),
    [
        ("stag", Code.UNKNOWN_FACET, "did you mean 'stage'?"),
        ("stage:trian", Code.UNKNOWN_VALUE, "did you mean 'train'?"),
    ],
)
def test_terms_of_what_does_not_exist(
    subject: str, code: Code, hint: str, views: Views
) -> None:
    assert codes(views.of(TermsRequest(subject=subject))) == [(code, hint)]


def rows(found: tuple[Detail, ...]) -> list[tuple[str, str]]:
    return [(row.label, said(row.cell)) for row in found]


def test_the_sheet_of_a_term(views: Views) -> None:
    terms = views.library.vocabulary.terms
    assert rows(term_details(terms["stage:train"], views.library)) == [
        ("Definition", "While training."),
        ("Formula", "L = a_r + b_f / a_r what is kept / b_f what is to go"),
        ("For", "Strong. §1"),
        ("Against", "Slow. §2"),
        ("Acts on", "weights"),
        ("Subdivisions", "By gradient 2 / By mask 1"),
        ("With code", "Bob and Ada 2021"),
        ("See also", "Faces"),
        ("In the survey", "§3.2"),
    ]
    assert ("References", "Alpha, Old 1999") in rows(
        term_details(terms["stage:train/grad"], views.library)
    )
    assert rows(term_details(terms["target:voice"], views.library)) == []


def test_the_sheet_of_a_paper(views: Views) -> None:
    papers = views.library.papers.by_key
    assert rows(paper_details(papers["bob2021"], views.library)) == [
        ("Stage", "Training1 › By mask"),
        ("Target", "Voices"),
        ("Benchmark", "Text"),
        ("Kind", "Method"),
        ("Datasets", "Voices Apart, Faces in the Wild"),
        ("Figures", "12 voices / 3 tasks"),
    ]
    sheet = rows(paper_details(papers["cid2022"], views.library))
    assert ("Target", "Faces, Voices") in sheet
    assert ("Datasets", "Faces in the Wild") in sheet
    assert ("Keywords", "plain words") in rows(
        paper_details(papers["dan2023"], views.library)
    )


TWO_ENDS = """
@misc{work, title = {Work}, shorttitle = {Work}, year = 2024, datasets = {set}}
@misc{set, title = {Set}, shorttitle = {Set}, year = 2024, usedby = {work},
  readfrom = {1 README https://a.example/}, basis = {usedby 1}}
"""
TWO_RELATIONS = """
[relation.usedby]
label = "Used by"
inverse = "Datasets"
[relation.datasets]
label = "Datasets"
inverse = "Used by"
"""


def test_a_relation_that_two_fields_state_keeps_the_text_that_only_one_was_read_from(
    tmp_path: Path,
) -> None:
    (tmp_path / "v.bib").write_text(TWO_ENDS, "utf-8")
    (tmp_path / "v.toml").write_text(TWO_RELATIONS, "utf-8")
    library = Library.load(["v.bib"], vocabulary=["v.toml"], root=tmp_path)
    work, dataset = library.papers.papers
    assert rows(paper_details(work, library)) == [("Datasets", "Set: README")]
    assert rows(paper_details(dataset, library)) == [
        ("Used by", "Work: README")
    ]


NOT_FOUND = """
@misc{old, title = {Old}, shorttitle = {Old}, year = 2020}
@misc{new, title = {New}, shorttitle = {New}, year = 2024}
@misc{work, title = {Work}, year = 2024, datasets = {gone, old, new},
  readfrom = {1 README https://a.example/}, basis = {datasets 1}}
"""


def test_relations_that_a_text_states_come_the_newest_first_and_what_is_unknown_last(
    tmp_path: Path,
) -> None:
    (tmp_path / "v.bib").write_text(NOT_FOUND, "utf-8")
    (tmp_path / "v.toml").write_text(TWO_RELATIONS, "utf-8")
    library = Library.load(["v.bib"], vocabulary=["v.toml"], root=tmp_path)
    work = library.papers.by_key["work"]
    assert rows(paper_details(work, library)) == [
        ("Datasets", "New: README / Old: README / gone: README")
    ]


VERSIONS = """
@inproceedings{one, title = {One}, year = 2024, origdate = {2023-09}, booktitle = {Proceedings}, venue = {Conf},
  eprint = {2310.12345}, eprinttype = {arxiv}, doi = {10.1000/1}}
@misc{one-early, title = {One}, year = 2023, eprint = {2310.12345}, eprinttype = {arxiv}}
@misc{alone, title = {Alone}, year = 2023, eprint = {cs/0112017}, eprinttype = {arxiv}}
@inproceedings{old, title = {Old}, year = 2002, booktitle = {Past}, eprint = {cs/0112018}, eprinttype = {arxiv}}
@article{listed, title = {Listed}, year = 2023, journal = {arXiv preprint arXiv:2311.00001}}
@inproceedings{printed, title = {Printed}, year = 2024, booktitle = {Proceedings}, doi = {10.1000/2}}
"""


def test_versions_of_one_work_stand_together(tmp_path: Path) -> None:
    (tmp_path / "v.bib").write_text(VERSIONS, "utf-8")
    library = Library.load(["v.bib"], root=tmp_path)
    found = {
        k: dict(rows(paper_details(p, library))).get("Versions")
        for k, p in library.papers.by_key.items()
    }
    assert found == {
        "one": "Preprint, 2023-10: arXiv / Published, Conf 2024: DOI / Also listed as One 2023a",
        "one-early": "Preprint, 2023-10: arXiv / Also listed as One 2023b",
        "alone": None,
        "old": "Preprint, 2001-12: arXiv / Published, Past 2002",
        "listed": None,
        "printed": None,
    }


def test_neighbours_follow_the_file(views: Views) -> None:
    papers = views.library.papers.by_key
    assert neighbours(papers["ada2020"], views.library) == ("", "bob2021")
    assert neighbours(papers["fox2024"], views.library) == ("eve2024", "")


# --- fingerprints

REQUESTS = {
    "table": PapersRequest(filters=("target:face",)),
    "list": PapersRequest(format="list", columns=("date",)),
    "cards": PapersRequest(format="cards", limit=1, sort="key"),
    "ticks": PapersRequest(columns=("key", "target:voice"), sort="file"),
    "groups": PapersRequest(columns=("key",), group_by="stage"),
    "benchmarks": PapersRequest(
        filters=("benchmark:*",),
        columns=("benchname", "figures"),
        catalogue="benchmark",
    ),
    "datasets": PapersRequest(
        collection="datasets", columns=("title", "usedby"), catalogue="dataset"
    ),
    "count": CountRequest(filter="target:voice"),
    "name": NameRequest(key="ada2020", part="name"),
    "label": LabelRequest(tag="stage:train/grad"),
    "terms": TermsRequest(subject="stage", depth=2, format="cards"),
    "term": TermRequest(tag="stage:train"),
    "page": PaperRequest(key="bob2021"),
    "keys": KeysRequest(),
    "bibtex": BibtexRequest(key="bob2021"),
}
EDITS = {
    "abstract": ("refs.bib", "One abstract.", "More.", ""),
    "title": (
        "refs.bib",
        "Alpha: First Things",
        "Alpha: Last Things",
        "table|list|cards|page",
    ),
    "short name": (
        "refs.bib",
        "= {Alpha}",
        "= {Alef}",
        "table|list|cards|name|datasets|page",
    ),
    "author": ("refs.bib", "Cid, Una", "Kid, Una", "table"),
    "own title": ("refs.bib", "Bravo Work", "Bravo Deed", "list|page|bibtex"),
    "new link": ("refs.bib", "example.org/bravo", "example.org/b", "page"),
    "voice gone": (
        "refs.bib",
        "target:voice, benchmark:image",
        "benchmark:image",
        "table|ticks|count|page",
    ),
    "stage gone": (
        "refs.bib",
        "stage:decode, target:face",
        "target:face",
        "table|list|groups|terms",
    ),
    "benchmark's name": ("refs.bib", "{CharlieBench}", "{C}", "benchmarks"),
    "benchmark's facts": (
        "refs.bib",
        "12 voices",
        "13 voices",
        "benchmarks|page",
    ),
    "key": ("refs.bib", "{fox2024", "{fox2025", "list|ticks|groups|keys"),
    "date": ("refs.bib", "month    = mar", "month    = nov", "list"),
    "dataset's user": ("data.bib", "ada2020, cid2022", "cid2022", "datasets"),
    "label of a child": (
        "words.toml",
        '"By gradient"',
        '"Gradient"',
        "groups|label|terms|term",
    ),
    "label of a target": (
        "words.toml",
        '"Voices"',
        '"Speech"',
        "table|ticks|page",
    ),
    "label of a field": (
        "words.toml",
        '"Figures"',
        '"Numbers"',
        "benchmarks|page",
    ),
    "label of a fact": ("words.toml", '"Acts on"', '"Changes"', "term"),
    "name of rows": (
        "words.toml",
        'plural = "benchmarks"',
        'plural = "tests"',
        "benchmarks",
    ),
    "verb": ("words.toml", '"forgets"', '"drops"', "table|cards"),
    "highlight": ("words.toml", '"With code"', '"Code"', "term"),
}
"""What is edited, from what to what, and the requests above that then show something else."""


@pytest.mark.parametrize("name", EDITS)
def test_a_fingerprint_changes_with_what_is_shown_and_only_then(
    name: str, views: Views, tmp_path: Path
) -> None:
    file, old, new, changed = EDITS[name]
    for path in [*SURVEY.glob("*.bib"), SURVEY / "words.toml"]:
        shutil.copy(path, tmp_path)
    text = (tmp_path / file).read_text("utf-8")
    assert text.count(old) == 1
    (tmp_path / file).write_text(text.replace(old, new), "utf-8")
    edited = load(tmp_path)
    differ = {
        n
        for n, r in REQUESTS.items()
        if edited.of(r).fingerprint != views.of(r).fingerprint
    }
    assert differ == set(filter(None, changed.split("|")))


def test_requests_that_differ_have_fingerprints_that_differ(
    views: Views,
) -> None:
    base = PapersRequest(filters=("target:face",))
    variants = [
        base,
        *(
            base._replace(**{name: value})
            for name, value in {
                "filters": ("kind:method",),
                "columns": ("date",),
                "sort": "title",
                "group_by": "year",
                "limit": 1,
                "format": "list",
                "caption": "Some",
                "collection": "datasets",
            }.items()
        ),
    ]
    assert len({views.of(r).fingerprint for r in variants}) == len(variants)


def test_a_fingerprint_is_the_same_in_every_process_and_each_view_is_made_once(
    views: Views,
) -> None:
    again = load(SURVEY)
    assert all(
        again.of(r).fingerprint == views.of(r).fingerprint
        for r in REQUESTS.values()
    )
    assert all(
        re.fullmatch(r"[0-9a-f]{24}", views.of(r).fingerprint)
        for r in REQUESTS.values()
    )
    assert views.of(REQUESTS["table"]) is views.of(REQUESTS["table"])
