"""Counts in, intervals and tests out: the arithmetic under every claim.

This room knows numbers and nothing else. It imports numpy, scipy and statsmodels,
no tables, no YAML and no pictures, so that each formula can be checked against a
published value on its own.
"""
