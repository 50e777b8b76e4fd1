"""Serialised data: citation formats, papers.json, the data of scripts, feeds, sections of a
README.
"""
