"""The .bib format: reading it, writing it, its layout, and which of its fields are published."""
