"""The static files taken from npm packages: the few that pages use, not all that the packages ship.

Collecting whole packages takes minutes and 180 MB, and fails on a dangling reference inside one of them.
"""

from fnmatch import fnmatchcase
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

# Prefix of the address -> folder in node_modules, and what is taken from it. A .map is taken where its file
# names it, because a named file that is missing fails the collection.
LIBRARIES = {
    "tabler": ("@tabler/core/dist", ["css/tabler.min.css*", "js/tabler.min.js*"]),
    "tabler-icons": ("@tabler/icons-webfont/dist", ["tabler-icons.min.css", "fonts/tabler-icons.*"]),
    "echarts": ("echarts/dist", ["echarts.min.js"]),
    "tom-select": (
        "tom-select/dist",
        [
            "js/tom-select.popular.min.js*",
            "js/tom-select.complete.min.js*",
            "css/tom-select.bootstrap5.min.css*",
        ],
    ),
    "leaflet": ("leaflet/dist", ["leaflet.css", "leaflet.js*", "images/*.png"]),
}


class PageLibraryFinder(BaseFinder):
    """Finds ``<prefix>/<file>`` for the files of LIBRARIES."""

    def find(self, path, find_all=False):
        """The absolute path of a static file, or an empty list."""
        prefix, _, name = path.replace("\\", "/").partition("/")
        folder, patterns = LIBRARIES.get(prefix, ("", []))
        file = Path(settings.NODE_MODULES, folder, name)
        if not any(fnmatchcase(name, pattern) for pattern in patterns) or not file.is_file():
            return []
        return [str(file)] if find_all else str(file)

    def list(self, ignore_patterns):
        """Each file with the storage that holds it, as collectstatic wants them."""
        for prefix, (folder, patterns) in LIBRARIES.items():
            root = Path(settings.NODE_MODULES, folder)
            storage = FileSystemStorage(location=root)
            storage.prefix = prefix
            for file in sorted({file for pattern in patterns for file in root.glob(pattern)}):
                yield file.relative_to(root).as_posix(), storage
