"""The library: entries and vocabulary joined, the sets that filters ask for, and what is wrong with
the files.
"""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_mmu.filters.evaluate import select
from sphinx_mmu.filters.syntax import Range
from sphinx_mmu.library.collection import (
    Collection,
    bits,
    positions,
    with_parents,
)
from sphinx_mmu.library.library import Library, letter_suffix, term_papers
from sphinx_mmu.library.neighbours import Neighbour
from sphinx_mmu.library.relations import Reason, keys_in
from sphinx_mmu.problems import Code

SURVEY = Path(__file__).parent / "roots" / "survey"


@pytest.fixture(scope="module")
def survey() -> Library:
    library = Library.load(
        ["refs.bib"],
        datasets=["data.bib"],
        background=["old.bib"],
        vocabulary=["words.toml"],
        root=SURVEY,
    )
    assert library.problems == ()
    return library


def load(folder: Path, bib: str, words: str = "", **more: str) -> Library:
    """A library of files with these texts; ``more`` are datasets and background."""
    for name, text in {
        "refs.bib": bib,
        "words.toml": words,
        **{f"{n}.bib": t for n, t in more.items()},
    }.items():
        (folder / name).write_text(text, "utf-8")
    kinds = {name: [f"{name}.bib"] for name in more}
    return Library.load(
        ["refs.bib"],
        **kinds,
        vocabulary=["words.toml"] if words else (),
        root=folder,
    )


def entry(key: str, **fields: str) -> str:
    """An entry of one field a line, the first in line 2 of it."""
    given = {"title": key.title(), "author": "Ada, N.", "year": "2020"} | fields
    return (
        f"@misc{{{key},\n"
        + ",\n".join(f"  {n} = {{{v}}}" for n, v in given.items() if v)
        + "\n}\n"
    )


def related(library: Library, key: str) -> tuple[Neighbour, ...]:
    """The relatives of a paper."""
    return library.neighbours.of(library.papers.by_key[key])


def found(collection: Collection, answer: int | None) -> list[str]:
    """The keys of a set."""
    assert answer is not None
    return [collection.papers[i].key for i in positions(answer)]


# --- sets


@given(st.sets(st.integers(0, 3000)))
def test_a_set_is_an_integer_and_back(wanted: set[int]) -> None:
    assert list(positions(bits(wanted))) == sorted(wanted)
    assert bits(wanted) == sum(1 << i for i in wanted)


def test_letters_count_like_columns_of_a_sheet() -> None:
    assert [
        letter_suffix(n) for n in (0, 1, 25, 26, 51, 52, 701, 702)
    ] == "a b z aa az ba zz aaa".split()


def test_a_value_holds_for_its_children(survey: Library) -> None:
    papers = survey.papers
    assert found(papers, papers.tagged("stage", "train")) == [
        "ada2020",
        "bob2021",
        "eve2024",
    ]
    assert found(papers, papers.tagged("stage", "train/grad")) == [
        "ada2020",
        "eve2024",
    ]
    assert with_parents("a/b/c") == ("a", "a/b", "a/b/c")


@pytest.mark.parametrize(
    "value", ["train/grad", "TRAIN/Grad", "gradient", "Gradient"]
)
def test_aliases_and_capitals_are_understood(
    value: str, survey: Library
) -> None:
    assert found(survey.papers, survey.papers.tagged("stage", value)) == [
        "ada2020",
        "eve2024",
    ]


@pytest.mark.parametrize(
    ("facet", "value", "keys"),
    [
        ("year", "2024", "eve2024 fox2024"),
        ("year", "2022", "cid2022 dan2023"),
        ("type", "article", "bob2021"),
        ("venue", "JoB", "bob2021"),
        ("venue", "job", "bob2021"),
        ("venue", "Journal of Bravery", "bob2021"),
        ("author", "Tim Bob", "bob2021 cid2022"),
        ("key", "fox2024", "fox2024"),
        ("keyword", "plain words", "dan2023"),
        ("has", "code", "bob2021"),
        ("has", "arxiv", "cid2022 eve2024"),
        ("has", "abstract", "ada2020 eve2024"),
        ("has", "openreview", ""),
        ("year", "1888", ""),
    ],
)
def test_facets_that_follow_from_fields(
    facet: str, value: str, keys: str, survey: Library
) -> None:
    assert (
        found(survey.papers, survey.papers.tagged(facet, value)) == keys.split()
    )


