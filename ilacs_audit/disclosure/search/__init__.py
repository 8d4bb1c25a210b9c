"""Finished files are searched for everybody the evidence names."""
