"""The checklist library: items, checklists, editions, and the law behind them."""
