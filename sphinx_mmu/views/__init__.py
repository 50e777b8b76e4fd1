"""What directives ask (requests) and what pages show (views): plain values, without Sphinx and
docutils.
"""
