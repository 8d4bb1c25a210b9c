"""Whether a standard is met, from counts, their ranges and what is missing."""
