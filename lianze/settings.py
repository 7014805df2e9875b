"""Django settings. Everything an operator may change is an environment variable; faults are system checks."""

import gc
import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

# Python looks for unused cycles after every 700 new objects, and now and then among all there are; a page makes
# thousands, an import millions, nearly all of them without a cycle. This saves an eighth of a page and of an import.
gc.set_threshold(20_000, 20, 20)

BASE = Path(__file__).parent
# One folder holds the database, evidence files and keys of an instance.
DATA = Path(os.environ.get("LIANZE_DATA", Path.home() / "lianze-data"))
EVIDENCE = DATA / "evidence"
KEYS = DATA / "keys"


def database(url: str) -> dict[str, object]:
    """Django's connection settings for `postgresql://user:password@host:port/name?option=value`, or "" for SQLite."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "lianze.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 60,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
            },
        }
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        # Short queries only: just-in-time compilation costs more than it saves.
        "OPTIONS": {"options": "-c jit=off", **dict(parse_qsl(parts.query))},
        "CONN_MAX_AGE": 60,
    }


DATABASES = {"default": database(os.environ.get("LIANZE_DATABASE_URL", ""))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "lianze.org",
    "lianze.ledger",
    "lianze.reports",
    "lianze.web",
    "lianze.api",
    "ninja",  # for the files of the API's own page
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "csp",
    "allauth",
    "allauth.account",  # none of its pages: what follows builds on it
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
AUTH_USER_MODEL = "org.Account"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = os.environ.get("LIANZE_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True
USE_I18N = True

# Folders of packs laid over the built-in one, lowest first, separated as in PATH.
PACKS = [Path(folder) for folder in os.environ.get("LIANZE_PACKS", "").split(os.pathsep) if folder]
EVIDENCE_LIMIT_BYTES = int(os.environ.get("LIANZE_EVIDENCE_LIMIT_MB", "200")) * 1024 * 1024
# A workbook and its evidence, sent through the page, in bytes together.
IMPORT_LIMIT_BYTES = int(os.environ.get("LIANZE_IMPORT_LIMIT_MB", "500")) * 1024 * 1024
CLAMD_SOCKET = os.environ.get("LIANZE_CLAMD_SOCKET", "")


def secret_key() -> str:
    """The key of sessions: from the environment, else kept beside the data, made once, readable by its owner only."""
    given = os.environ.get("LIANZE_SECRET_KEY", "")
    if given:
        return given
    file = KEYS / "session-secret"
    if not file.exists():
        return ""
    return file.read_text(encoding="ascii").strip()


def single_sign_on(environment: Mapping[str, str]) -> dict[str, dict[str, object]]:
    """The identity provider, as allauth wants to know it; none without LIANZE_OIDC_SERVER."""
    server = environment.get("LIANZE_OIDC_SERVER", "").rstrip("/")
    if not server:
        return {}
    app = {
        "provider_id": "office",
        "name": environment.get("LIANZE_OIDC_NAME", "") or "统一身份认证 / Single sign-on",
        "client_id": environment.get("LIANZE_OIDC_CLIENT_ID", ""),
        "secret": environment.get("LIANZE_OIDC_CLIENT_SECRET", ""),
        "settings": {
            "server_url": server,
            "username_claim": environment.get("LIANZE_OIDC_USERNAME_CLAIM", ""),
            "asks_second_factor": environment.get("LIANZE_OIDC_ASKS_SECOND_FACTOR", "") == "1",
            "scope": ["openid", "profile"],
            "oauth_pkce_enabled": True,
        },
    }
    return {"openid_connect": {"APPS": [app]}}


SECRET_KEY = secret_key() or "not-initialised-" + os.urandom(32).hex()

# The web application.
ROOT_URLCONF = "lianze.urls"
WSGI_APPLICATION = "lianze.web.wsgi.application"
DEBUG = False
ALLOWED_HOSTS = os.environ.get("LIANZE_HOSTS", "localhost,127.0.0.1").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("LIANZE_ORIGINS", "").split(",") if origin]
HTTPS = os.environ.get("LIANZE_HTTPS", "") == "1"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lianze.web.middleware.LanguageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "lianze.web.middleware.SessionMiddleware",
    "lianze.web.middleware.DeskMiddleware",
    "axes.middleware.AxesMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "lianze.web.frame.frame",
            ],
            "builtins": ["lianze.web.templatetags.lianze", "django.templatetags.static"],
        },
    }
]
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # straight from the packages: no step between installing and serving
WHITENOISE_MAX_AGE = 3600

# What went wrong inside goes to the server's own output, where whoever runs it looks; people see a page that says so.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"output": {"class": "logging.StreamHandler", "level": "ERROR"}},
    "loggers": {"django.request": {"handlers": ["output"]}},
}

LOGIN_URL = "login"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
SESSION_MINUTES = int(os.environ.get("LIANZE_SESSION_MINUTES", "30"))
SESSION_COOKIE_AGE = SESSION_MINUTES * 60
SESSION_COOKIE_NAME = "lianze_session"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "lianze.web.errors.stale_form"
SECURE_SSL_REDIRECT = False  # the proxy's business
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Days after which a password must be changed; 0: never.
PASSWORD_DAYS = int(os.environ.get("LIANZE_PASSWORD_DAYS", "0"))
PASSWORD_LENGTH = int(os.environ.get("LIANZE_PASSWORD_LENGTH", "10"))
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": PASSWORD_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = int(os.environ.get("LIANZE_LOCKOUT_FAILURES", "5"))
AXES_COOLOFF_TIME = timedelta(minutes=int(os.environ.get("LIANZE_LOCKOUT_MINUTES", "15")))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True  # the audit list keeps log-ins
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "lianze.web.entering.keep_page"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "credential", "owner", "old", "new"]
# Second factors: rows and cryptography are allauth's, the pages are ours.
MFA_ADAPTER = "lianze.web.sealing.SealingAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # periods of 30 s that a clock may be off, either way
MFA_WEBAUTHN_USER_VERIFICATION = "discouraged"  # the password was given before
SOCIALACCOUNT_ADAPTER = "lianze.web.single_sign_on.OwnAccountsOnly"
SOCIALACCOUNT_PROVIDERS = single_sign_on(os.environ)
SECOND_FACTOR_KEY = os.environ.get("LIANZE_SECOND_FACTOR_KEY", "")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "frame-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 101  # a workbook and a hundred files of evidence
CHECK_LARGEST = (
    int(os.environ.get("LIANZE_CHECK_LIMIT_MB", "20")) * 1024**2
)  # bytes of a report sent for a number check
