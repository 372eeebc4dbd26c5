"""How far files are known to be true: confirmations, changes asked for, conflicts, quality."""
