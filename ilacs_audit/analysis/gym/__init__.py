"""What the calibration gym works out: which extracts make a pack, and how far those who graded it agree."""
