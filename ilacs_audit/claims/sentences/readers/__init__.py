"""Sentences on how far those who read the same agree, for people who do not know the word kappa."""
