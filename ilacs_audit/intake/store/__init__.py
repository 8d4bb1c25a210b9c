"""What was read once is kept, without names, as small files that every report opens."""
