"""The tests: PostgreSQL for real, quick hashing, nothing sent anywhere."""

import os

from config.settings.base import *  # noqa: F403
from config.settings.base import BASE_DIR, DATABASES, INSTALLED_APPS, REDIS_URL

# A small app with states and deadlines, so that the rooms are tested without a domain app.
INSTALLED_APPS = [*INSTALLED_APPS, "tests.lifecycle.lamps"]

SECRET_KEY = "only-for-tests-" + "x" * 50
SALT_KEY = ["only-for-tests"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["TEST"] = {
    "NAME": "test_" + os.environ.get("TEST_DB", "shouwang"),
    # A copy of what all migrations make is there at once (scripts/test_template.py); without it they run.
    "TEMPLATE": os.environ.get("TEST_TEMPLATE"),
}
DATABASES["default"]["CONN_MAX_AGE"] = 0
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = BASE_DIR / ".data" / "test-media"
STATIC_ROOT = BASE_DIR / ".data" / "test-static"
# WhiteNoise warns of a folder that is not there, and a warning fails a test.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_URL = "memory://"
REQUIRE_MFA = False
LOGGING = {"version": 1, "disable_existing_loggers": False}
__all__ = ["REDIS_URL"]
