"""Import of a table file: read, judged as a whole, shown before anything is written, applied once.

An app declares an `ImportSpec` in `<app>/importing.py` under `IMPORTS`; `listings.views_import.ImportPage` is its page.
"""
