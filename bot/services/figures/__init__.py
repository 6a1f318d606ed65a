"""Sums, rates, checks and exports."""
