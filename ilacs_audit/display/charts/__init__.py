"""Released measures become pictures, each with its words and its table."""
