"""The language a user works in."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from pingyi.accounts.enums import LedgerKind
from pingyi.accounts.models import User
from pingyi.accounts.operations.record import locked, record
from pingyi.core.refusals import Refusal


@transaction.atomic
def choose_language(*, language: str, by: User, now: datetime) -> None:
    """Keep the language for this and later sign-ins; the same once more writes nothing.

    Refuses one the program does not speak.
    """
    if language not in dict(settings.LANGUAGES):
        raise Refusal(_("This language is not available."), code="unknown_language")
    account = locked(by)
    by.language = language
    if account.language == language:
        return
    account.language = language
    account.save(update_fields=["language"])
    record(LedgerKind.LANGUAGE_CHOSEN, account, {"language": language}, by=by, now=now)
