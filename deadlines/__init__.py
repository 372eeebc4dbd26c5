"""What must happen by when, counted in working or calendar days.

A rule is data (`<app>/deadlines.py`), its number comes from the rulebook, and starting it freezes the due
moment and everything that will happen around it on one row. A sweep does what has come due; nothing is
counted down.
"""
