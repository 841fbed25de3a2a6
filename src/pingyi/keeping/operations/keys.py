"""The secret keys, which are in no backup: sealed into a file, and brought back."""

import os
import shlex
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from pingyi.core.refusals import Refusal, refuse
from pingyi.keeping import permissions
from pingyi.keeping.rules.sealed import SHORTEST, NoKeys, WrongPassphrase, opened, sealed

ONLY_OURS, ONLY_OUR_FOLDER = 0o600, 0o700
# By the variable that production reads; the file in the data folder that development reads.
NAMES = {"PINGYI_SECRET_KEY": "secret-key", "PINGYI_IDENTITY_KEY": "identity-key"}


def export_keys(*, path: Path, passphrase: str) -> None:
    """Seal the keys of these settings into a new file. Refuses a passphrase that is too short."""
    refuse(permissions.why_not_write(path))
    if len(passphrase) < SHORTEST:
        sentence = _("The passphrase is too short: at least %(count)d characters.")
        raise Refusal(sentence % {"count": SHORTEST}, code="too_short")
    keys = {
        "PINGYI_SECRET_KEY": settings.SECRET_KEY,
        "PINGYI_IDENTITY_KEY": settings.IDENTITY_KEY,
    }
    _write(path, sealed(keys, passphrase), replaced=False)


def import_keys(*, path: Path, passphrase: str, env: Path | None, replaced: bool) -> list[Path]:
    """Open sealed keys and put them where the settings look: the data folder, or a file of
    variables for a server; where they were put.

    Others that are there stay, unless they are to be `replaced`: then they lie beside, as .old.
    """
    try:
        keys = opened(path.read_bytes(), passphrase)
    except OSError as error:
        sentence = _("{path} cannot be read: {error}.")
        told = error.strerror or str(error)
        raise Refusal(sentence.format(path=path, error=told), code="unreadable") from error
    except NoKeys:
        sentence = _("{path} holds no keys of this program.").format(path=path)
        raise Refusal(sentence, code="no_keys") from None
    except WrongPassphrase:
        sentence = _("The passphrase is wrong, or the file was changed.")
        raise Refusal(sentence, code="wrong_passphrase") from None
    if env is not None:
        lines = "".join(f"{name}={shlex.quote(key)}\n" for name, key in sorted(keys.items()))
        files = {env: lines}
    else:
        files = {settings.DATA_DIR / NAMES[name]: keys[name] for name in NAMES}
    refuse(permissions.why_not_put_keys(files, replaced=replaced))
    for file, text in files.items():
        file.parent.mkdir(mode=ONLY_OUR_FOLDER, parents=True, exist_ok=True)
        _write(file, text.encode(), replaced=replaced)
    return list(files)


def _write(path: Path, content: bytes, *, replaced: bool) -> None:
    """A file for nobody else; what was there lies beside it then."""
    half = path.with_name(f".{path.name}.new")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_OURS), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if replaced and path.exists():
        path.replace(path.with_name(f"{path.name}.old"))
    half.replace(path)