@pytest.mark.parametrize(
    ("facet", "value"),
    [
        ("stage", "trian"),
        ("stag", "train"),
        ("venue", "JoC"),
        ("year", "soon"),
        ("has", "cod"),
    ],
)
def test_what_does_not_exist_is_no_empty_set(
    facet: str, value: str, survey: Library
) -> None:
    assert survey.papers.tagged(facet, value) is None


def test_any_value_of_a_facet(survey: Library) -> None:
    papers = survey.papers
    assert found(papers, papers.any("stage")) == [
        "ada2020",
        "bob2021",
        "cid2022",
        "eve2024",
    ]
    assert found(papers, papers.any("nothing")) == []
    assert found(papers, papers.everything) == list(papers.by_key)
    assert len(papers) == 6


@pytest.mark.parametrize(
    ("needle", "field", "prefix", "keys"),
    [
        ("echo", None, False, "eve2024"),
        ("ALPHA", None, False, "ada2020"),
        ("bravery", None, False, "bob2021"),
        ("abstract", None, False, "ada2020 eve2024"),
        ("cho", None, False, "eve2024"),
        ("cho", None, True, ""),
        ("ech", None, True, "eve2024"),
        ("olaf", "author", False, "cid2022 dan2023"),
        ("olaf", "title", False, ""),
        ("alpha", "short", False, "ada2020"),
        ("tasks", "figures", False, "bob2021"),
        ("& the <river>: which 50%", None, False, "dan2023"),
    ],
)
def test_text_is_found_folded(
    needle: str,
    field: str | None,
    prefix: bool,
    keys: str,
    survey: Library,
) -> None:
    assert (
        found(survey.papers, survey.papers.text(needle, field, prefix))
        == keys.split()
    )


@pytest.mark.parametrize(
    ("low", "high", "low_closed", "high_closed", "keys"),
    [
        ("2021", "2022", True, True, "bob2021 cid2022 dan2023"),
        ("2021", "2022", False, True, "cid2022 dan2023"),
        ("2021", "2022", True, False, "bob2021"),
        ("2022-11", None, True, True, "dan2023 eve2024 fox2024"),
        ("2022-11", None, False, True, "eve2024 fox2024"),
        (None, "2022-10", True, True, "ada2020 bob2021 cid2022"),
        ("2024-03", "2024-03", True, True, "eve2024"),
        (
            None,
            None,
            True,
            True,
            "ada2020 bob2021 cid2022 dan2023 eve2024 fox2024",
        ),
    ],
)
def test_dates_between_bounds(
    low: str | None,
    high: str | None,
    low_closed: bool,
    high_closed: bool,
    keys: str,
    survey: Library,
) -> None:
    assert (
        found(
            survey.papers,
            survey.papers.dates(
                Range("date", low, high, low_closed, high_closed)
            ),
        )
        == keys.split()
    )


def test_facets_and_values_list_the_vocabulary_and_what_is_used(
    survey: Library,
) -> None:
    assert {
        "stage",
        "target",
        "year",
        "author",
        "keyword",
        "has",
        "venue",
    } <= set(survey.papers.facets())
    assert list(survey.papers.values("stage")) == [
        "train",
        "train/grad",
        "train/mask",
        "decode",
    ]
    assert list(survey.papers.values("nothing")) == []
    assert (
        term_papers(survey, survey.vocabulary.terms["stage:train"]).bit_count()
        == 3
    )


# --- names


def test_an_entry_is_called_by_its_short_name_or_its_authors(
    survey: Library,
) -> None:
    assert survey.labels["ada2020"] == "Alpha"
    assert survey.labels["bob2021"] == "Bob and Ada 2021"
    assert survey.labels["faces"] == "Faces in the Wild"
    assert survey.labels["old1999"] == "Old 1999"


