"""Views as HTML strings and docutils nodes, and the parts of tables."""
