"""What people may write in a catalogue: the kinds of field, and the sentence for every fault."""
