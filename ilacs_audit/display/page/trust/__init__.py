"""How far a reader may lean on a page: the facts behind it, and one sentence on what can be relied on."""
