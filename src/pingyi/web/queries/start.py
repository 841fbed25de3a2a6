"""The first start on an empty database: what has been done, what comes next."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from pingyi.accounts.queries import any_account
from pingyi.campaigns.enums import RoundState
from pingyi.campaigns.queries import campaigns_visible_to
from pingyi.organizations.queries import any_member, without_secretary


@dataclass(frozen=True)
class StartStep:
    """A step of the first start; the next one is the first that is not done."""

    code: str
    label: str
    text: str
    is_done: bool
    is_next: bool
    # Organizations with members that have no secretary: the step is begun and not done.
    lacking: int = 0


def is_empty() -> bool:
    """Whether nobody can sign in yet."""
    return not any_account()


def start_steps(on: date) -> list[StartStep]:
    """Office account, register, campaign, first round - in this order, as of a day.

    A register without secretaries is not done, and holds nobody back: the next step can be taken.
    """
    campaigns = list(campaigns_visible_to(None).prefetch_related("rounds"))
    opened = any(
        each.state != RoundState.PLANNED for found in campaigns for each in found.rounds.all()
    )
    rows = [
        (
            "account",
            _("Office account"),
            _("The organization at the top and the account of its campaign office."),
            not is_empty(),
        ),
        (
            "register",
            _("Register"),
            _("Organizations, members, posts and charges: from a workbook, or by hand."),
            any_member(),
        ),
        (
            "campaign",
            _("Campaign"),
            _("Choose a pack and a cut-off date; the universe is frozen as it stood then."),
            bool(campaigns),
        ),
        (
            "round",
            _("First round"),
            _("Open it, and every leader finds the tasks in the worklist."),
            opened,
        ),
    ]
    first_open = next((code for code, *_rest, done in rows if not done), None)
    # Once a campaign was opened the preview of the next one says it.
    lacking = 0 if campaigns else without_secretary(on)
    return [
        StartStep(code, label, text, done and not short, code == first_open, short)
        for code, label, text, done in rows
        for short in [lacking if code == "register" else 0]
    ]
