"""Text messages: what a provider is asked to do, and how what it answers is read."""
