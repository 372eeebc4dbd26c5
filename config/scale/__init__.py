"""Filling a separate database to the size of a district or a megacity, by statements on whole sets."""
