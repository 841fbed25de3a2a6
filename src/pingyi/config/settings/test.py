"""The suite: fast passwords, tasks done at once, fixed keys, SQLite unless told otherwise."""

import os
import tempfile
from pathlib import Path

from pingyi.config import environment as env
from pingyi.config.settings.base import *  # noqa: F403  settings are built by layering

# A folder for each of several test processes: what one removes is not the other's.
DATA_DIR = Path(tempfile.gettempdir()) / "pingyi-tests" / os.environ.get("PYTEST_XDIST_WORKER", "")
SECRET_KEY = "only for tests " * 5
IDENTITY_KEY = "only for tests"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATABASES = {
    "default": env.database("PINGYI_DATABASE_URL", f"sqlite:///{DATA_DIR / 'test.sqlite3'}"),
    "ballots": env.sealed_database(
        "PINGYI_DATABASE_URL", f"sqlite:///{DATA_DIR / 'test-ballots.sqlite3'}"
    ),
}
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    # Said aloud, as nobody knows of our backend that it is SQLite: several test processes at once
    # would be given one file each, of a name that no folder has.
    DATABASES["default"]["TEST"] = {"NAME": ":memory:"}
    # In a file: several threads write into a box, each on a connection of its own. One for each
    # run: whoever takes it away from another leaves a database that cannot be written to.
    DATABASES["ballots"]["TEST"] = {"NAME": DATA_DIR / f"test-ballots-{os.getpid()}.sqlite3"}
else:
    DATABASES["ballots"]["TEST"] = {"NAME": "test_pingyi_ballots"}
# Either of them is made without the other where a test asks for one alone.
DATABASES["ballots"]["TEST"]["DEPENDENCIES"] = []
# Nothing is collected for tests: pages name the files as they stand in the source.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = DATA_DIR / "static"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MEDIA_ROOT = DATA_DIR / "files"
DOWNLOADS = DATA_DIR / "downloads"
BACKUPS = DATA_DIR / "backups"
TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend",
        "QUEUES": ["default"],
    }
}
# Django's test runner keeps what is sent in mail.outbox.
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "pingyi@pingyi.example"
SITE = "https://pingyi.example"
LEASES = DATA_DIR / "workers"
