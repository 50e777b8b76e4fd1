"""Measurements of the extension beside its peers: `make bench`."""