def test_labels_that_repeat_get_letters_by_date(tmp_path: Path) -> None:
    three = [
        entry("c", origdate="2020-07"),
        entry("b", origdate="2020-02"),
        entry("a", origdate="2020-07"),
    ]
    three_names = entry("e", author="Ada, N. and Bob, T. and Cid, U.")
    named = [
        entry("d", shorttitle="Ada 2020"),
        three_names,
        entry("f", year=""),
    ]
    library = load(tmp_path, "".join([*three, *named]))
    assert dict(library.labels) == {
        "b": "Ada 2020a",
        "a": "Ada 2020b",
        "c": "Ada 2020c",
        "d": "Ada 2020",
        "e": "Ada et al. 2020",
        "f": "Ada",
    }


def test_labels_of_terms_and_fields(survey: Library) -> None:
    assert survey.term_label("stage", "train") == "Training"
    assert survey.term_label("stage", "decode") == "Decoding time"
    assert survey.term_label("stage", "a/new-one") == "New one"
    assert survey.term_label("year", "2024") == "2024"
    assert survey.field_label("figures") == "Figures"
    assert survey.field_label("other_field") == "Other field"


def test_an_entry_of_any_kind_is_found(survey: Library) -> None:
    assert [
        bool(survey.find(key))
        for key in ("ada2020", "faces", "old1999", "none")
    ] == [
        True,
        True,
        True,
        False,
    ]
    assert survey.collection("papers") is survey.papers
    assert survey.collection("datasets") is survey.datasets


# --- relations and relatives


def test_relations_lead_both_ways(survey: Library) -> None:
    assert keys_in(survey.datasets.by_key["faces"], "usedby") == (
        "ada2020",
        "cid2022",
    )
    assert survey.relations.back["usedby"]["cid2022"] == {"faces": ()}
    assert survey.relations.back["datasets"]["faces"] == {"bob2021": ()}


RELATED = """\
[facet.topic]
[term."topic:rare"]
[facet.cost]
relates = false
[term."cost:time"]
[relation.uses]
label = "Uses"
inverse = "Used by"
[relation.compares]
label = "Compares with"
inverse = "Compared in"
results = true
[metric.asr]
[benchmark.b]
label = "Bench"
[source.board]
label = "Board"
"""


def related_library(
    folder: Path, results: str, words: str = RELATED
) -> Library:
    """Four papers: x uses y and z, as two texts say, y shares a topic with z."""
    read = "1 README https://a.example/; 2 abstract https://b.example/"
    x = entry(
        "x",
        uses="y, z",
        readfrom=read,
        basis="uses 1; uses/z 1 2",
        keywords="cost:time",
    )
    rest = (
        entry("y", keywords="topic:rare"),
        entry("z", keywords="topic:rare"),
        entry("w"),
    )
    (folder / "refs.bib").write_text(x + "".join(rest), "utf-8")
    (folder / "words.toml").write_text(words, "utf-8")
    heads = "work,benchmark,metric,value,measured_by,source\n"
    (folder / "results.csv").write_text(heads + results, "utf-8")
    return Library.load(
        ["refs.bib"],
        vocabulary=["words.toml"],
        results=["results.csv"],
        root=folder,
    )


def test_a_relation_has_the_texts_that_its_value_was_read_from(
    tmp_path: Path,
) -> None:
    library = related_library(tmp_path, "")
    assert library.problems == ()
    readme, abstract = (
        Reason("README", "https://a.example/"),
        Reason("abstract", "https://b.example/"),
    )
    assert library.relations.forth["uses"]["x"] == {
        "y": (readme,),
        "z": (readme, abstract),
    }
    assert library.relations.back["uses"]["z"] == {"x": (readme, abstract)}


def test_who_measured_another_work_compares_with_it(tmp_path: Path) -> None:
    lines = (
        "y,b,asr,1,x,https://r.example/",  # measured by another work
        "y,x,asr,2,x,https://r.example/",  # the same source, another benchmark
        "y,b,asr,3,y,",  # its own
        "z,b,asr,4,authors,",
        "z,b,asr,5,board,",  # no entry
    )
    library = related_library(tmp_path, "\n".join(lines))
    assert library.problems == ()
    reason = Reason("", "https://r.example/", ("b", "x"))
    assert library.relations.forth["compares"] == {"x": {"y": (reason,)}}
    assert library.relations.back["compares"] == {"y": {"x": (reason,)}}
    assert "x" not in library.relations.back["uses"]


