"""Statistical tables that some units of the invented county have handed in, on three days."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from pingyi.campaigns.queries import pack_of, reporting_units
from pingyi.core.clock import day_of
from pingyi.demo.county import MODEL_CODE
from pingyi.returns import operations as returns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pingyi.campaigns.models import Round, Unit
    from pingyi.returns.models import Version

DAYS = timedelta(days=2)
# Of so many units one hands in on the first day, and one on the second.
ONE_OF = 8
TELEPHONE = "0730-5550{number:03}"
EXPLAINED = {"secretaries_and_organizations": "有的支部书记由党委委员兼任，按最高职务统计"}
REASON = "与党员名册相差较多，请核对六月转入转出的党员"


def hand_in_some(round_: "Round", *, now: datetime) -> None:
    """Some units hand in on the day before yesterday, others yesterday; the office accepts those
    of the first day on the second, but for one table that it sends back. The model township has yet
    to report.
    """
    units = list(reporting_units(round_.campaign).exclude(code=MODEL_CODE).order_by("path"))
    first, second = units[::ONE_OF], units[ONE_OF // 2 :: ONE_OF]
    sent = _hand_in(round_, first, now - DAYS)
    _hand_in(round_, second, now - DAYS / 2)
    last = sent.pop()
    for version in sent:
        row = version.of_return
        given: dict[str, Any] = {"by": None, "now": now - DAYS / 2}
        returns.accept(round_=round_, unit=row.unit, table=row.table, **given)
    row = last.of_return
    cell = next(code for code, said in last.content["cells"].items() if said["counted"])
    returns.send_back(
        round_=round_, unit=row.unit, table=row.table, remarks={cell: REASON}, by=None, now=now
    )


def _hand_in(round_: "Round", units: "Sequence[Unit]", now: datetime) -> "list[Version]":
    """All tables of these units, with whoever leads each under them."""
    sent = []
    for number, unit in enumerate(units):
        leader = unit.posts.exclude(category="").select_related("participant")[0].participant
        answers = (leader.shown_name, "经办人（虚构）", TELEPHONE.format(number=number))
        for table in pack_of(round_.campaign).tables:
            where: dict[str, Any] = {"round_": round_, "unit": unit, "table": table.code}
            where |= {"by": None, "now": now}
            foot = dict(zip(table.foot_labels, answers, strict=True))
            returns.seal(filled_on=day_of(now), foot=foot, words=EXPLAINED, **where)
            sent.append(returns.submit(**where))
    return sent
