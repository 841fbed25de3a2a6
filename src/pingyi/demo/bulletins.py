"""What the invented county makes known: bulletins and public notices at every stage."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from pingyi.bulletins import operations
from pingyi.bulletins.enums import BulletinState, Scope
from pingyi.bulletins.queries import figures_final
from pingyi.campaigns.queries import pack_of, reporting_units, root_unit

if TYPE_CHECKING:
    from pingyi.bulletins.models import Bulletin
    from pingyi.campaigns.models import Round, Unit

APPROVER = "党委会议（虚构）"
OF_THE_COUNTY = operations.Said(
    title="关于开展第一次群众评议的公告",
    text="各党支部自六月起召开评议会议，听取群众意见，当场计票、当场宣布。\n"
    "评议结果在公开栏公示。群众对评议有意见的，可向所在党支部或上级党委反映。",
    scope=Scope.PUBLIC,
    kind="notice",
    agency="云岭县创先争优活动办公室（虚构）",
    document_number="云创先办〔2011〕6号",
)
# What becomes of one after the other.
STATES = [
    BulletinState.PUBLISHED,
    BulletinState.PUBLISHED,
    BulletinState.APPROVED,
    BulletinState.DRAFT,
    BulletinState.WITHDRAWN,
]
# Looked through for figures that are final; there are hundreds.
LOOKED_AT = 40


def make_known(round_: "Round", *, now: datetime) -> None:
    """A notice of the county, results of branches and of units, as far as they are final."""
    top = root_unit(round_.campaign)
    _bring(round_, top, OF_THE_COUNTY, BulletinState.PUBLISHED, now)
    branches = round_.campaign.units.exclude(sector="").order_by("path")[:LOOKED_AT]
    for code, units, scope in (
        ("appraisal_result", branches, Scope.PUBLIC),
        ("first_results", reporting_units(round_.campaign).order_by("path"), Scope.TOWNSHIP),
    ):
        final = [unit for unit in units if figures_final(round_, unit, code)]
        for unit, state in zip(final, STATES, strict=False):
            _bring(round_, unit, _said(round_, unit, code, scope), state, now)


def _said(round_: "Round", unit: "Unit", code: str, scope: Scope) -> operations.Said:
    [plan] = [each for each in pack_of(round_.campaign).bulletins if each.code == code]
    names = {"unit": unit.name, "round": round_.name, "campaign": round_.campaign.name}
    return operations.begun_from(plan, names, scope)


def _bring(
    round_: "Round", unit: "Unit", said: operations.Said, state: BulletinState, now: datetime
) -> "Bulletin":
    who: dict[str, Any] = {"by": None, "now": now}
    bulletin = operations.write(round_=round_, unit=unit, said=said, **who)
    if state == BulletinState.DRAFT:
        return bulletin
    bulletin = operations.approve(bulletin=bulletin, approver=APPROVER, **who)
    if state == BulletinState.APPROVED:
        return bulletin
    bulletin = operations.publish(bulletin=bulletin, **who)
    if state == BulletinState.WITHDRAWN:
        return operations.withdraw(bulletin=bulletin, reason="贴错公开栏，重新公示", **who)
    return bulletin
