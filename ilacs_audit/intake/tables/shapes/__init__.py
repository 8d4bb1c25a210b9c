"""The layouts that people give a return: each becomes a table with a row a file, or is refused."""
