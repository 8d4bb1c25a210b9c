"""Several readers of the same short extracts: what they share, and which questions split them."""
