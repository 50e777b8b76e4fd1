"""One entry as plain values: names, dates, links, tags."""
