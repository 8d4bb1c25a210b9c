"""Released measures become things you look at: words, tables and drawings as pieces of HTML.

Every function takes what `disclosure.release` returns and refuses anything else. Nothing here
computes a statistic: a number that is needed must be in the frame.
"""
