"""What the law said on the day of the fact."""
