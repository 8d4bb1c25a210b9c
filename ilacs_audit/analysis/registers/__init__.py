"""What registers hold: lists beside the returns become measures of what was done and for whom."""
