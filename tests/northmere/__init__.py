"""Northmere, an invented authority, so that everything can be shown and tested without a real child.

One seed makes every return and register under `data/example`. What the returns say is planted
first (`truth`), then written down as untidily as real returns are, with known faults (`faults`).
"""
