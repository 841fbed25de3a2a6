"""What the page of a unit's table shows beside the paper: how far it is, what is said of it."""

from dataclasses import dataclass
from datetime import date
from statistics import quantiles
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from pingyi.campaigns.queries import pack_of
from pingyi.returns.enums import ReturnState
from pingyi.returns.models import Return, Version
from pingyi.returns.queries.content import counted_now
from pingyi.returns.queries.measures import MEASURES
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.papers import Paper, papers_of, remarks_on, sealed_paper
from pingyi.returns.queries.returns import accepted_in, versions_of
from pingyi.returns.queries.sentences import cell_label, said_in_words, sentence_of
from pingyi.returns.rules.cells import Cells, Said, from_json
from pingyi.returns.rules.checks import Level
from pingyi.returns.rules.differences import ChangedCell, differences

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.campaigns.rules.pack import Row, Table

# Shares of others are compared where there are so many of them at least.
LEAST_SIBLINGS = 5


@dataclass(frozen=True)
class Line:
    """A sentence about a cell of a table; without a cell, about the whole of it."""

    level: Level | str
    cell: str
    where: str
    text: str


def paper_asked(
    row: Return, plan: "Table", number: str, usual: Version | None, today: date
) -> Paper | None:
    """The version of that number, `now` for what would be sealed, else the usual one; None where
    there is no such version.
    """
    version = usual
    if number.isdecimal():
        version = next((each for each in versions_of(row) if each.number == int(number)), None)
        if version is None:
            return None
    if version is not None and number != "now":
        return sealed_paper(plan, row, version)
    papers = papers_of(row.round, row.unit, today)
    return next(paper for paper in papers if paper.plan.code == plan.code)


def usual_version(row: Return, *, is_sender: bool) -> Version | None:
    """Which version a page shows that was asked for none: the last one, where it stands; a draft
    where the unit still has to say something. What came back, whoever sent it back sees as it came.
    """
    if row.state in (ReturnState.SEALED, ReturnState.SUBMITTED, ReturnState.ACCEPTED):
        return row.latest
    if row.state == ReturnState.SENT_BACK and not is_sender:
        return row.latest
    return None


def usual_papers(round_: "Round", unit: "Unit", today: date, *, is_sender: bool) -> list[Paper]:
    """Every table of a unit, each as its page shows it."""
    papers = []
    for paper in papers_of(round_, unit, today):
        version = usual_version(paper.row, is_sender=is_sender)
        papers.append(sealed_paper(paper.plan, paper.row, version) if version else paper)
    return papers


def findings_of(paper: Paper) -> list[Line]:
    """What stands against sealing a draft, and what is to be explained; nothing of a version."""
    if paper.draft is None:
        return []
    pack = pack_of(paper.row.round.campaign)
    return [
        Line(each.level, _cell_of(paper, each.cells[0]), "", sentence_of(pack, each))
        for each in paper.draft.findings()
    ]


def _cell_of(paper: Paper, cell: str) -> str:
    """A cell that can be said otherwise; nothing where it is said of the table as a whole."""
    return cell if cell in paper.cells else ""


def remarks_of(paper: Paper) -> list[Line]:
    """Why it came back, cell by cell; of the whole table first."""
    pack = pack_of(paper.row.round.campaign)
    return [
        Line("error", cell, cell_label(pack, cell) if cell else _("The whole table"), reason)
        for cell, reason in sorted(paper.remarks.items())
    ]


def stands_out(paper: Paper) -> list[Line]:
    """What whoever examines a version looks at first: why what was accepted is amended, and in
    which figures; why it came back before; figures that are not the counted ones, with the reason;
    what was explained; what the ledger counts by now; what changed since it was sent back, and
    since the round before; where fewer are done than elsewhere.
    """
    version = paper.version
    if version is None:
        return []
    pack = pack_of(paper.row.round.campaign)

    def line(cell: str, text: str) -> Line:
        return Line("", cell, cell_label(pack, cell), text)

    lines = _amended(paper) + _sent_back(paper)
    lines += [
        line(code, _("%(counted)s counted, %(said)s reported: %(reason)s") % {
            "counted": said_in_words(cell.counted), "said": said_in_words(cell.said),
            "reason": cell.reason,
        })
        for code, cell in paper.cells.items() if cell.differs
    ]  # fmt: skip
    lines += [
        line(each["cells"][0], _("Explained: %(word)s") % {"word": each["word"]})
        for each in version.content["warnings"]
    ]
    lines += [line(each.cell, text) for each, text in _since(paper)]
    lines += [line(cell, text) for cell, text in _less_than_others(paper)]
    return lines


def _back_before(paper: Paper) -> Version | None:
    """The version that came back and is answered by the one that is examined, if any did."""
    if paper.version is None:
        return None
    earlier = paper.row.versions.exclude(answer="").filter(number__lt=paper.version.number)
    last = earlier.order_by("number").last()
    return last if last is not None and last.answer == ReturnState.SENT_BACK else None


def _said_in(version: Version) -> dict[str, Said]:
    return {code: cell.said for code, cell in from_json(version.content["cells"]).items()}


