"""The kinds of entry that a catalogue holds."""
