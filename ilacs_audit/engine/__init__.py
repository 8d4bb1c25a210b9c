"""Notebooks run here, each in a clean process of its own; the engine knows no audit."""
