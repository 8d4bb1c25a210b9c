"""Whether anything changed between two rounds, and what a rise would have to overcome before it may be called one."""
