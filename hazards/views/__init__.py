"""Pages of the hazards: thin, always from what the person may see."""
