"""Figures as HTML, one module each."""
