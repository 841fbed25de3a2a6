"""What says the same is merged, one group after the other, from the keyboard; and undone."""

from functools import partial
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pingyi.accounts.requests import Request
from pingyi.core.refusals import Refusal
from pingyi.rectification.forms import MergeForm
from pingyi.rectification.operations.register import register_item, set_aside
from pingyi.rectification.operations.take_back import take_back
from pingyi.rectification.queries.groups import Group, next_group
from pingyi.rectification.views.choosing import Chosen, kind_asked, number_in, units_for
from pingyi.rectification.views.viewing import campaign_in_sight, page_of
from pingyi.ui.deeds import Deed, done_or_refused, form_page

if TYPE_CHECKING:
    from pingyi.campaigns.models import Unit
    from pingyi.rectification.models import Source


@form_page
def merge(request: Request, campaign_code: str) -> HttpResponse:
    """The next of what waits with all that say the same: one item of it, or nothing, or later."""
    campaign, kind = campaign_in_sight(request, campaign_code), kind_asked(request)
    after, is_wide = number_in(request.GET, "after"), "wide" in request.GET
    chosen = Chosen(request, campaign)
    group = next_group(kind, request.user, campaign, after=after, is_wide=is_wide)
    rows = group.rows if group else []
    first = rows[0].problem if rows else ""
    initial = {"problem": first, "reason": _("It names no problem.")}
    here = partial(_address, campaign_code, of=kind.value, wide=is_wide)
    return Deed(
        title=_("Merge what says the same"),
        state=_state(campaign.name, group),
        form=MergeForm(units_for(request, campaign, rows), request.POST or None, initial=initial),
        submit=_("Register as one item"),
        do=partial(_answered, chosen),
        to=lambda source: here(after=after, undo=source.pk),
        done=_("Recorded."),
        back=page_of("waiting", campaign_code),
        refusal=chosen.refusal,
        template="rectification/merge.html",
        context=lambda: {
            "campaign": campaign,
            "group": group,
            "ticked": {each.pk for each in chosen.said} if chosen.asked else None,
            "skip": here(after=rows[0].pk) if rows else "",
            "again": here(after=0) if after else "",
            "widen": here(after=after, wide=not is_wide),
            "is_wide": is_wide,
            "undo": number_in(request.GET, "undo"),
        },
    ).page(request)


@require_POST
def undo(request: Request, campaign_code: str) -> HttpResponse:
    """What was done last is undone, and its group stands there again."""
    campaign_in_sight(request, campaign_code)
    source = number_in(request.POST, "source")
    here = partial(_address, campaign_code, of=kind_asked(request).value)
    return done_or_refused(
        request,
        partial(take_back, source=source),
        to=lambda first: here(after=first - 1, wide="wide" in request.GET),
        said=_("Undone."),
        back=here(after=0),
    )


def _answered(
    chosen: Chosen, *, target: "Unit", problem: str, reason: str, is_aside: bool, **who: Any
) -> "Source":
    """One of the sources, by which it is undone."""
    if not chosen.said:
        raise Refusal(_("Choose at least one of them."), code="nothing_chosen")
    if is_aside:
        return set_aside(said=chosen.said, reason=reason, **who)[0]
    item = register_item(unit=target, problem=problem, said=chosen.said, **who)
    return item.sources.all()[0]


def _address(campaign_code: str, *, wide: bool = False, **words: str | int) -> str:
    said: dict[str, str | int] = {**words, **({"wide": 1} if wide else {})}
    return f"{page_of('merge', campaign_code)}?{urlencode(said)}"


def _state(name: str, group: Group | None) -> str:
    if group is None:
        return name
    return _("%(campaign)s: %(n)d say the same, %(others)d others wait") % {
        "campaign": name,
        "n": len(group.rows),
        "others": group.others,
    }
