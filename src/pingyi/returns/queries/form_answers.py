"""What a unit answers with a form, table by table, held against what is counted and what stands.

The checks are those of the screen (rules.checks); what they find is named with its cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from pingyi.campaigns.queries import pack_of
from pingyi.campaigns.rules.pack import Table
from pingyi.core.clock import day_of
from pingyi.returns.enums import ReturnState
from pingyi.returns.models import Return
from pingyi.returns.queries.draft import Draft, said_now
from pingyi.returns.queries.imprint import first_day
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.sentences import day_words
from pingyi.returns.queries.standing import Standing, standing_of
from pingyi.returns.rules.cells import Cell, explains, from_json
from pingyi.returns.rules.checks import Finding
from pingyi.returns.rules.foot import LEAST_DIGITS, LONGEST, wrong_day, wrong_in_line
from pingyi.returns.rules.forms import Fault, Filled

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit


IMPOSSIBLE = {"left_blank", "before_the_round", "above_the_universe", "above_the_whole"}


@dataclass(frozen=True)
class Answer:
    """What is sealed of one table: its cells, who answers for it and when, words on warnings."""

    table: Table
    cells: Mapping[str, Cell]
    filled_on: date
    foot: Mapping[str, str]
    words: Mapping[str, str]
    cause: str


@dataclass
class Answers:
    """The answers of a form, what is wrong with them, and what was noticed."""

    answers: list[Answer] = field(default_factory=list)
    # Every figure of the unit as it is counted.
    counted: dict[str, int | None] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)


def answers_in(
    round_: "Round", unit: "Unit", tables: Sequence[Table], filled: Filled, now: datetime
) -> Answers:
    """The answers to the tables that are to be sent, or are amended; as counted at `now`."""
    return _Reading(round_, unit, list(tables), filled, now).read()


@dataclass
class _Reading:
    """A form being read table by table."""

    round: "Round"
    unit: "Unit"
    tables: list[Table]
    filled: Filled
    now: datetime
    found: Answers = field(default_factory=Answers)

    def read(self) -> Answers:
        """Everything at once; faults in the order of the tables."""
        pack = pack_of(self.round.campaign)
        said = said_now(Moment(self.round, self.now), self.unit)
        self.found.counted = {code: cell.counted for code, cell in said.items()}
        standing = standing_of(self.round, self.unit, pack.tables, said)
        going: list[tuple[Standing, dict[str, Cell]]] = []
        # What stands in every table of the unit, and then what the form says.
        every = dict(said)
        for each in standing:
            every |= _sealed(each.row) or each.cells
        for each in standing:
            if each.table in self.tables and self._goes(each):
                cells = self._cells(each, said)
                going.append((each, cells))
                every |= cells
        for each, cells in going:
            words = self._checked(each, cells, every)
            self._answer(each.table, cells, words)
        return self.found

    def _goes(self, each: Standing) -> bool:
        """Whether the table is answered by this form: not what is done and said the same again."""
        if each.state == ReturnState.WAIVED:
            self.found.notes.append(Fault("waived", value=each.table.annex))
            return False
        if not each.is_done or self._cause(each):
            return True
        typed = self._typed(each)
        differing = [code for code, cell in each.cells.items() if typed[code] != cell.said]
        code = "accepted_already" if each.state == ReturnState.ACCEPTED else "submitted_already"
        self.found.faults += [
            Fault(code, key=each_code, value=_text(typed[each_code])) for each_code in differing
        ]
        if not differing:
            self.found.notes.append(Fault("said_already", value=each.table.annex))
        return False

    def _cause(self, each: Standing) -> str:
        """Why what was accepted is answered anew."""
        text = self.filled.texts.get(f"cause.{each.table.code}", "")
        return text if each.state == ReturnState.ACCEPTED else ""

    def _typed(self, each: Standing) -> dict[str, int | str | None]:
        """What the form says; what was not understood is not judged, and stands as it stood."""
        said = self.filled.said
        return {code: said.get(code, cell.said) for code, cell in each.cells.items()}

    def _reason(self, code: str) -> str:
        """The reason of a figure, or the one of its whole table."""
        texts, table = self.filled.texts, code.partition(".")[0]
        return texts.get(f"why.{code}", "") or texts.get(f"why.{table}", "")

    def _cells(self, each: Standing, said: Mapping[str, Cell]) -> dict[str, Cell]:
        cells: dict[str, Cell] = {}
        for code, typed in self._typed(each).items():
            if code in each.closed:
                cells[code] = each.cells[code]
                if typed != each.cells[code].said:
                    stood = _text(each.cells[code].said)
                    fault = Fault("cell_is_closed", key=code, value=_text(typed))
                    self.found.faults.append(_with(fault, stood=stood))
                continue
            counted = said[code].counted
            reason = self._reason(code) if typed != counted else ""
            cells[code] = Cell(counted, typed, reason)
        return cells

    def _checked(
        self, each: Standing, cells: Mapping[str, Cell], every: Mapping[str, Cell]
    ) -> dict[str, str]:
        """The checks of the screen; back come the words on warnings, by their keys."""
        others = {code: cell for code, cell in every.items() if code not in cells}
        draft = Draft(each.row, each.table, cells, others, {}, None)
        words: dict[str, str] = {}
        findings = draft.findings()
        # A figure that cannot be right needs no reason for being another one than was counted.
        wrong = {each.cells[0] for each in findings if each.code in IMPOSSIBLE}
        # Of a locked cell that was changed one thing is to be done: what was sent is put back.
        locked = {each.key for each in self.found.faults if each.code == "cell_is_closed"}
        for finding in findings:
            is_moot = finding.code == "reason_missing" and finding.cells[0] in wrong
            is_moot |= "label" not in finding.params and finding.cells[0] in locked
            if is_moot or self.filled.wrong & set(finding.cells):
                continue
            if finding.level == "error":
                self.found.faults.append(self._fault(finding, cells))
                continue
            key = f"word.{finding.code}"
            word = self.filled.texts.get(key, "")
            if "label" not in finding.params:
                # Of a cell, or of a whole table that is not complete.
                cell = finding.cells[0]
                word, key = self._reason(cell), cell if "." in cell else f"why.{cell}"
            words[finding.key] = word
            known = [fault.key for fault in self.found.faults if fault.code == "word_missing"]
            if not explains(word) and key not in known:
                fault = Fault("word_missing", key=key, value=word, params=finding.params)
                self.found.faults.append(_with(fault, finding=finding.code))
        return words

    def _fault(self, finding: Finding, cells: Mapping[str, Cell]) -> Fault:
        """An error of the checks at its cell; a reason that is missing told by what it lacks."""
        key = finding.cells[0]
        cell = cells[key]
        if finding.code != "reason_missing":
            code = "check_failed" if "label" in finding.params else finding.code
            return Fault(code, key=key, value=_text(cell.said), params=finding.params)
        counted = "" if cell.counted is None else cell.counted
        stated = self.filled.stated.get(f"counted.{key}")
        code = "reason_says_nothing" if cell.reason else "reason_missing"
        if not cell.reason and stated == cell.said and stated != cell.counted:
            code = "counted_since"
        params = {"counted": counted, "reason": cell.reason}
        return Fault(code, key=key, value=_text(cell.said), params=params)

    def _answer(self, table: Table, cells: Mapping[str, Cell], words: Mapping[str, str]) -> None:
        """With day and names of this table, or of the first one; what is missing is named once."""
        foot = {
            label: self._of_table("foot", f".{place}", table)
            for place, label in enumerate(table.foot_labels)
        }
        first = self.tables[0].code
        missing = [f"foot.{first}.{at}" for at, text in enumerate(foot.values()) if not text]
        days = self.filled.days
        filled_on = days.get(f"filled_on.{table.code}") or days.get(f"filled_on.{first}")
        if filled_on is None:
            missing.append(f"filled_on.{first}")
        wrong = [Fault("left_out", key=key) for key in missing]
        wrong += self._wrong_in(table, foot, filled_on)
        known = {fault.key for fault in (*self.found.faults, *self.filled.faults)}
        self.found.faults += [fault for fault in wrong if fault.key not in known]
        cause = self.filled.texts.get(f"cause.{table.code}", "")
        if cause and not explains(cause):
            self.found.faults.append(Fault("cause_says_nothing", key=f"cause.{table.code}"))
        if filled_on is not None:
            self.found.answers.append(Answer(table, cells, filled_on, foot, words, cause))

    def _wrong_in(self, table: Table, foot: Mapping[str, str], day: date | None) -> Iterator[Fault]:
        """What cannot stand at the foot of a table, or as its day: at the entry that says it."""
        for place, (label, text) in enumerate(foot.items()):
            code = wrong_in_line(label, text) if text else ""
            if code:
                key = f"foot.{table.code}.{place}"
                mine = key if self.filled.texts.get(key) else f"foot.{self.tables[0].code}.{place}"
                params: dict[str, str | int] = {
                    "label": label,
                    "text": text,
                    "n": LONGEST,
                    "digits": LEAST_DIGITS,
                }
                yield Fault(code, key=mine, value=text, params=params)
        first = first_day(self.round)
        if day is not None and (code := wrong_day(day, first, day_of(self.now))):
            key = f"filled_on.{table.code}"
            mine = key if key in self.filled.days else f"filled_on.{self.tables[0].code}"
            yield Fault(code, key=mine, value=day.isoformat(), params=day_words(first))

    def _of_table(self, what: str, rest: str, table: Table) -> str:
        texts = self.filled.texts
        mine, first = f"{what}.{table.code}{rest}", f"{what}.{self.tables[0].code}{rest}"
        return texts.get(mine, "") or texts.get(first, "")


def _sealed(row: Return) -> dict[str, Cell]:
    """The cells of the latest version; none where there is none."""
    return from_json(row.latest.content["cells"]) if row.latest else {}


def _with(fault: Fault, **params: str) -> Fault:
    return Fault(
        fault.code, fault.sheet, fault.cell, fault.key, fault.value, {**fault.params, **params}
    )


def _text(said: int | str | None) -> str:
    return "" if said is None else str(said)


def placed(faults: Sequence[Fault], places: Mapping[str, tuple[str, str]]) -> Iterator[Fault]:
    """The faults with sheet and cell of the entry that they are about."""
    for fault in faults:
        sheet, cell = places.get(fault.key, ("", ""))
        yield Fault(
            fault.code, fault.sheet or sheet, fault.cell or cell, fault.key, fault.value,
            fault.params,
        )  # fmt: skip
