"""Tables whose rows add up: what a hidden cell can be worked out from, and which others must go with it."""
