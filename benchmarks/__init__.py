"""Measurements of the program against its rivals, each written into the document that quotes it."""