TESTED = f"""\
{RELATED}
[relation.tests]
label = "Tested with"
inverse = "Used to test"
tested = true
[facet.against]
relation = "tests"
of = "topic:rare"
[metric.attacked]
entry = "z"
[benchmark.of-w]
entry = "w"
"""


def test_what_has_results_under_the_name_of_an_entry_was_tested_with_it(
    tmp_path: Path,
) -> None:
    lines = (
        "x,b,attacked,1,,https://r.example/",
        "z,b,attacked,2,,",  # by itself
        "y,of-w,asr,3,,",
        "w,y,asr,4,,",  # a benchmark that is an entry
    )
    library = related_library(tmp_path, "\n".join(lines), TESTED)
    assert library.problems == ()
    assert library.relations.forth["tests"] == {
        "x": {"z": (Reason("", "https://r.example/", ("b",)),)},
        "y": {"w": (Reason("", "", ("of-w",)),)},
        "w": {"y": (Reason("", "", ("y",)),)},
    }
    assert library.benchmarks_of("w") == ("of-w",)
    assert library.benchmarks_of("y") == ("y",)
    assert library.vocabulary.benchmark_entry("of-w") == "w"


@pytest.mark.parametrize("key", ['entry = "y"', 'label = "Y"'])
def test_a_benchmark_that_is_an_entry_may_be_declared(
    key: str, tmp_path: Path
) -> None:
    words = f"{TESTED}[benchmark.y]\n{key}\n"
    library = related_library(tmp_path, "w,y,asr,4,,", words)
    assert library.problems == ()
    assert library.benchmarks_of("y") == ("y",)
    assert library.relations.forth["tests"] == {
        "w": {"y": (Reason("", "", ("y",)),)}
    }


