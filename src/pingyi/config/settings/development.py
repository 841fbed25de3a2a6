"""One machine, nothing set: an SQLite file under var/, keys made on first use."""

from django.core.management.utils import get_random_secret_key

from pingyi.config import environment as env
from pingyi.config.settings.base import *  # noqa: F403  settings are built by layering
from pingyi.config.settings.base import DATA_DIR


def _kept_secret(name: str) -> str:
    """A random secret kept in the data folder, readable by its owner only."""
    path = DATA_DIR / name
    try:
        if not path.exists():
            DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(get_random_secret_key())
        return path.read_text()
    except OSError:
        raise env.WrongSetting("PINGYI_DATA_DIR", str(DATA_DIR), env.UNWRITABLE) from None


DEBUG = False
SECRET_KEY = _kept_secret("secret-key")
IDENTITY_KEY = _kept_secret("identity-key")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
