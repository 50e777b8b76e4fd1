"""The filter language: its grammar, its syntax tree, and its evaluation over indexed papers."""
