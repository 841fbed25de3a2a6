"""What the invented county promises in public: branches and members, at every stage."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from pingyi.commitments import operations
from pingyi.commitments.enums import CommitmentDeed, Fulfilment
from pingyi.core.clock import day_of

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.commitments.models import Commitment

OF_A_BRANCH = "组织党员每月集中学习一次，听取群众意见，九月底前把意见逐条答复上墙"
OF_MEMBERS = {
    "common": "按时参加组织生活，每季度向支部汇报一次思想和工作",
    "post": "本职工作当日事当日毕，服务对象来访一次说清、两日内答复",
    "deed": "年内联系两户困难群众，每月上门一次，帮助解决一件具体困难",
}
PROGRESS = ("上半年上门六次，帮助一户落实危房改造补助", "走访记录六份，补助发放单复印件")
# How far each of them goes, one after the other.
WAYS = [
    [CommitmentDeed.EXAMINE, CommitmentDeed.PUBLISH, CommitmentDeed.KEEP, CommitmentDeed.CHECK],
    [CommitmentDeed.EXAMINE, CommitmentDeed.PUBLISH, CommitmentDeed.KEEP],
    [CommitmentDeed.EXAMINE, CommitmentDeed.PUBLISH],
    [CommitmentDeed.SEND_BACK],
    [],
]
DEEDS: dict[CommitmentDeed, Any] = {
    CommitmentDeed.EXAMINE: operations.examine,
    CommitmentDeed.SEND_BACK: operations.send_back,
    CommitmentDeed.PUBLISH: operations.publish,
    CommitmentDeed.KEEP: operations.keep,
    CommitmentDeed.CHECK: operations.check,
}
GIVEN: dict[CommitmentDeed, dict[str, str]] = {
    CommitmentDeed.SEND_BACK: {"reason": "写明联系哪两户、解决什么困难"},
    CommitmentDeed.KEEP: {"progress": PROGRESS[0], "evidence": PROGRESS[1]},
    CommitmentDeed.CHECK: {"fulfilment": Fulfilment.WHOLE, "verdict": "入户查看，情况属实"},
}


def promise(round_: "Round", *, now: datetime) -> None:
    """Five branches with some of their members each."""
    for unit in round_.campaign.units.exclude(sector="").order_by("path")[:5]:
        for at, commitment in enumerate(_promised(unit, now)):
            for deed in WAYS[at % len(WAYS)]:
                DEEDS[deed](commitment=commitment, by=None, now=now, **GIVEN.get(deed, {}))


def _promised(unit: "Unit", now: datetime) -> "list[Commitment]":
    """One of the branch itself, and of four of its members one each."""
    due_on = day_of(now) + timedelta(days=120)
    given: dict[str, Any] = {"unit": unit, "by": None, "now": now}
    kinds = list(OF_MEMBERS.items())
    members = list(unit.members.active().order_by("pk")[:4])
    promises = [operations.Promise("common", OF_A_BRANCH, due_on)]
    for at, member in enumerate(members):
        kind, text = kinds[at % len(kinds)]
        promises.append(operations.Promise(kind, text, due_on, member))
    return operations.propose_many(promises=promises, **given)
