"""A server that others reach: every secret is given, everything goes over HTTPS."""

from pingyi.config import environment as env
from pingyi.config.settings.base import *  # noqa: F403  settings are built by layering

DEBUG = False
SECRET_KEY = env.secret("PINGYI_SECRET_KEY")
# Keys the hash of identity numbers; losing it means that people can no longer be matched.
IDENTITY_KEY = env.secret("PINGYI_IDENTITY_KEY")
ALLOWED_HOSTS = env.hosts("PINGYI_HOSTS")
SITE = env.site("PINGYI_SITE", f"https://{ALLOWED_HOSTS[0].removeprefix('.')}")
CSRF_TRUSTED_ORIGINS = [f"https://{'*' * host.startswith('.')}{host}" for host in ALLOWED_HOSTS]

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
# They bind other servers of the same domain for a year and cannot be taken back: asked for only.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.choice("PINGYI_HSTS_SUBDOMAINS", "no", ("no", "yes")) == "yes"
SECURE_HSTS_PRELOAD = env.choice("PINGYI_HSTS_PRELOAD", "no", ("no", "yes")) == "yes"
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
