"""Files become sheets of cells, within limits, with what they hide."""
