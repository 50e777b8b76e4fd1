"""Figures as LaTeX draws them."""
