"""Documents we issue: numbered, frozen, rendered once, verified by anyone."""
