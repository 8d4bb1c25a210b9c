"""A stranger reads an edition: every statement of its pages is held against every other and against the data.

Nothing here asks the package. What is true is counted again, from the returns, the registers and the files of
the programme, in a few lines of our own; what is said is read off the finished pages, whatever their wording.
"""
