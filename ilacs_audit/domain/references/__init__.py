"""How readers name a figure to those who made it: a short code for each, and what was asked by it."""