def test_a_facet_of_a_relation_has_the_names_of_entries_that_match(
    tmp_path: Path,
) -> None:
    lines = "x,b,attacked,1,,\ny,of-w,asr,3,,\nw,y,asr,4,,"
    library = related_library(tmp_path, lines, TESTED)
    found = {p.key: p.tags.get("against") for p in library.papers.papers}
    names = {key: (library.labels[key],) for key in "yz"}
    assert found == {"x": names["z"], "y": None, "z": None, "w": names["y"]}
    label = library.labels["z"]
    assert (
        library.papers.tagged("against", label)
        == 1 << library.papers.position["x"]
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'entry = "z"',
            'entry = "zz"',
            "'entry' of [metric.attacked] names 'zz'",
        ),
        ('of = "topic:rare"', 'of = "topc:rare"', "'of' of facet 'against': "),
        (
            'relation = "tests"',
            'relation = "test"',
            "names 'test', which is not",
        ),
    ],
)
def test_names_that_lead_nowhere_are_reported(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    library = related_library(tmp_path, "", TESTED.replace(old, new))
    (problem,) = library.problems
    assert message in problem.message
    assert problem.file.endswith(".toml")
    assert problem.line


def test_relations_make_relatives_and_say_so(tmp_path: Path) -> None:
    library = related_library(tmp_path, "w,b,asr,1,y,")
    relatives = {
        n.paper.key: (n.shared, n.relation) for n in related(library, "y")
    }
    assert relatives == {
        "z": (("topic:rare",), ""),
        "x": ((), "Used by"),
        "w": ((), "Compares with"),
    }
    # A work with fewer relations weighs more.
    assert list(relatives) == ["w", "x", "z"]
    assert [n.paper.key for n in related(library, "w")] == ["y"]


def test_relatives_share_rare_tags_first(survey: Library) -> None:
    relatives = {
        n.paper.key: n.shared
        for n in survey.neighbours.of(survey.papers.by_key["ada2020"])
    }
    assert list(relatives) == ["eve2024", "bob2021", "cid2022", "dan2023"]
    assert relatives["eve2024"] == ("stage:train/grad",)
    assert relatives["cid2022"] == ("kind:method", "target:face")
    assert survey.neighbours.of(survey.papers.by_key["fox2024"]) == ()


def test_a_tag_that_all_have_relates_nobody(tmp_path: Path) -> None:
    library = load(
        tmp_path, "".join(entry(k, keywords="topic:a") for k in "xyz")
    )
    assert library.neighbours.of(library.papers.by_key["x"]) == ()


def test_a_facet_may_be_called_as_a_derived_one(tmp_path: Path) -> None:
    (tmp_path / "words.toml").write_text(
        '[facet.has]\n[term."has:legs"]\n', "utf-8"
    )
    (tmp_path / "x.bib").write_text(entry("x", keywords="has:legs"), "utf-8")
    library = Library.load(["x.bib"], vocabulary=["words.toml"], root=tmp_path)
    assert found(library.papers, library.papers.tagged("has", "legs")) == ["x"]
    assert found(library.papers, library.papers.tagged("has", "title")) == ["x"]
    assert library.papers.tagged("has", "code") == 0


def test_only_the_nearest_relatives_are_named(tmp_path: Path) -> None:
    alike = "".join(entry(k, keywords="topic:a") for k in "abcdefgh")
    library = load(tmp_path, alike + entry("x", keywords="topic:b"))
    assert [n.paper.key for n in related(library, "c")] == list("abdef")


# --- without a vocabulary, and with one


def test_without_a_vocabulary_the_tags_make_the_facets(tmp_path: Path) -> None:
    library = load(
        tmp_path,
        entry("x", keywords="topic:deep/er, plain")
        + entry("y", keywords="other-thing:z"),
    )
    assert library.problems == ()
    assert {name: f.label for name, f in library.facets.items()} == {
        "topic": "Topic",
        "other-thing": "Other thing",
    }
    assert found(library.papers, library.papers.tagged("topic", "deep")) == [
        "x"
    ]


WORDS = """\
[facet.topic]
single = true
[term."topic:deep"]
aliases = ["depth"]
[term."topic:high"]
[facet.free]
[facet.source]
field = "tagsource"
[term."source:one-reading"]
[relation.uses]
label = "Uses"
"""


def test_tags_become_those_of_the_vocabulary(tmp_path: Path) -> None:
    text = entry(
        "x",
        tagsource="One-Reading",
        keywords="topic:Depth, topic:DEEP, free:Any-Thing",
    )
    library = load(tmp_path, text, WORDS)
    assert library.problems == ()
    tags = library.papers.by_key["x"].tags
    assert tags == {
        "topic": ("deep",),
        "free": ("Any-Thing",),
        "source": ("one-reading",),
    }


def problems(library: Library) -> list[tuple[Code, str, str, str]]:
    return [(p.code, p.location, p.key, p.hint) for p in library.problems]


def test_an_unknown_value_is_left_out_and_told_at_its_own_line(
    tmp_path: Path,
) -> None:
    library = load(
        tmp_path, entry("x", keywords="topic:deep,\n    topic:hihg"), WORDS
    )
    assert problems(library) == [
        (Code.UNKNOWN_TAG, "refs.bib:6", "x", "did you mean 'high'?")
    ]
    assert library.papers.by_key["x"].tags == {"topic": ("deep",)}


def test_an_unknown_tag_in_many_places_is_one_problem_after_its_cause(
    tmp_path: Path,
) -> None:
    every = "".join(entry(f"x{n}", keywords=f"gone:v{n}") for n in range(20))
    few = "".join(entry(f"y{n}", keywords="lost:a") for n in range(3))
    library = load(tmp_path, every + few, f"{WORDS}\n[facte.gone]\n")
    found = [(p.code, p.key) for p in library.problems]
    assert found == [
        (Code.VOCABULARY, "facte"),
        (Code.UNKNOWN_TAG, "x0"),
        *((Code.UNKNOWN_TAG, f"y{n}") for n in range(3)),
    ]
    assert library.problems[1].message == (
        "there is no facet 'gone' (tag gone:v0), and in 19 other places"
    )


def test_an_unknown_facet_is_told_with_the_nearest(tmp_path: Path) -> None:
    library = load(tmp_path, entry("x", keywords="tpoic:deep"), WORDS)
    assert problems(library) == [
        (Code.UNKNOWN_TAG, "refs.bib:5", "x", "did you mean 'topic'?")
    ]


@pytest.mark.parametrize(
    "word", ["topic: deep", "topic :deep", "topic=deep", "topic = deep"]
)
def test_a_keyword_that_is_nearly_a_tag_is_told_with_what_to_write(
    word: str, tmp_path: Path
) -> None:
    text = entry("x", keywords=f"see: this, topic = /x, plain,\n  {word}")
    assert problems(load(tmp_path, text, WORDS)) == [
        (Code.UNKNOWN_TAG, "refs.bib:6", "x", "write topic:deep")
    ]
    assert load(tmp_path, text).problems == ()


@pytest.mark.parametrize(
    ("field", "lacks", "hint"),
    [
        ("authors", "author", "did you mean 'author'?"),
        ("keyword", "", "did you mean 'keywords'?"),
        ("boktitle", "", "did you mean 'booktitle'?"),
        ("benchtsak", "", "did you mean 'benchtask'?"),
        ("authors", "", ""),
        ("file", "", ""),
        ("journals", "", "did you mean 'journal'?"),
        ("codes", "", ""),
        ("dataa", "", "did you mean 'data'?"),
        ("ulr", "", "did you mean 'url'?"),
        ("mode", "", ""),
        ("monht", "", "did you mean 'month'?"),
        ("eprintype", "", "did you mean 'eprinttype'?"),
        ("tilte", "title", "did you mean 'title'?"),
        ("yaer", "year", "did you mean 'year'?"),
        ("basiss", "", "did you mean 'basis'?"),
        ("readform", "", "did you mean 'readfrom'?"),
    ],
)
def test_a_field_that_is_nearly_one_that_the_entry_lacks_is_told(
    field: str, lacks: str, hint: str, tmp_path: Path
) -> None:
    given = {field: "Words", **({lacks: ""} if lacks else {})}
    library = load(
        tmp_path, entry("one", **given), '[field.benchtask]\nlabel = "Task"\n'
    )
    found = [(p.code, p.line, p.hint) for p in library.problems]
    line = 4 if lacks else 5
    assert found == ([(Code.MISSPELT_FIELD, line, hint)] if hint else [])


def test_a_misspelt_field_explains_that_its_sources_have_none(
    tmp_path: Path,
) -> None:
    sources = {"readfrom": "1 abstract https://a.org", "basis": "summary 1"}
    library = load(tmp_path, entry("one", sumary="Words.", **sources))
    (problem,) = library.problems
    assert problem.code is Code.MISSPELT_FIELD
    assert problem.hint == "did you mean 'summary'?"


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("inproceedigs", "did you mean 'inproceedings'?"),
        ("msic", "did you mean 'misc'?"),
        ("misc", ""),
        ("report", ""),
        ("podcast", ""),
    ],
)
def test_a_type_that_is_nearly_a_usual_one_is_told(
    kind: str, hint: str, tmp_path: Path
) -> None:
    text = entry("one").replace("@misc", f"@{kind}")
    found = [(p.code, p.line, p.hint) for p in load(tmp_path, text).problems]
    assert found == ([(Code.MISSPELT_FIELD, 1, hint)] if hint else [])


