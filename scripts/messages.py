"""Compile the translations where their source is newer.

Babel and not ``compilemessages``, because that needs gettext's programs, which only root can install.
"""

from babel.messages import mofile, pofile

from scripts import PROJECT


def compile_messages(folder=PROJECT / "locale"):
    """Write a .mo beside each .po that is newer than its own."""
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime:
            _compile(source, compiled)


def _compile(source, compiled):
    with open(source, "rb") as handle:
        catalogue = pofile.read_po(handle, locale=source.parts[-3])
    beside = compiled.with_suffix(".new")
    with open(beside, "wb") as handle:
        mofile.write_mo(handle, catalogue)
    beside.replace(compiled)


if __name__ == "__main__":
    compile_messages()
