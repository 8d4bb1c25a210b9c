"""What was published before, so that two editions together reveal nothing either hides."""