def _amended(paper: Paper) -> list[Line]:
    """Why an accepted version is amended, and what becomes of its figures."""
    accepted, version = paper.row.accepted, paper.version
    if accepted is None or version is None or not version.cause:
        return []
    pack = pack_of(paper.row.round.campaign)
    changed = differences(_said_in(accepted), _said_in(version))
    words = {"cause": version.cause.rstrip(" 。.；;"), "n": len(changed)}
    text = (
        _("Amended because: %(cause)s. Figures changed: %(n)s.")
        if changed
        else _("Amended because: %(cause)s. No figure was changed.")
    )
    lines = [Line("", "", _("The whole table"), text % words)]
    text = _("%(after)s; %(before)s was accepted.")
    for each in changed:
        said = {"before": said_in_words(each.before), "after": said_in_words(each.after)}
        lines.append(Line("", each.cell, cell_label(pack, each.cell), text % said))
    return lines


def _sent_back(paper: Paper) -> list[Line]:
    """Why cells came back, with what stood there then and stands there now."""
    if (back := _back_before(paper)) is None:
        return []
    before, after = _said_in(back), {code: cell.said for code, cell in paper.cells.items()}
    pack, lines = pack_of(paper.row.round.campaign), []
    for cell, reason in remarks_on(back).items():
        words = {
            "reason": reason.rstrip(" 。.；;"),
            "before": said_in_words(before.get(cell)),
            "after": said_in_words(after.get(cell)),
            "n": len(differences(before, after)),
        }
        if not cell:
            text = (
                _("Sent back because: %(reason)s. Figures changed: %(n)s.")
                if words["n"]
                else _("Sent back because: %(reason)s. No figure was changed.")
            )
        elif before.get(cell) == after.get(cell):
            text = _("Sent back because: %(reason)s. It was %(before)s, and still is %(after)s.")
        else:
            text = _("Sent back because: %(reason)s. It was %(before)s, and is %(after)s now.")
        where = cell_label(pack, cell) if cell else _("The whole table")
        lines.append(Line("", cell, where, text % words))
    return lines


def _since(paper: Paper) -> list[tuple[ChangedCell, str]]:
    """What is another figure than it was, by which measure."""
    row, mine = paper.row, f"{paper.plan.code}."
    counted = counted_now(Moment(row.round), row.unit)
    then = {code: cell.counted for code, cell in paper.cells.items()}
    now = {code: number for code, number in counted.items() if code.startswith(mine)}
    found = [
        (each, _("The ledger counts %(after)s by now; %(before)s as it was sealed."))
        for each in differences(then, now)
    ]
    said = {code: cell.said for code, cell in paper.cells.items()}
    if (back := _back_before(paper)) is not None:
        before, named = _said_in(back), remarks_on(back)
        text = _("%(after)s instead of %(before)s, which was sent back.")
        found += [(each, text) for each in differences(before, said) if each.cell not in named]
    if (earlier := accepted_in(row, paper.plan)) is not None:
        totals = [f"{mine}{each.code}." for each in paper.plan.rows if each.round is None]
        before = {
            code: each
            for code, each in _said_in(earlier).items()
            if any(code.startswith(total) for total in totals)
        }
        text = _("%(after)s; it was %(before)s in the round before.")
        found += [(each, text) for each in differences(before, said)]
    return [
        (each, text % {"before": said_in_words(each.before), "after": said_in_words(each.after)})
        for each, text in found
    ]


def _less_than_others(paper: Paper) -> list[tuple[str, str]]:
    """Rows of this round of which less is done than of any usual one of its siblings."""
    row = paper.row
    siblings = Return.objects.filter(
        round=row.round, table=row.table, unit__parent=row.unit.parent_id, latest__isnull=False
    ).exclude(unit=row.unit)
    others = [
        from_json(cells) for cells in siblings.values_list("latest__content__cells", flat=True)
    ]
    found = []
    for each in paper.plan.rows:
        if each.round != row.round.code:
            continue
        mine = _share(paper.plan, each, paper.cells)
        shares = [
            share for cells in others if (share := _share(paper.plan, each, cells)) is not None
        ]
        if mine is None or len(shares) < LEAST_SIBLINGS:
            continue
        low, middle, high = quantiles(shares, n=4)
        if mine < low - 1.5 * (high - low) and mine < middle:
            text = _("%(mine)d %% are done here, %(middle)d %% in the middle of %(n)d others.")
            words = {"mine": round(100 * mine), "middle": round(100 * middle), "n": len(shares)}
            found.append((f"{paper.plan.code}.{each.code}", text % words))
    return found


def _share(plan: "Table", row: "Row", cells: Cells) -> float | None:
    """How much of the whole a row says, over all columns; None where there is no whole."""
    base = MEASURES[row.measure].base
    whole = next((each for each in plan.rows if each.measure == base), None)
    if whole is None:
        return None
    of = _sum(plan, whole.code, cells)
    return _sum(plan, row.code, cells) / of if of else None


def _sum(plan: "Table", row: str, cells: Cells) -> int:
    begin = f"{plan.code}.{row}."
    return sum(cell.number for code, cell in cells.items() if code.startswith(begin))
