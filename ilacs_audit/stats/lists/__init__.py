"""What files drawn by chance from a known list say of it: while they are still being read, and by stratum."""
