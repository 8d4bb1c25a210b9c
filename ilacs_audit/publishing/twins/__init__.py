"""The same page as a Word file or a PDF, made of the finished page and of nothing else, so it can say nothing more."""
