"""Pages and files that a build makes beside the chapters."""
