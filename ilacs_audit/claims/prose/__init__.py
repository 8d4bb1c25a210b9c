"""What people write beside the figures is held against them, sentence by sentence."""
