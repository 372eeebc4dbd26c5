"""Settings that hold everywhere; nothing here is secret, and nothing unsafe is a default."""

from pathlib import Path

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from config import env
from config.settings.signin import *  # noqa: F403

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.text("SHOUWANG_DATA", str(BASE_DIR / ".data")))
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = [
    "regions",
    "accounts",
    "audit",
    "rulebook",
    "deadlines",
    "attachments",
    "lifecycle",
    "listings",
    "paperwork",
    "inbox",
]
DOMAIN_APPS = ["enterprises", "hazards", "inspections", "analytics"]
INSTALLED_APPS = [
    *ROOMS,
    *DOMAIN_APPS,
    "config",
    "config.office.OfficeConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "guardian",
    "django_filters",
    "django_htmx",
    "csp",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.LanguageMiddleware",
    "accounts.middleware.DutyMiddleware",
    "audit.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "listings.navigation.menu",
                "inbox.context.unread",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", "postgresql:///shouwang"),
        conn_max_age=300,
        conn_health_checks=True,
    )
}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "accounts.backends.PostBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]

NODE_MODULES = BASE_DIR / "node_modules"
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.page_libraries.PageLibraryFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.staticfiles.LookStorage"},
}
WHITENOISE_MANIFEST_STRICT = True
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Compressing what is compressed already, or what only developers open, costs time and gains nothing.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [
    "jpg",
    "png",
    "gif",
    "webp",
    "zip",
    "gz",
    "woff",
    "woff2",
    "ttf",
    "map",
]
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(DATA_DIR / "media")))
# Files are served by views that check scope, never by address.
MEDIA_URL = "/unserved/"
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

FILE_UPLOAD_HANDLERS = [
    "attachments.uploads.LimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# By content only, until a deployment names a virus scanner.
ATTACHMENT_SCANNER = env.text("ATTACHMENT_SCANNER", "attachments.scanning.ContentOnly")
# Where ClamAV's server listens, for attachments.clamav.ClamAV: host:port, or the path of its socket.
CLAMD_ADDRESS = env.text("CLAMD_ADDRESS", "scanner:3310")
# A file that no record took within this time was given by mistake.
ATTACHMENT_DRAFT_HOURS = env.integer("ATTACHMENT_DRAFT_HOURS", 24)
ACCEL_REDIRECT = env.text("ACCEL_REDIRECT", "")

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
# A worker takes one task at a time, so that what waits is not held by one that is killed.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# KiB. Making documents settles at 200 MB and an import at 300; a process that keeps more is replaced after its task.
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000
# A worker serves both unless told otherwise (-Q): a pile of documents does not hold up messages and deadlines.
CELERY_TASK_QUEUES = [Queue("celery", routing_key="celery"), Queue("paper", routing_key="paper")]
CELERY_TASK_ROUTES = {"paperwork.tasks.render_document": {"queue": "paper"}}
CELERY_BEAT_SCHEDULE = {
    "sweep deadlines": {"task": "deadlines.tasks.sweep", "schedule": 30.0},
    "dispatch messages": {"task": "inbox.tasks.dispatch", "schedule": 10.0},
    "send SMS": {"task": "inbox.tasks.send_sms", "schedule": 15.0},
    "render documents left over": {"task": "paperwork.tasks.render_pending", "schedule": 60.0},
    "drop files nobody bound": {"task": "attachments.tasks.sweep_unbound", "schedule": 3600.0},
    "scan files left over": {"task": "attachments.tasks.scan_left_over", "schedule": 600.0},
    "seal the audit chain": {"task": "audit.tasks.seal", "schedule": 60.0},
    "seal what came late": {"task": "audit.tasks.seal_stragglers", "schedule": crontab(hour=3, minute=20)},
    "look after the files of enterprises": {
        "task": "enterprises.tasks.look_after_files",
        "schedule": crontab(hour=4, minute=10),
    },
    "ask for filings to go upward": {
        "task": "enterprises.tasks.open_source_copies",
        "schedule": crontab(hour=2, minute=20),
    },
    # After midnight what was fresh yesterday may be stale.
    "rate the files of enterprises": {
        "task": "enterprises.tasks.rate_files",
        "schedule": crontab(hour=0, minute=30),
    },
    "count for large areas": {"task": "analytics.tasks.refresh_counts", "schedule": 60.0},
    "take up lost work again": {"task": "listings.tasks.resume_jobs", "schedule": 60.0},
    "start clocks of papers": {
        "task": "enterprises.tasks.catch_up_ledgers",
        "schedule": crontab(hour=2, minute=10),
    },
    # A text may be entered long before its first day, and articles may be edited by hand.
    "read references again": {
        "task": "inspections.tasks.find_new_texts",
        "schedule": crontab(hour=1, minute=10),
    },
    "follow who must check itself": {
        "task": "inspections.tasks.look_after_self_checks",
        "schedule": crontab(hour=0, minute=40),
    },
    "lay patrol stops": {
        "task": "inspections.tasks.lay_patrol_stops",
        "schedule": crontab(hour=0, minute=50),
    },
    "look for what is too good to be true": {
        "task": "inspections.tasks.find_doubts",
        "schedule": crontab(hour=1, minute=30),
    },
    # After the doubts, because what was upheld weighs in the score.
    "count hazard work": {"task": "inspections.tasks.count_conduct", "schedule": crontab(hour=1, minute=50)},
    "ask for the weekly progress": {
        "task": "hazards.tasks.ask_for_progress",
        "schedule": crontab(hour=0, minute=50),
    },
    "drop work whose time is over": {"task": "listings.tasks.sweep_jobs", "schedule": 3600.0},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# Where the map's pictures come from, such as https://t0.tianditu.gov.cn/…{x}…{y}…{z}…; without one only outlines are drawn.
MAP_TILES = env.text("MAP_TILES", "")
MAP_ATTRIBUTION = env.text("MAP_ATTRIBUTION", "")
if MAP_TILES:
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append("/".join(MAP_TILES.split("/")[:3]))
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = env.integer("SESSION_IDLE_SECONDS", 15 * 60)
SESSION_SAVE_EVERY_REQUEST = False

DEMO = False
REQUIRE_MFA = True
SMS_BACKEND = env.text("SMS_BACKEND", "inbox.sms.file.FileBackend")
PDF_ENABLED = env.boolean("PDF_ENABLED", True)
# Who takes our SMS; see docs/operations.md.
SMS_QUIET_FROM = env.text("SMS_QUIET_FROM", "21:00")
SMS_QUIET_UNTIL = env.text("SMS_QUIET_UNTIL", "07:30")
SMS_DAILY_CAP = env.integer("SMS_DAILY_CAP", 10)
SMS_HTTP_URL = env.text("SMS_HTTP_URL", "")
SMS_HTTP_KEY = env.text("SMS_HTTP_KEY", "")
SMS_HTTP_SECRET = env.text("SMS_HTTP_SECRET", "")
SMS_ALIYUN_KEY_ID = env.text("SMS_ALIYUN_KEY_ID", "")
SMS_ALIYUN_KEY_SECRET = env.text("SMS_ALIYUN_KEY_SECRET", "")
SMS_ALIYUN_SIGN = env.text("SMS_ALIYUN_SIGN", "")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
}

# Adds the pages that only measuring needs; never on in a deployment.
BENCH = env.boolean("BENCH", False)
if BENCH:
    MIDDLEWARE.insert(0, "bench.counting.QueryCount")

# Where documents say they can be verified; a deployment names its public address.
BASE_URL = env.text("BASE_URL", "http://localhost:8000")
