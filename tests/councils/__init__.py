"""Random councils: what the invented example cannot find, because the program was built to pass it.

A seed makes a small council with its themes, its forms and its faults, and what is true of it. Layouts and
faults are thought up without looking at how returns are read.
"""
