"""What is said of those who read files: whether they agree, and what their answers tell of the questions asked."""