def test_an_unknown_value_of_a_field_is_told_at_the_field(
    tmp_path: Path,
) -> None:
    library = load(
        tmp_path, entry("x", keywords="free:two", tagsource="two"), WORDS
    )
    assert [(code, place) for code, place, _, _ in problems(library)] == [
        (Code.UNKNOWN_TAG, "refs.bib:6")
    ]


def test_several_values_of_a_single_facet_are_kept_and_told(
    tmp_path: Path,
) -> None:
    library = load(
        tmp_path,
        entry("x", keywords="free:a,\n  topic:deep, topic:high"),
        WORDS,
    )
    assert problems(library) == [(Code.REPEATED_TAG, "refs.bib:6", "x", "")]
    assert library.papers.by_key["x"].tags["topic"] == ("deep", "high")


def test_a_dangling_key_is_told_at_the_line_that_names_it(
    tmp_path: Path,
) -> None:
    library = load(
        tmp_path,
        entry("x", uses="back1,\n  back3"),
        WORDS,
        background=entry("back1") + entry("b2"),
    )
    assert problems(library) == [
        (Code.DANGLING_KEY, "refs.bib:6", "x", "did you mean 'back1'?")
    ]


def test_keys_of_a_file_that_is_missing_are_one_problem(tmp_path: Path) -> None:
    def words(several: int) -> str:
        lost = ", ".join(f'"lost{n}"' for n in range(several))
        return f'{WORDS}\n[term."topic:many"]\ncites = [{lost}]\n'

    few = load(tmp_path, entry("x"), words(20)).problems
    assert [p.code for p in few] == [Code.DANGLING_KEY] * 20
    (problem,) = load(tmp_path, entry("x"), words(21)).problems
    assert "'lost0', which is not an entry" in problem.message
    assert problem.message.endswith(
        "and 20 more keys of the vocabulary are none either"
    )
    assert problem.hint == "name the .bib file that has them in conf.py"


