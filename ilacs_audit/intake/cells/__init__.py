"""What one cell means: a day, an answer, a name, however it was spelt."""
