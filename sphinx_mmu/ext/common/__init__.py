"""What all parts of the Sphinx side use."""