def test_a_key_counts_once_over_all_files(tmp_path: Path) -> None:
    library = load(
        tmp_path,
        entry("x", title="One") + "\n" + entry("x", title="Two"),
        datasets=entry("x", title="3"),
    )
    assert problems(library) == [
        (Code.DUPLICATE_KEY, "datasets.bib:1", "x", ""),
        (Code.DUPLICATE_KEY, "refs.bib:7", "x", ""),
    ]
    assert all("first in refs.bib:1" in p.message for p in library.problems)
    assert [p.title for p in library.papers.papers] == ["One"]
    assert len(library.datasets) == 0


def test_problems_come_in_the_order_of_files_and_lines_but_causes_first(
    tmp_path: Path,
) -> None:
    bib = (
        entry("x", year="soon")
        + entry("y", title="", url="ftp://y")
        + "@misc{z,\n  title = {Open\n"
    )
    library = load(tmp_path, bib, WORDS + "[facets.a]\n")
    first, *places = [(p.file, p.line) for p in library.problems]
    assert first[0].endswith(".toml")
    assert places == sorted(places)
    assert {p.code for p in library.problems} == {
        Code.BAD_DATE,
        Code.MISSING_TITLE,
        Code.BAD_URL,
        Code.BIB_SYNTAX,
        Code.MISSING_YEAR,
        Code.VOCABULARY,
    }
    assert list(library.papers.by_key) == ["x", "y", "z"]


def test_missing_files_are_told_and_the_others_read(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text(entry("x"), "utf-8")
    library = Library.load(
        ["absent.bib", "refs.bib"],
        datasets=["gone.bib"],
        vocabulary=["no.toml"],
        root=tmp_path,
    )
    assert sorted(p.file for p in library.problems) == [
        "absent.bib",
        "gone.bib",
        "no.toml",
    ]
    assert {p.code for p in library.problems} == {Code.MISSING_FILE}
    assert len(library.papers) == 1


def test_an_empty_library_answers(tmp_path: Path) -> None:
    empty = Library()
    assert (len(empty.papers), empty.papers.everything, list(empty.facets)) == (
        0,
        0,
        [],
    )
    assert empty.papers.tagged("stage", "x") is None
    assert list(positions(empty.papers.dates(Range("date", None, None)))) == []
    assert not any(_sets(load(tmp_path, "")))


def _sets(library: Library) -> Iterable[int]:
    return (library.papers.any(facet) for facet in library.papers.facets())


def test_a_filter_takes_the_long_label_of_a_term_with_a_short_one(
    tmp_path: Path,
) -> None:
    words = (
        f'{WORDS}\n[term."topic:long"]\nlabel = "A long name"\nshort = "Long"\n'
    )
    library = load(tmp_path, entry("x", keywords="topic:long"), words)
    for name in ("long", "Long", "A long name"):
        found, problems = select((f'topic:"{name}"',), library.papers)
        assert (found, problems) == (1, ())
