"""One of each for files: written whole, locked, fingerprinted and swapped, for intake and publishing alike."""
