"""Files people gave us, and whether they are safe to open."""
