"""Citations of sphinxcontrib-bibtex, and the sentences that name entries."""
