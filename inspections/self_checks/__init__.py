"""Lists by which enterprises check themselves."""
