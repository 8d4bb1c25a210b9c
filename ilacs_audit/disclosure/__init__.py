"""The gate: what a reader may see, and the proof that the rest cannot be worked out.

A report leaves the building, so nobody in it may be found: not by a small number, not by
subtracting one number from another, not by a name left in a file. Everything that is shown
passes `release.release`, finished files pass `scan.scan`, and `attack` plays the outsider
who knows our rules. It is a room of its own so that an information-governance lead can
read one folder and know what the product hides.
"""
