"""Tables become measures: each function takes Answer rows or a register and gives Measures.

Nothing here opens a file, draws, or decides what may be said or seen. Modules do not import
each other: what two of them share lies below, in `domain.counting` or `claims.estimates`.
"""
