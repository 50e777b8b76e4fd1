"""The kinds of views on Sphinx's side: directives, HTML, docutils nodes and assets, one module a
kind.
"""
