"""Commands that keep nothing: no folder, no keys of their own, no database."""

from django.core.management.utils import get_random_secret_key

from pingyi.config.settings.base import *  # noqa: F403  settings are built by layering

DEBUG = False
SECRET_KEY = get_random_secret_key()
IDENTITY_KEY = get_random_secret_key()
DATABASES = {}
DATABASE_ROUTERS = []
