"""A village's own words, and readings put right."""
