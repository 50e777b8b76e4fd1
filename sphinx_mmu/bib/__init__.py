"""The .bib format: parser, writer, formatter, and which fields are published."""
