"""The one door out: notebooks become pages, and a period becomes a folder that can be shared.

Each report runs as a notebook in a process of its own. A failed report never spoils an
earlier good page, and a page is only ever replaced whole.
"""
