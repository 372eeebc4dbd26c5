"""Patrol routes and what is due on them."""
