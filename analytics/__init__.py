"""Figures a city reads, each opening the list behind it."""
