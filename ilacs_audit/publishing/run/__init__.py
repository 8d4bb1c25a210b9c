"""A run from its inputs to its editions: checked, made where something moved, kept to be made again."""
