"""`make run` and `make dev`: the demo city on this machine, with secrets made once under `.data/`."""

from config import env
from config.secrets import local_secret
from config.settings.base import *  # noqa: F403
from config.settings.base import DATA_DIR

SECRET_KEY = local_secret(DATA_DIR, "secret-key")
SALT_KEY = [local_secret(DATA_DIR, "salt-key")]
ALLOWED_HOSTS = ["*"]
DEBUG = env.boolean("DEBUG", False)
DEMO = True
REQUIRE_MFA = env.boolean("REQUIRE_MFA", False)
SESSION_COOKIE_AGE = env.integer("SESSION_IDLE_SECONDS", 8 * 3600)
