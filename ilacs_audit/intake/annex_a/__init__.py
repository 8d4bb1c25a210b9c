"""The lists that inspectors ask for become tables, and what is wrong in them is told."""
