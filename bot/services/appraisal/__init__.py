"""Appraisal of members, and their points."""
