"""Pages of the enterprises: thin, always from what the person may see."""
