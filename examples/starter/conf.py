project = "My survey"

extensions = ["sphinx_mmu"]
mmu_bibfiles = ["refs.bib"]
