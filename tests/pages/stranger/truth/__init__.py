"""What is true: counted from the returns, or known to the maker of a random council; ranges as docs/methods.md."""
