"""Settings that hold everywhere. Development, production and test only say what differs."""

from pathlib import Path
from urllib.parse import quote

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from pingyi.config import environment as env

PACKAGE = Path(__file__).resolve().parents[2]
# Everything the program writes: database, uploads, built documents, keys of development.
DATA_DIR = env.data_folder("PINGYI_DATA_DIR", Path.cwd() / "var")

# A machine that is only a ballot box is still to come; until then "box" is refused.
ROLE = env.choice("PINGYI_ROLE", "all", ("all", "office"))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "pingyi.core",
    "pingyi.ui",
    "pingyi.ledger",
    "pingyi.ballots",
    "pingyi.documents",
    "pingyi.organizations",
    "pingyi.accounts",
    "pingyi.downloads",
    "pingyi.keeping",
    "pingyi.notifications",
    "pingyi.mailbox",
    "pingyi.register",
    "pingyi.rosters",
    "pingyi.campaigns",
    "pingyi.reviews",
    "pingyi.appraisals",
    "pingyi.rectification",
    "pingyi.commitments",
    "pingyi.paper",
    "pingyi.returns",
    "pingyi.bulletins",
    "pingyi.web",
    "pingyi.demo",
    "pingyi.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    # The ballot box answers here: it knows of no session and no account.
    "pingyi.core.middleware.SealedMiddleware",
    "pingyi.core.middleware.SpaceMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every page asks to sign in, but those that say `login_not_required`.
    "pingyi.accounts.views.ended.SignInMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pingyi.core.middleware.ClockMiddleware",
    "pingyi.core.middleware.NulMiddleware",
    "pingyi.core.middleware.SessionMiddleware",
    "pingyi.core.middleware.PrivateMiddleware",
    "pingyi.accounts.views.taken.TakenMiddleware",
    "pingyi.core.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "pingyi.config.urls"
# Pages of the ballot box: where they begin, and all of them.
SEALED_PATH, SEALED_URLCONF = "/box/", "pingyi.config.box_urls"
WSGI_APPLICATION = "pingyi.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "pingyi.web.queries.frame.frame",
            ],
        },
    }
]

DATABASES = {
    "default": env.database(
        "PINGYI_DATABASE_URL", f"sqlite:///{quote(str(DATA_DIR / 'pingyi.sqlite3'))}"
    ),
    # Ballots, sealed: a file, keys and backups of their own.
    "ballots": env.sealed_database(
        "PINGYI_BALLOTS_DATABASE_URL", f"sqlite:///{quote(str(DATA_DIR / 'ballots.sqlite3'))}"
    ),
}
DATABASE_ROUTERS = ["pingyi.core.aliases.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
# The first one is for new passwords; written with another one, a password is written anew when it
# is next found right (accounts.operations.passwords).
PASSWORD_HASHERS = [
    "pingyi.core.hashing.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "web:home"
LOGOUT_REDIRECT_URL = "accounts:sign-in"

# Whose word is taken for the address of a browser (accounts.rules.addresses).
TRUSTED_PROXIES = env.networks("PINGYI_TRUSTED_PROXIES")
# How long the access log is kept; the database refuses less than half a year.
ACCESS_LOG_DAYS = env.days("PINGYI_ACCESS_LOG_DAYS", 365, least=184)
# The name under which an authenticator app shows the account.
OTP_TOTP_ISSUER = "pingyi"

# A session ends after two idle hours (core.middleware.SessionMiddleware) and with the browser.
SESSION_COOKIE_AGE = 2 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "pingyi.accounts.views.ended.forged_or_old"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

# No inline scripts or styles anywhere. ECharts and Tabler are ours, from the same origin;
# data: images are the icons inside Tabler's style sheet.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.time_zone("PINGYI_TIME_ZONE", "Asia/Shanghai")

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
# Rosters hold identity numbers: for nobody else on the machine.
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
# Names with a hash of the content, so that browsers keep them for good.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

TASKS = {
    "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]},
}

# Workers say here that they are at work; where there are several machines, a folder they share.
LEASES = DATA_DIR / "workers"
# Files that were asked for, until they are fetched or their time is over.
DOWNLOADS = DATA_DIR / "downloads"
# Backups are made daily into the first, and copied to the second: another disk, another machine.
BACKUPS = DATA_DIR / "backups"
BACKUP_COPY = env.text("PINGYI_BACKUP_COPY")

# The mail server; where none is named, messages stand in the message centre alone.
MAIL = env.mail("PINGYI_MAIL_URL")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL else 'dummy'}.EmailBackend"
EMAIL_HOST = MAIL.host if MAIL else ""
EMAIL_PORT = MAIL.port if MAIL else 0
EMAIL_HOST_USER = MAIL.user if MAIL else ""
EMAIL_HOST_PASSWORD = MAIL.password if MAIL else ""
EMAIL_USE_TLS = MAIL is not None and MAIL.security == "starttls"
EMAIL_USE_SSL = MAIL is not None and MAIL.security == "tls"
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.mail_address("PINGYI_MAIL_FROM", is_needed=MAIL is not None)
# The mailbox that units without the program e-mail their forms to, and its address.
MAILBOX = env.mail_box("PINGYI_MAILBOX_URL", mail=MAIL)
MAILBOX_ADDRESS = (
    env.mail_address("PINGYI_MAILBOX_ADDRESS", is_needed=True)
    if env.text("PINGYI_MAILBOX_ADDRESS")
    else DEFAULT_FROM_EMAIL
)
# Where e-mails go that were read.
MAILBOX_DONE = env.text("PINGYI_MAILBOX_DONE", "pingyi")
# What an e-mail writes before the address of a page.
SITE = env.site("PINGYI_SITE", "http://127.0.0.1:8000")
# When nobody is sent an e-mail, and nobody reminded.
QUIET_HOURS = env.hours("PINGYI_QUIET_HOURS", "21:00-7:30")

# Where remarks about the program go; shown at the foot of every page.
FEEDBACK = env.feedback("PINGYI_FEEDBACK")

# Where the packs are: ours, and a folder of the operator's own.
PACK_DIRS = [PACKAGE / "campaigns" / "packs"]
if own_packs := env.folder("PINGYI_PACK_DIR"):
    PACK_DIRS.append(own_packs)


DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
# A meeting grid has a field for every part of every member.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# The largest workbook that is opened at all.
UPLOAD_LIMIT_BYTES = 30 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"pingyi": {"level": "INFO"}},
}
