"""What people may write in a catalogue: kinds of field, and the sentence for every fault.

Standards, plan and programme are models of these fields. A file's reader hands over text with its
lines, so that a slip is told with its place, whatever YAML would have made of the word.
"""
