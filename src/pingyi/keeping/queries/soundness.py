"""Is this place sound: one line for each thing that must be so, with what to do where it is not."""

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils.timezone import make_naive
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pingyi.core import space
from pingyi.core.clock import day_of
from pingyi.documents.fonts import OFFICE, missing_embedded, stacks
from pingyi.keeping import doors
from pingyi.keeping.doors import Found
from pingyi.keeping.queries import places
from pingyi.keeping.queries.database import faults_of_database, name_and_version
from pingyi.keeping.queries.folder import folder, kept_in, last_good, second_folder
from pingyi.keeping.rules.kept import is_too_old
from pingyi.ledger.queries import last_moment
from pingyi.organizations.queries import why_not_this_identity_key

# Clocks of two machines differ a little.
AHEAD = timedelta(minutes=5)
GIB = 1024**3
# A backup is written beside the last ones, and a restore beside the database.
BACKUPS_OF_ROOM = 3
FOR_NOBODY_ELSE = 0o077


def findings(now: datetime) -> Iterator[Found]:
    """Everything, one after the other. The rest is only asked of a database that can be asked."""
    database = gettext_lazy("Database")
    faults = list(faults_of_database())
    yield from (Found(database, told, mend) for told, mend in faults)
    if not faults:
        yield Found(database, name_and_version())
        yield _keys()
        yield _clock(now)
    yield _key_files()
    yield from (look(now) for look in LOOKS)
    if not faults:
        yield from (look(now) for look in doors.LOOKS.values())


def _keys() -> Found:
    refusal = why_not_this_identity_key()
    if refusal is None:
        return Found(_("Keys"), _("those of this database"))
    return Found(
        _("Keys"),
        _("PINGYI_IDENTITY_KEY is not the one of this database"),
        _("Bring the keys with “pingyi keys import FILE --replace”."),
    )


def _key_files() -> Found:
    found = [Path(settings.DATA_DIR) / name for name in ("secret-key", "identity-key")]
    opens = [path for path in found if path.exists() and path.stat().st_mode & FOR_NOBODY_ELSE]
    if not opens:
        return Found(_("Files of keys"), _("for nobody else to read"))
    paths = " ".join(map(str, opens))
    return Found(_("Files of keys"), _("others can read them"), f"chmod 600 {paths}")


def _clock(now: datetime) -> Found:
    last = last_moment()
    if last is None or last <= now + AHEAD:
        return Found(
            _("Clock"), _("%(now)s, after all entries of the ledger") % {"now": _said(now)}
        )
    return Found(
        _("Clock"),
        _("it is %(now)s here, and the last entry of the ledger is of %(last)s")
        % {"now": _said(now), "last": _said(last)},
        _("Set the clock; have it set by the network from now on."),
    )


def _fonts(_now: datetime) -> Found:
    if missing := missing_embedded():
        return Found(
            _("Fonts"),
            _("missing: %(names)s") % {"names": ", ".join(missing)},
            _("Install the program again: they are part of it."),
        )
    own = [role for role, families in stacks().items() if len(families) == 1]
    if not own:
        return Found(_("Fonts"), _("all faces of official documents"))
    names = "、".join(OFFICE[role] for role in own)
    return Found(_("Fonts"), _("ours stand for %(names)s, which are not here") % {"names": names})


def disk(_now: datetime) -> Found:
    """Whether there is room for more backups, and whether there is any for a deed."""
    place = Path(settings.DATA_DIR)
    last = last_good()
    needed = max(GIB, BACKUPS_OF_ROOM * last.size if last else 0)
    free = shutil.disk_usage(place if place.exists() else place.parent).free
    told = _("%(free).1f GiB free in %(path)s") % {"free": free / GIB, "path": place}
    is_full = space.why_not_write_files() or space.why_not_write_rows()
    if free >= needed and not is_full:
        return Found(_("Disk"), told)
    mend = _("Make room: at least %(count).1f GiB.") % {"count": needed / GIB}
    if is_full:
        told = _("full, nothing can be saved: %(free).1f GiB free in %(path)s") % {
            "free": free / GIB,
            "path": place,
        }
        mend = _(
            "Make room: at least %(count).1f GiB. Remove what is not of the program, or files in "
            "“downloads” and the oldest backups; never the database."
        ) % {"count": needed / GIB}
    return Found(_("Disk"), told, mend)


def _reserve(_now: datetime) -> Found:
    what = _("Reserve for signing in")
    if space.folder_of_rows() is None:
        return Found(what, _("the database has a disk of its own"))
    if space.has_reserve():
        told = _("%(count)d MiB are held back") % {"count": space.RESERVED // space.MIB}
        return Found(what, told)
    mend = _("Make room; a worker then holds them back within a minute.")
    return Found(what, _("nothing is held back"), mend)


def _backup(now: datetime) -> Found:
    last = last_good()
    mend = _("Back up now: on the page “Backups”, or with “pingyi backup FILE”.")
    if last is None:
        return Found(_("Backup"), _("none in %(path)s") % {"path": folder()}, mend)
    told = _("the last good one is of %(when)s") % {"when": _said(last.made_at)}
    return Found(_("Backup"), told, mend if is_too_old(day_of(last.made_at), day_of(now)) else "")


def _second(now: datetime) -> Found:
    what, place = _("Second place"), second_folder()
    if place is None:
        return Found(what, _("none: a backup on the same disk is lost with it"))
    last = next(iter(kept_in(place)), None)
    if last is not None and not is_too_old(day_of(last.made_at), day_of(now)):
        return Found(what, _("the last copy is of %(when)s") % {"when": _said(last.made_at)})
    told = _("no copy of the last days in %(path)s") % {"path": place}
    return Found(what, told, _("See to it that PINGYI_BACKUP_COPY can be written to."))


def _proxy(_now: datetime) -> Found:
    what = _("Proxy in front")
    if settings.TRUSTED_PROXIES:
        names = ", ".join(map(str, settings.TRUSTED_PROXIES))
        return Found(what, _("believed: %(names)s") % {"names": names})
    told = _("none is believed")
    if settings.SECURE_PROXY_SSL_HEADER is None:
        return Found(what, told)
    return Found(what, told, _("Set PINGYI_TRUSTED_PROXIES to its address."))


def _worker(_now: datetime) -> Found:
    count = len(places.workers())
    if count:
        told = ngettext("%(count)d at work", "%(count)d at work", count) % {"count": count}
        return Found(_("Worker"), told)
    return Found(_("Worker"), _("none at work"), _("Start “pingyi serve”, or “pingyi worker”."))


def _said(at: datetime) -> str:
    return make_naive(at).strftime("%Y-%m-%d %H:%M")


LOOKS: tuple[Callable[[datetime], Found], ...] = (
    _fonts,
    disk,
    _reserve,
    _proxy,
    _backup,
    _second,
    _worker,
)
