"""The words of a page around its tables and pictures: what is asked, how far to trust it, what to decide."""
