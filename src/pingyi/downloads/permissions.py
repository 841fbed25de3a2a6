"""What is made at all, and who fetches it when."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.core.refusals import Refusal
from pingyi.downloads import rules
from pingyi.downloads.enums import UNFINISHED, DownloadState
from pingyi.downloads.queries import path_of, sight_of

if TYPE_CHECKING:
    from pingyi.accounts.models import User
    from pingyi.downloads.models import Download


def why_not_make(actor: "User", kind: str, lines: int) -> Refusal | None:
    """A file has room for so many lines; somebody without an account any more gets none."""
    if not actor.is_active:
        return Refusal(_("This account was deactivated."), code="inactive")
    if rules.has_room(kind, lines):
        return None
    sentence = (
        _(
            "%(count)d lines are too many for a PDF, which takes %(most)d: filter the list, or "
            "take the Excel file."
        )
        if kind == "pdf"
        else _("%(count)d lines are more than a workbook takes (%(most)d): filter the list.")
    )
    return Refusal(sentence % {"count": lines, "most": rules.MOST_LINES[kind]}, code="too_many")


def why_not_fetch(actor: "User", download: "Download", now: datetime) -> Refusal | None:
    """A finished file that is still kept, with the roles with which it was made."""
    if download.state in UNFINISHED:
        return Refusal(_("The file is still being made."), code="not_ready")
    if download.state == DownloadState.FAILED:
        return Refusal(_("The file could not be made."), code="failed")
    if download.kept_until is None or download.kept_until <= now or not path_of(download).exists():
        return Refusal(
            _("The file is not kept any longer. Ask for it again."), code="no_longer_kept"
        )
    if download.sight != sight_of(actor):
        return Refusal(
            _("Your roles have changed since the file was made. Ask for it again."),
            code="roles_changed",
        )
    return None


def why_not_ask_again(download: "Download") -> Refusal | None:
    """What is being made or is ready need not be asked for again."""
    if download.state == DownloadState.FAILED:
        return None
    return Refusal(_("There is nothing to be made again."), code="not_failed")
