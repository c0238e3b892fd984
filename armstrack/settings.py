"""Django's settings. What may differ between installations comes from armstrack/env.py; the rest stands here."""

from datetime import timedelta

import dj_database_url
import django_stubs_ext

from armstrack.embedded.places import places_for
from armstrack.embedded.problems import EmbeddedProblem
from armstrack.embedded.services import database_url, redis_url
from armstrack.env import PROJECT, EnvironmentProblem, read_environment
from armstrack.redis_url import broker_and_cache
from armstrack.secret_key import read_or_make

django_stubs_ext.monkeypatch()  # before any class such as ModelAdmin[Deal] is made

django_stubs_ext.monkeypatch()

try:
    ENVIRONMENT = read_environment()
    _places = places_for(ENVIRONMENT.armstrack_data)
    SECRET_KEY = ENVIRONMENT.secret_key or read_or_make(ENVIRONMENT.armstrack_data)
except (EnvironmentProblem, EmbeddedProblem) as problem:
    raise SystemExit(f"armstrack: {problem}") from problem
except OSError as problem:
    raise SystemExit(f"armstrack: no secret key: {problem}; set SECRET_KEY, or ARMSTRACK_DATA to a folder") from problem

DEBUG = ENVIRONMENT.debug
ALLOWED_HOSTS = list(ENVIRONMENT.allowed_hosts)
CSRF_TRUSTED_ORIGINS = list(ENVIRONMENT.csrf_trusted_origins)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "rest_framework",
    "django_filters",
    "axes",
    "reports",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "armstrack.headers.content_security_policy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "armstrack.urls"
WSGI_APPLICATION = "armstrack.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reports.web.context.sample_banner",
            ],
            "builtins": ["reports.web.words"],
        },
    }
]

# The database: PostgreSQL, ours or another.
DATABASES = {
    "default": dj_database_url.parse(
        ENVIRONMENT.database_url or database_url(_places),
        engine=None if ENVIRONMENT.database_url else "armstrack.embedded.backend",
        conn_max_age=600,  # a new connection per request halves throughput
        conn_health_checks=True,
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Redis: the broker in one database, the cache in the next. Every key of the cache expires.
CELERY_BROKER_URL, _cache_url = broker_and_cache(ENVIRONMENT.redis_url or redis_url(_places))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _cache_url,
        "TIMEOUT": 300,
        "KEY_PREFIX": "armstrack",
    }
}

# The queue. Results are rows in PostgreSQL, not messages.
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True  # a task that a killed worker held comes back
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = ENVIRONMENT.workers
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TASK_DEFAULT_QUEUE = "live"
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}  # a worker takes live and bulk work in turn
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(ENVIRONMENT.armstrack_data / "schedule")
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "reports.tasks.sweep", "schedule": timedelta(minutes=1), "options": {"expires": 60}},
    "poll-feeds": {"task": "reports.tasks.poll_feeds", "schedule": timedelta(minutes=5), "options": {"expires": 300}},
}

# People: log-in is throttled per name and address.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "web:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "locked.html"

# What browsers may do. CSP: armstrack/headers.py.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENVIRONMENT.secure_cookies
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 30 * 24 * 3600 if ENVIRONMENT.secure_cookies else 0
X_FRAME_OPTIONS = "DENY"

# The API: read-only, paged, throttled.
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.DjangoModelPermissionsOrAnonReadOnly"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",
    "PAGE_SIZE": 50,
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "600/minute", "user": "1200/minute"},
}

# Files of the pages: hashed names, so that a browser may keep them for ever.
STATIC_URL = "static/"
STATIC_ROOT = PROJECT / "staticfiles"
STATICFILES_DIRS = [PROJECT / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

LANGUAGE_CODE = "en"
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

# What the app itself asks for.
FULL_TEXT_PUBLIC = ENVIRONMENT.full_text_public
FETCH_ALLOWED_HOSTS = ENVIRONMENT.fetch_allowed_hosts

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "line"}},
    "root": {"handlers": ["out"], "level": ENVIRONMENT.log_level},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # One line for each task, each minute, says nothing; LOG_LEVEL=DEBUG shows them.
        "celery": {"level": "DEBUG" if ENVIRONMENT.log_level == "DEBUG" else "WARNING"},
    },
}
