"""A council's first page: what its own workbook shows, ten plain questions, and the files that follow from the answers.

Seeing, asking, working out and writing are apart: until the last question is answered nothing is written.
"""
