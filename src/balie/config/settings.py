"""Django's settings, the same for every installation; what differs comes from the environment (see environment.py)."""

import hashlib
from pathlib import Path
from typing import Any

from balie.config import environment

PACKAGE = Path(__file__).resolve().parent.parent
DATA = environment.data.value()

BALIE_MASTER_KEY_FILE = environment.master_key_file.value()
BALIE_MASTER_KEY = environment.master_key.value()
BALIE_FILES = DATA / "files"
BALIE_INDEX = DATA / "index" / "index.sqlite3"
BALIE_URL = environment.address.value()
BALIE_RELAY = environment.relay.value()
BALIE_MAILBOXES = environment.mailboxes.value()
BALIE_RELAY_PASSWORD_FILE = environment.relay_password_file.value()
BALIE_RELAY_PASSWORD = environment.relay_password.value()
BALIE_RELAY_CERTIFICATES = environment.relay_certificates.value()
BALIE_GREETING = environment.greeting()
BALIE_RECEIVING_SERVERS = environment.receiving_servers.value()
BALIE_RESOLVER = environment.resolver.value()
BALIE_KNOWN_DOMAINS = environment.known_domains.value()
BALIE_ANSWER_FILES = environment.answer_files.value()
BALIE_UNDO = environment.undo.value()

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "balie.evidence",
    "balie.jobs",
    "balie.post",
    "balie.register",
    "balie.vault",
    "balie.vault.keys",
    "balie.people",
    "balie.desk",
    "balie.desk.mailboxes",
    "balie.privacy",
    "balie.channels.mail",
    "balie.channels.console",
    "balie.channels.portal",
]


def _sqlite(path: Path) -> dict[str, Any]:
    """SQLite that keeps what it said it kept: write-ahead log, full synchronisation, and nothing left of what is deleted."""
    return {
        "ENGINE": "balie.config.sqlite",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "; ".join(
                f"PRAGMA {one}"
                for one in (
                    "journal_mode=WAL",
                    "synchronous=FULL",
                    "secure_delete=ON",
                    "temp_store=MEMORY",
                    "cache_size=-16384",
                )
            ),
        },
        "TEST": {"NAME": path.with_name(f"test-{path.name}")},
    }


DATABASES = {"default": _sqlite(DATA / "data.sqlite3"), "keys": _sqlite(DATA / "keys" / "keys.sqlite3")}
DATABASE_ROUTERS = ["balie.config.routers.KeysApart"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Signs only the session id's CSRF mask; nothing lasting hangs on it, so it needs no store of its own.
SECRET_KEY = hashlib.sha256(b"balie pages" + str(DATA).encode()).hexdigest()
DEBUG = False
ALLOWED_HOSTS = list(environment.hosts.value())
ROOT_URLCONF = "balie.config.urls"
MIDDLEWARE = [
    "balie.channels.middleware.SafeHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "balie.channels.middleware.Compressed",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "balie.channels.middleware.Language",
    "django.middleware.csrf.CsrfViewMiddleware",
    "balie.channels.middleware.Refusals",
    "balie.channels.console.middleware.WhoActs",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "channels" / "templates"],
        "OPTIONS": {
            "environment": "balie.channels.templating.environment",
            "context_processors": ["balie.channels.context.page"],
            "auto_reload": False,
        },
    }
]

# One cookie, necessary, gone when the browser closes (mission S3.10).
SESSION_ENGINE = "balie.people.sessions"
SESSION_COOKIE_NAME = "session"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = BALIE_URL.startswith("https:")
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "balie.channels.pages.stale_form"
CSRF_TRUSTED_ORIGINS = [BALIE_URL]

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]  # nothing clear on disk
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE + BALIE_ANSWER_FILES * 1024 * 1024

USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("nl", "Nederlands"), ("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "balie.config.static.Published"},
}

LOGGING_CONFIG = None  # Django's own log lines can hold paths and values; ours are written by balie.kernel.log
