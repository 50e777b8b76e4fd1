"""All entries together: indexed, checked, repaired."""
