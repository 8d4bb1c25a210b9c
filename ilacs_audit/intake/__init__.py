"""The one door in: files become tables, and identifiers stop here.

Whatever a council sends (workbooks, CSV, Parquet, the catalogue's YAML) is read in this room
and nowhere else. What cannot be read without guessing is set aside with its reason.
"""
