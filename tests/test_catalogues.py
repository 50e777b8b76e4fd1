"""Every catalogue of the vocabulary makes a directive, a role and a type of object."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from support import Project

BIB = """
@misc{vae, title = {Auto-Encoding}, shorttitle = {VAE}, year = 2014, keywords = {family:latent}}
@misc{gan, title = {Adversarial}, shorttitle = {GAN}, year = 2014, keywords = {family:latent}}
@misc{none, title = {Other}, year = 2014}
"""
WORDS = """
[facet.family]
label = "Family"
[term."family:latent"]
label = "Latent"
[catalogue.model]
label = "Model"
plural = "models"
title = "shorttitle"
filter = "family:*"
columns = ["shorttitle", "family"]
[catalogue.term]
label = "Term"
[catalogue.corpus]
label = "Corpus"
plural = "corpora"
collection = "datasets"
"""
PAGE = """# All

```{mmu:model-catalogue}
```

```{mmu:corpus-catalogue}
```

See {mmu:model}`vae` and {mmu:corpus}`laion`, {any}`gan`, {mmu:term}`family:latent`.

```{mmu:benchmark-catalogue}
:targets: no
```
"""


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = Project(tmp_path)
    made.write(
        "conf.py",
        'extensions = ["sphinx_mmu", "myst_parser"]\nmmu_bibfiles = ["refs.bib"]\n'
        'mmu_dataset_bibfiles = ["data.bib"]\nmmu_vocabulary = ["words.toml"]\n'
        "mmu_paper_pages = False\n",
    )
    made.write("refs.bib", BIB)
    made.write("data.bib", "@dataset{laion, title = {LAION-400M}}\n")
    made.write("words.toml", WORDS)
    made.write("index.md", PAGE)
    return made


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_catalogue_of_the_vocabulary(project: Project, jobs: int) -> None:
    built = project.build(jobs=jobs)
    html = built.html("index")
    assert [
        w for w in built.warnings if "family:latent" not in w
    ] == []  # no page shows the term
    assert "<b data-mmu-count>2</b> models" in html
    assert "<b data-mmu-count>1</b> corpus" in html
    assert 'href="#vae"' in html
    assert 'href="#laion"' in html
    inventory = (built.out / "objects.inv").read_bytes().split(b"\n", 4)[4]
    objects = [
        line.split()[:2]
        for line in zlib.decompress(inventory).decode().splitlines()
    ]
    found = {(name, kind) for name, kind in objects if kind.startswith("mmu:")}
    assert {
        ("vae", "mmu:model"),
        ("gan", "mmu:model"),
        ("laion", "mmu:corpus"),
    } <= found


def test_a_collection_is_one_of_two(project: Project) -> None:
    project.edit("words.toml", '"datasets"', '"models"')
    (first, *_) = project.build().warnings
    assert (
        "'collection' of [catalogue.corpus] must be papers or datasets" in first
    )


def test_what_the_vocabulary_no_longer_has_is_unknown(project: Project) -> None:
    project.build()
    project.edit("words.toml", "[catalogue.model]", "[catalogue.kind]")
    warnings = project.build().warnings
    assert any("model-catalogue" in warning for warning in warnings)
