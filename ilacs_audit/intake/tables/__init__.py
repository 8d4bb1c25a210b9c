"""Where in a sheet a table is, and what each of its columns asks."""
