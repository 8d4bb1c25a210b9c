"""The calibration gym: invented extracts, the keys of packs, and what auditors and other councils send back."""
