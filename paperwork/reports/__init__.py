"""Reports: what a file of ours says, put on paper for whoever may read it.

A report is no legal document: it has no number, no seal and no facts that are kept. It says on every page what it is
about, as of when, and who had it made. Apps describe it by the blocks of `paperwork.reports.blocks`, and the same blocks
become a PDF and a Word document.
"""
