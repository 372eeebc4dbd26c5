"""Hazards from finding to closing, and supervision listing."""
