"""Facets, terms, catalogues and rules, as the vocabulary files declare them."""
