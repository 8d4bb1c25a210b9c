"""What is said of those who read files: how far they agree, and what their answers tell of the questions."""
