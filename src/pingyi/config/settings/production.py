"""A server that others reach: every secret is given, everything goes over HTTPS."""

from pingyi.config import environment as env
from pingyi.config.settings.base import *  # noqa: F403  settings are built by layering

DEBUG = False
SECRET_KEY = env.required("PINGYI_SECRET_KEY", "a random text of at least 50 characters")
# Keys the hash of identity numbers; losing it means that people can no longer be matched.
IDENTITY_KEY = env.required("PINGYI_IDENTITY_KEY", "a random text of at least 50 characters")
ALLOWED_HOSTS = env.words("PINGYI_HOSTS")
if not ALLOWED_HOSTS:
    raise env.WrongSetting("PINGYI_HOSTS", "", "the host names people use, separated by commas")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
