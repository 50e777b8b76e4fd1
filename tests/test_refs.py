"""The real database: its counts, its form, and that all it names exists.

Counts are those of the first version of the data. A work added later carries `added` and is not
counted, but must keep every rule.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise
from pathlib import Path

import pytest
from math_core import LatexError, LatexToMathML
from support import real_library

from sphinx_mmu.bib import fields, reader, writer
from sphinx_mmu.bib.reader import RawEntry
from sphinx_mmu.library.collection import positions
from sphinx_mmu.vocabulary.reader import read_vocabulary
from sphinx_mmu.vocabulary.vocabulary import Term

pytestmark = pytest.mark.site

REFS = Path(__file__).parents[1] / "refs"
BIBS = ("papers", "since", "compared", "background", "datasets")
MOVED = """gandikota2023erasing gandikota2024unified lu2024mace schramowski2023safe jia2023model
wu2025medforget rusanovsky2025memories wang2025precise xu2025videoeraser""".split()
"""Works that the survey cites besides, and that have a record now."""
TOMLS = ("taxonomy", "survey", "evaluation", "cards", "results")
CORRECTED = "han2025adaptive"
"""Adaptive Median Smoothing: the original list has 2024-01, a slip for 2025-01. It keeps its place
there.
"""
CITED_TOGETHER = (
    "fan2023salun",
    "li2025loreun",
    "dang2025diffzoo",
    "cywinski2025saeuron",
    "wang2025muc",
    "spartalis2025unleashing",
)
COSTS = tuple(
    f"compute-environment/{name}"
    for name in ("wall-clock-time", "peak-memory", "flops")
)
"""App. B.6 cites these six works for these three metrics together, and does not say which of them
reports what. They have none of the three tags.
"""

ENTRIES = {
    name: reader.read(REFS / f"{name}.bib", f"{name}.bib")[0] for name in BIBS
}
assert all(ENTRIES.values()), "tests loop over the entries of each file"
VOCABULARY = read_vocabulary(
    [(REFS / f"{name}.toml", f"{name}.toml") for name in TOMLS]
)[0]
TERMS = list(VOCABULARY.terms.values())


def text(entry: RawEntry, name: str) -> str:
    return entry.value(name)


def items(entry: RawEntry, name: str, separator: str = ",") -> list[str]:
    return [
        item.strip()
        for item in text(entry, name).split(separator)
        if item.strip()
    ]


def values(entry: RawEntry, facet: str) -> list[str]:
    return [
        tag.removeprefix(f"{facet}:")
        for tag in items(entry, "keywords")
        if tag.startswith(f"{facet}:")
    ]


def with_tag(
    tag: str, entries: tuple[RawEntry, ...] = ENTRIES["papers"]
) -> list[RawEntry]:
    return [
        e
        for e in entries
        if any(
            t == tag or t.startswith(f"{tag}/") for t in items(e, "keywords")
        )
    ]


def first_version(entries: list[RawEntry]) -> list[RawEntry]:
    return [e for e in entries if "added" not in e.fields]


def every_entry() -> Iterator[RawEntry]:
    for entries in ENTRIES.values():
        yield from entries


def of(facet: str, depth: int) -> list[Term]:
    found = [t for t in VOCABULARY.facets[facet].terms if t.depth == depth]
    assert found
    return found


# --- the files


def test_the_database_loads_without_a_problem() -> None:
    assert [p.text for p in real_library().problems] == []


def test_attacks_that_cards_print_are_values_of_the_facet() -> None:
    library = real_library()
    found = library.papers.tagged("kind", "attack") or 0
    names = {
        library.labels[library.papers.papers[i].key] for i in positions(found)
    }
    checked = 0
    for paper in library.papers.papers:
        printed = re.split(r"[;,()]", paper.fields.get("testedagainst", ""))
        named = {
            part.strip().removesuffix(" prompts") for part in printed
        } & names
        assert named - {paper.short} <= {*paper.tags.get("attack", ())}, (
            paper.key
        )
        checked += len(named)
    assert checked


@pytest.mark.parametrize("name", BIBS)
def test_a_file_is_in_canonical_form(name: str) -> None:
    written = (REFS / f"{name}.bib").read_text("utf-8")
    assert written == "\n".join(
        writer.canonical(entry).rstrip("\n") + "\n" for entry in ENTRIES[name]
    )


def test_keys_differ_in_more_than_capitals_over_all_files() -> None:
    repeated = {
        k: n
        for k, n in Counter(e.key.casefold() for e in every_entry()).items()
        if n > 1
    }
    assert repeated == {}


def test_keys_follow_one_scheme() -> None:
    works = [e.key for name in ("papers", "background") for e in ENTRIES[name]]
    assert [
        k for k in works if not re.fullmatch(r"[a-z]+\d{4}[a-z0-9]+", k)
    ] == []
    assert [
        e.key
        for e in ENTRIES["datasets"]
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", e.key)
    ] == []


def test_unicode_is_used_where_latex_has_a_command_for_it() -> None:
    found = {
        e.key: f.value
        for e in every_entry()
        for f in e.fields.values()
        if re.search(r"\\[^&%_#]|~", f.value)
    }
    assert found == {}


def test_braces_balance_and_blanks_are_single() -> None:
    for entry in every_entry():
        for field in entry.fields.values():
            assert field.value.count("{") == field.value.count("}"), entry.key
            assert field.value == " ".join(field.value.split()), entry.key


def test_a_venue_has_one_full_name_but_for_the_year() -> None:
    named: dict[str, set[str]] = {}
    for entry in every_entry():
        place = text(entry, "booktitle") or text(entry, "journal")
        if place and "Workshop" not in text(entry, "venue"):
            named.setdefault(text(entry, "venue") or place, set()).add(
                re.sub(r"\b(?:20\d\d|\d+(?:st|nd|rd|th))\b", "", place)
            )
    assert {
        venue: names for venue, names in named.items() if len(names) > 1
    } == {}


@pytest.mark.parametrize(
    "venue", ["AAAI", "CVPR", "ECCV", "ICCV", "ICLR", "ICML", "NeurIPS", "WACV"]
)
def test_a_full_name_is_no_abbreviation(venue: str) -> None:
    assert [e.key for e in every_entry() if text(e, "booktitle") == venue] == []


# --- counts of the first version


def test_118_works_are_111_curated_6_related_surveys_and_this_one() -> None:
    counts = {
        v: len(first_version(with_tag(f"list:{v}")))
        for v in ("vlm", "dm", "related", "self")
    }
    assert counts == {"vlm": 55, "dm": 56, "related": 6, "self": 1}
    assert len(first_version(list(ENTRIES["papers"]))) == 118
    assert [
        e.key for e in ENTRIES["papers"] if len(values(e, "list")) != 1
    ] == []


def test_works_per_year_are_those_of_the_original_lists_but_for_one_correction() -> (
    None
):
    def years(tag: str) -> dict[str, int]:
        return dict(
            Counter(
                text(e, "origdate")[:4] for e in first_version(with_tag(tag))
            )
        )

    assert years("list:vlm") == {"2022": 2, "2023": 5, "2024": 22, "2025": 26}
    diffusion = Counter({"2022": 1, "2023": 6, "2024": 32, "2025": 17})
    diffusion["2024"] -= 1  # CORRECTED
    diffusion["2025"] += 1
    assert years("list:dm") == dict(diffusion)


def test_14_benchmarks_are_in_three_categories_with_all_columns() -> None:
    counts = Counter(
        v
        for e in first_version(list(ENTRIES["papers"]))
        for v in values(e, "benchmark")
    )
    assert counts == {
        "unified": 4,
        "identity-privacy": 3,
        "content-knowledge": 7,
    }
    columns = VOCABULARY.catalogues["benchmark"].columns
    for entry in ENTRIES["papers"]:
        assert {name for name in columns if name in entry.fields} in (
            set(),
            set(columns),
        ), entry.key
        assert bool(values(entry, "benchmark")) == (
            "benchname" in entry.fields
        ), entry.key


def test_figure_2_places_44_methods_in_12_pathways_of_5_stages() -> None:
    assert (len(of("stage", 1)), len(of("stage", 2))) == (5, 12)
    placed = Counter(
        values(e, "stage")[0]
        for e in ENTRIES["papers"]
        if "figure2name" in e.fields
    )
    assert [placed[t.value] for t in of("stage", 2)] == [
        4,
        2,
        5,
        4,
        5,
        3,
        4,
        2,
        4,
        3,
        4,
        4,
    ]
    assert placed.total() == 44


def test_the_text_places_22_more_two_of_which_figure_2_has_elsewhere() -> None:
    placed = [e for e in ENTRIES["papers"] if "textplace" in e.fields]
    assert len(placed) == 22
    assert {e.key for e in placed if "figure2name" in e.fields} == {
        "bansal2023cleanclip",
        "schioppa2024model",
    }


def test_a_place_in_the_text_is_a_pathway_or_a_group_of_the_appendices() -> (
    None
):
    pathways = {t.label: t for t in of("stage", 2)}
    groups = {t.label: t for t in of("group", 1)}
    for entry in (e for e in ENTRIES["papers"] if "textplace" in e.fields):
        section, _, label = text(entry, "textplace").partition(" ")
        if section == "App.":
            group = groups[label.partition(" ")[2]]
            assert group.value in values(entry, "group"), entry.key
        else:
            assert section == f"§{pathways[label].section}", entry.key
            if "figure2name" not in entry.fields:
                assert values(entry, "stage") == [pathways[label].value], (
                    entry.key
                )


def test_56_datasets_are_in_the_four_tables() -> None:
    tables = {t.value: t.facts["source"] for t in of("setting", 1)}
    counts = Counter(
        tables[values(e, "setting")[0].partition("/")[0]]
        for e in ENTRIES["datasets"]
    )
    assert counts == {
        "Table 2": 12,
        "Table 4": 20,
        "Table 5": 13,
        "Table 6": 11,
    }


def test_datasets_keep_the_order_of_the_tables() -> None:
    order = [t.value for t in of("setting", 2)]
    places = [order.index(values(e, "setting")[0]) for e in ENTRIES["datasets"]]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("facet", "number"),
    [
        ("application", 6),
        ("challenge", 6),
        ("direction", 6),
        ("group", 4),
        ("definition", 14),
        ("benchmark", 3),
    ],
)
def test_a_facet_has_as_many_terms_as_the_survey(
    facet: str, number: int
) -> None:
    assert len(VOCABULARY.facets[facet].terms) == number


def test_43_metrics_are_in_6_dimensions() -> None:
    dimensions = of("metric", 1)
    assert len(dimensions) == 6
    assert len(of("metric", 2)) + len(of("metric", 3)) == 43
    assert {t.section for t in dimensions} == {f"B.{n}" for n in range(1, 7)}


def test_the_survey_cites_94_works_besides() -> None:
    listed = {e.key for name in ("since", "compared") for e in ENTRIES[name]}
    assert set(MOVED) <= listed
    assert len(first_version(list(ENTRIES["background"]))) + len(MOVED) == 94


def test_all_but_two_related_surveys_are_system_first() -> None:
    others = [
        e.key
        for e in with_tag("list:related")
        if "system-first" not in values(e, "scope")
    ]
    assert others == ["si2023knowledge", "liu2025rethinking"]


# --- order


@pytest.mark.parametrize("name", ["vlm", "dm"])
def test_a_curated_list_is_newest_first_but_for_the_corrected_work(
    name: str,
) -> None:
    dates = [
        text(e, "origdate")
        for e in with_tag(f"list:{name}")
        if e.key != CORRECTED
    ]
    assert len(dates) > 1
    assert all(before >= after for before, after in pairwise(dates))


def test_the_corrected_work_keeps_the_place_of_its_old_date() -> None:
    keys = [e.key for e in with_tag("list:dm")]
    at = keys.index(CORRECTED)
    before, own, after = (
        text(e, "origdate") for e in with_tag("list:dm")[at - 1 : at + 2]
    )
    assert own == "2025-01"
    assert before >= "2024-01" >= after
    assert "2024-01" in text(with_tag("list:dm")[at], "annotation")


def test_the_lists_follow_one_another() -> None:
    lists = list(dict.fromkeys(values(e, "list")[0] for e in ENTRIES["papers"]))
    assert lists == ["vlm", "dm", "related", "self"]
    assert [values(e, "list")[0] for e in ENTRIES["papers"]] == [
        v for v in lists for _ in with_tag(f"list:{v}")
    ]


def test_background_is_sorted_by_key() -> None:
    keys = [e.key for e in ENTRIES["background"]]
    assert keys == sorted(keys)


# --- what an entry must have


def test_a_work_has_title_authors_year_and_first_date() -> None:
    for entry in ENTRIES["papers"]:
        assert {
            "title",
            "author",
            "year",
            "origdate",
            "tagsource",
        } <= entry.fields.keys(), entry.key
        assert re.fullmatch(
            r"20\d\d-(0[1-9]|1[0-2])", text(entry, "origdate")
        ), entry.key
        early = (
            entry.key == "patil2024unlearning"
        )  # in TMLR a year before it was on arXiv
        assert (
            int(text(entry, "origdate")[:4]) <= int(text(entry, "year")) + early
        ), entry.key


def test_authors_are_complete_and_family_name_first() -> None:
    for entry in ENTRIES["papers"]:
        names = text(entry, "author").split(" and ")
        assert [
            n for n in names if not re.fullmatch(r"[^,{}\d]+, [^,{}\d]+", n)
        ] == [], entry.key
        assert len(names) == len(set(names)), entry.key


def test_what_appeared_somewhere_says_where_and_a_preprint_does_not() -> None:
    container = {
        "inproceedings": {"booktitle"},
        "article": {"journal"},
        "misc": set(),
    }
    for entry in ENTRIES["papers"]:
        assert {"booktitle", "journal"} & entry.fields.keys() == container[
            entry.type
        ], entry.key
        assert ("venue" in entry.fields) == (entry.type != "misc"), entry.key
        assert {"eprint", "doi", "openreview", "url"} & entry.fields.keys(), (
            entry.key
        )


def test_one_venue_has_one_name_and_one_label() -> None:
    names: dict[str, set[str]] = {}
    for entry in ENTRIES["papers"]:
        name = text(entry, "booktitle") or text(entry, "journal")
        if name:
            names.setdefault(name, set()).add(text(entry, "venue"))
    assert {
        name: labels for name, labels in names.items() if len(labels) > 1
    } == {}


def test_a_preprint_is_dated_by_the_month_of_its_number() -> None:
    for entry in ENTRIES["papers"]:
        if (
            "eprint" in entry.fields and entry.key != "sarwar2026multimodal"
        ):  # was on TechRxiv before
            year, month = text(entry, "eprint")[:2], text(entry, "eprint")[2:4]
            assert text(entry, "origdate") == f"20{year}-{month}", entry.key


@pytest.mark.parametrize(
    ("field", "pattern"),
    [
        *(
            (name, r"https://[^\s/]+/\S*")
            for name in ("url", "code", "data", "project", "preprint")
        ),
        ("eprint", r"\d{4}\.\d{4,5}"),
        ("eprinttype", "arxiv"),
        ("doi", r"10\.\d{4,9}/\S+"),
        ("openreview", r"[\w-]{10,11}"),
        ("year", r"(19|20)\d\d"),
        ("pages", r"\d+--\d+"),
    ],
)
def test_a_field_has_the_form_of_its_kind(field: str, pattern: str) -> None:
    found = {e.key: text(e, field) for e in every_entry() if field in e.fields}
    assert found
    assert {
        k: v for k, v in found.items() if not re.fullmatch(pattern, v)
    } == {}


def test_no_address_repeats_an_identifier() -> None:
    hosts = re.compile(
        r"https://(www\.)?(arxiv\.org|doi\.org|openreview\.net)/"
    )
    assert [e.key for e in every_entry() if hosts.match(text(e, "url"))] == []


def test_names_on_the_site_are_unique() -> None:
    works = real_library().papers.papers
    repeated = {
        n: c
        for n, c in Counter(real_library().labels[p.key] for p in works).items()
        if c > 1
    }
    assert repeated == {}


# --- tags and relations


def test_every_tag_is_in_the_vocabulary() -> None:
    tags = {tag for e in every_entry() for tag in items(e, "keywords")}
    assert tags - VOCABULARY.terms.keys() == set()


@pytest.mark.parametrize(
    "facet",
    [f.name for f in VOCABULARY.facets.values() if f.single and not f.field],
)
def test_a_single_facet_has_one_value_at_most(facet: str) -> None:
    assert [e.key for e in every_entry() if len(values(e, facet)) > 1] == []


def test_every_listed_work_has_list_kind_and_modality() -> None:
    for entry in ENTRIES["papers"]:
        assert all(
            values(entry, facet) for facet in ("list", "kind", "modality")
        ), entry.key


def test_tags_of_a_facet_are_together_and_once() -> None:
    for entry in every_entry():
        tags = items(entry, "keywords")
        assert len(tags) == len(set(tags)), entry.key
        facets = [tag.partition(":")[0] for tag in tags]
        assert len([name for name, _ in groupby(facets)]) == len(set(facets)), (
            entry.key
        )


def test_who_placed_a_work_agrees_with_the_rest_of_the_entry() -> None:
    for entry in ENTRIES["papers"]:
        source = text(entry, "tagsource")
        assert f"tagsource:{source}" in VOCABULARY.terms, entry.key
        if source == "figure-2":
            assert "figure2name" in entry.fields, entry.key
        if (
            source == "two-readings"
        ):  # a group of the appendices is no place in the taxonomy
            assert "figure2name" not in entry.fields, entry.key
            assert text(entry, "textplace")[:5] in {"", "App. "}, entry.key
        if source in {"open", "survey-text"}:
            assert "tagnote" in entry.fields, entry.key


def test_five_works_have_open_tags() -> None:
    opened = {
        e.key for e in ENTRIES["papers"] if text(e, "tagsource") == "open"
    }
    assert opened == {
        "sinha2025multimodal",
        "alberti2025data",
        "schioppa2024model",
        "zhou2024limitations",
        "bui2025hiding",
    }


@pytest.mark.parametrize("relation", list(VOCABULARY.relations))
def test_a_relation_names_keys_that_exist(relation: str) -> None:
    keys = {e.key for e in every_entry()}
    named = {key for e in every_entry() for key in items(e, relation)}
    assert named
    assert named - keys == set()


def test_a_benchmark_names_the_datasets_that_name_it() -> None:
    for entry in ENTRIES["papers"]:
        if "benchname" in entry.fields:
            its = [
                d.key
                for d in ENTRIES["datasets"]
                if entry.key in items(d, "introducedby") + items(d, "usedby")
            ]
            assert items(entry, "datasets") == its, entry.key


# --- the vocabulary


def test_a_term_has_a_definition_and_names_what_exists() -> None:
    keys = {e.key for e in every_entry()}
    rules: dict[str, Callable[[Term], bool]] = {
        "has a label": lambda t: bool(t.label),
        "has a definition": lambda t: t.definition.endswith((".", "!", "?")),
        "is related to terms": lambda t: (
            set(t.related) <= VOCABULARY.terms.keys()
        ),
        "cites entries": lambda t: set(t.cites) <= keys,
        "is no alias of itself": lambda t: t.label not in t.aliases,
    }
    assert [
        (t.tag, name)
        for t in TERMS
        for name, rule in rules.items()
        if not rule(t)
    ] == []


def test_a_formula_can_be_typeset_with_each_of_its_symbols() -> None:
    converter, failed = LatexToMathML(), {}
    every = [
        (t.tag, tex)
        for t in TERMS
        for tex in (t.formula, *(s.symbol for s in t.symbols))
    ]
    assert len(every) > len(TERMS)
    for tag, tex in every:
        try:
            typeset = (
                converter.convert_with_local_state(tex, displaystyle=True)
                if tex
                else "<math"
            )
        except LatexError as error:
            typeset = str(error)
        if not typeset.startswith("<math"):
            failed[tag, tex] = typeset
    assert failed == {}


@pytest.mark.parametrize(
    "facet", ["metric", "application", "challenge", "direction", "group"]
)
def test_a_work_has_a_tag_of_the_survey_exactly_where_the_term_cites_it(
    facet: str,
) -> None:
    """A tag that rests on a source of the record is no tag of the survey: ``basis`` names it."""
    works = {e.key for e in first_version(list(ENTRIES["papers"]))}
    cited = {
        (key, t.value)
        for t in VOCABULARY.facets[facet].terms
        for key in t.cites
        if key in works
    }
    tagged = {
        (e.key, value)
        for e in ENTRIES["papers"]
        if e.key in works
        for value in values(e, facet)
    }
    together = {(key, value) for key in CITED_TOGETHER for value in COSTS}
    read = {
        (e.key, value)
        for e in ENTRIES["papers"]
        for value in values(e, facet)
        if f"keywords/{facet}:{value} " in text(e, "basis")
    }
    assert tagged - read == cited - together
    assert not read & cited


def test_stages_have_the_five_colours_and_say_what_they_act_on() -> None:
    stages = of("stage", 1)
    assert len({t.colour for t in stages if t.colour}) == 5
    assert all(t.facts["acts"] and t.short for t in stages)


def test_every_pathway_weighs_a_strength_against_a_cost() -> None:
    for term in of("stage", 2):
        assert {t.kind for t in term.tradeoffs} == {"strength", "cost"}, (
            term.tag
        )
        assert all(t.text.endswith(".") and t.basis for t in term.tradeoffs), (
            term.tag
        )


def test_a_metric_says_which_value_is_wanted_and_who_says_so() -> None:
    for term in [*of("metric", 2), *of("metric", 3)]:
        wanted = {
            term.facts[name]
            for name in ("forgetting", "utility", "cost")
            if name in term.facts
        }
        assert wanted <= {"higher", "lower", "unchanged"}, term.tag
        stable = re.search(
            "asks for (stable|consistent) values",
            str(term.facts.get("note", "")),
        )
        assert ("unchanged" in wanted) == bool(stable), term.tag
        assert ("directionbasis" in term.facts) == bool(wanted), term.tag
        assert term.facts.get("directionbasis", "survey") in {
            "survey",
            "definition",
        }, term.tag
        assert ("formulabasis" in term.facts) == bool(term.formula), term.tag


def test_every_fact_and_every_field_of_our_own_has_a_label() -> None:
    facts = {name for term in TERMS for name in term.facts}
    own = (
        {name for e in every_entry() for name in e.fields}
        - set(writer.ORDER[:23])
        - {"keywords", "abstract"}
    )
    standard = {
        "howpublished",
        "institution",
        "edition",
        "address",
        *fields.OWN,
    }
    standard |= {facet.field for facet in VOCABULARY.facets.values()}
    labelled = VOCABULARY.fields.keys() | VOCABULARY.relations.keys()
    assert (facts | own) - standard - labelled == set()


@pytest.mark.parametrize("name", TOMLS)
def test_a_vocabulary_file_begins_with_its_schema_and_a_word_to_its_editor(
    name: str,
) -> None:
    written = (REFS / f"{name}.toml").read_text("utf-8")
    schema, word, *_rest = written.splitlines()
    assert schema.startswith("#:schema ")
    assert word.startswith("# ")
    assert tomllib.loads(written)
    assert (
        max(
            map(
                len,
                re.findall(r"^\s+\S.*$|^\w+ = \[.*$", written, re.MULTILINE),
            )
        )
        < 220
    )
