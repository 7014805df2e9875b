"""What the records add up to."""
