"""Findings become sentences, in one wording, so that no page says more than its rule."""
