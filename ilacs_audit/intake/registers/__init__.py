"""The lists beside the returns, read by one reader from one description each."""
