"""The data of each figure, one module a figure; nothing here draws for a builder."""
