"""What waits for whoever uploaded a workbook: to look at it and apply it."""

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from pingyi.rosters.enums import ImportState
from pingyi.rosters.queries.imports import imports_listed
from pingyi.ui.doors import Item, Worklist

if TYPE_CHECKING:
    from pingyi.accounts.models import User


def worklist(actor: "User", round_: object, today: date) -> Worklist:
    """Waiting: workbooks one uploaded and has not applied yet; they belong to no round."""
    if round_ is not None:
        return Worklist()
    mine = imports_listed(actor, today).filter(state=ImportState.PREVIEWED, uploaded_by_id=actor.pk)
    return Worklist(
        waiting=[
            Item(
                _("Roster import waits to be applied"),
                each.filename,
                None,
                "todo",
                reverse("rosters:preview", args=[each.pk]),
                _("Look at it"),
            )
            for each in mine
        ]
    )
