"""Branches, people, households, links, leave, and the parameters of a unit."""
