"""Which place a record lies in, and therefore who sees it."""
