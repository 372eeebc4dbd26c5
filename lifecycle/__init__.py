"""The states of a record and the verbs that move it.

A table that can be read aloud (`<app>/lifecycle.py`), one way through it (`services.perform`), and one
answer to "may this be done now", which the button, the service, the bulk action and the tests all ask.
"""
