"""What may be said: verdicts, changes, impact and the sentences that carry them.

A number alone invites a stronger sentence than it can bear. This room holds the rules that decide
between "met", "not met" and "cannot tell", between "better" and chance, and it writes the words, so
that a table, a chart and a paragraph about the same files cannot disagree. It sees Measures and
protocols only: it opens no file, hides no number and draws nothing. Where the evidence does not
decide, every rule here ends in the same two words: cannot tell.
"""
