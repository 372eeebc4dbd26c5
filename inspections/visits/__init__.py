"""The engine of visits of every kind."""
