"""Finding campaigns, rounds and units by the codes people type on the command line."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.campaigns.models import Campaign, Round, Unit
from pingyi.campaigns.queries.scopes import campaigns_visible_to
from pingyi.core.refusals import Refusal


def find_campaign(code: str) -> Campaign:
    """The campaign with this code; a refusal names those there are."""
    campaigns = campaigns_visible_to(None)
    found = campaigns.filter(code=code).first()
    if found is None:
        known = ", ".join(campaigns.order_by("code").values_list("code", flat=True))
        raise Refusal(
            _("There is no campaign %(code)s. There are: %(known)s.")
            % {"code": code, "known": known or "-"},
            code="unknown_campaign",
        )
    return found


def find_round(campaign_code: str, round_code: str) -> Round:
    """The round of a campaign; a refusal names those there are."""
    campaign = find_campaign(campaign_code)
    rounds = {each.code: each for each in campaign.rounds.all()}
    if round_code not in rounds:
        raise Refusal(
            _("Campaign %(campaign)s has no round %(code)s. There are: %(known)s.")
            % {"campaign": campaign_code, "code": round_code, "known": ", ".join(rounds)},
            code="unknown_round",
        )
    return rounds[round_code]


def find_unit(campaign: Campaign, code: str) -> Unit:
    """The unit of a campaign's frozen universe with this code."""
    found = campaign.units.active().filter(code=code).first()
    if found is None:
        raise Refusal(
            _("Campaign %(campaign)s has no unit %(code)s. Its units were frozen on %(day)s.")
            % {"campaign": campaign.code, "code": code, "day": date_format(campaign.cut_off_on)},
            code="unknown_unit",
        )
    return found
