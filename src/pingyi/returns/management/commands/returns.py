"""`pingyi returns`: who owes what, and every deed on a return, as on the pages."""

import json
import sys
from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pingyi.accounts.queries import user_by_name
from pingyi.campaigns.queries import find_round, find_unit, pack_of
from pingyi.core.clock import day_of, read_now
from pingyi.core.refusals import Refusal
from pingyi.documents.files import write_whole
from pingyi.returns.exports.versions import returns_json
from pingyi.returns.management.forms import (
    add_form_arguments,
    add_intake_arguments,
    take_in_files,
    told_forms,
    told_intake,
    write_forms,
)
from pingyi.returns.management.rollup import (
    add_rollup_arguments,
    told_rollup,
    told_rollup_json,
)
from pingyi.returns.management.stamping import add_stamped_arguments, told_stamped
from pingyi.returns.operations import sealing, sending
from pingyi.returns.queries.draft import draft_of, said_now
from pingyi.returns.queries.form import words_typed
from pingyi.returns.queries.imprint import foot_labels
from pingyi.returns.queries.moments import Moment
from pingyi.returns.queries.returns import Owed, owed_by, owing_units, returns_of
from pingyi.returns.queries.sentences import sentence_of
from pingyi.returns.rules.cells import as_json, from_json
from pingyi.returns.rules.typed import number_typed

if TYPE_CHECKING:
    from pingyi.campaigns.models import Round, Unit
    from pingyi.returns.models import Version
    from pingyi.returns.rules.cells import Cells

# The first lines at the foot of a table, in the order in which the pack names them.
FOOT = ("responsible", "filled_by", "phone")
Remark = tuple[str, str]
EXPORT = (
    "The figures that were sealed last, as JSON. Under `tables` stand numbers, and null wherever no"
    " number was said; what was said instead stands under returns.TABLE.cells.CODE.said: nil (there"
    " are none), not_applicable, unknown, and null where it was left blank; 0 is a counted zero. A"
    " table that was never sealed has version null and no cells."
)


def day(text: str) -> date:
    """A day as YYYY-MM-DD; anything else is wrong use."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a date such as 2011-06-28") from None


def pair(text: str) -> Remark:
    """CODE=TEXT; anything else is wrong use."""
    code, equals, words = text.partition("=")
    if not equals:
        raise ArgumentTypeError(f"{text!r} is not CODE=TEXT")
    return code.strip(), words.strip()


class Command(BaseCommand):
    """Stable interface: see docs/reference/cli.md."""

    help = (
        "Say who owes which table, seal and send a return, accept it or send it back. "
        "Exit codes: 0 done, 1 refused with a message, 2 wrong use."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        names = (
            "status|compute|correct|seal|submit|withdraw|accept|send-back|extend|waive|claim|export"
            "|drop|form|intake|rollup|sealed"
        )
        actions = parser.add_subparsers(dest="action", required=True, metavar=names)
        status = actions.add_parser("status", help="every table that is owed, and how far it is")
        compute = actions.add_parser("compute", help="the figures as they are counted now")
        export = actions.add_parser(
            "export", help="the figures that were sealed last, as JSON", description=EXPORT
        )
        form = actions.add_parser("form", help="the Excel form on which a unit answers its tables")
        add_form_arguments(form)
        intake = actions.add_parser("intake", help="take over the forms that units sent in")
        add_intake_arguments(intake)
        rollup = actions.add_parser("rollup", help="the figures of accepted versions added up")
        add_rollup_arguments(rollup)
        correct = actions.add_parser("correct", help="say something else than was counted")
        correct.add_argument("--cell", required=True, metavar="CODE", help="annex2.total.rural")
        correct.add_argument(
            "--said", required=True, help="a number, nil, not_applicable, unknown or blank"
        )
        seal = actions.add_parser("seal", help="seal the answer to a table")
        _add_seal_arguments(seal)
        submit = actions.add_parser("submit", help="send what was sealed up")
        withdraw = actions.add_parser("withdraw", help="take back what nobody answered yet")
        accept = actions.add_parser("accept", help="accept what was sent")
        back = actions.add_parser("send-back", help="send it back, with a reason for each cell")
        back.add_argument(
            "--cell", action="append", type=pair, default=[], metavar="CODE=REASON",
            help="annex2.total.rural=…; =REASON is of the whole table",
        )  # fmt: skip
        extend = actions.add_parser("extend", help="give a unit a later day")
        extend.add_argument("--until", required=True, type=day, metavar="YYYY-MM-DD")
        waive = actions.add_parser("waive", help="ask for no answer in this round")
        claim = actions.add_parser("claim", help="ask for what was waived after all")
        drop = actions.add_parser("drop", help="give up an amendment that was not sent")
        stamped = actions.add_parser("sealed", help="keep a sheet that was stamped outside")
        add_stamped_arguments(stamped)
        for action in (submit, accept, back, drop):
            action.add_argument(
                "--number", type=int, metavar="N", help="only where this is still the version"
            )
        for action in (correct, extend, waive):
            action.add_argument("--reason", default="", help="why, in a sentence")
        reading = (status, compute, export)
        deeds = (correct, seal, submit, withdraw, accept, back, extend, waive, claim, drop, stamped)
        for action in (*reading, form, rollup, *deeds):
            action.add_argument("--campaign", required=True, metavar="CODE")
            action.add_argument("--round", required=True, metavar="CODE", help="first, second, …")
        for action in (*reading, *deeds):
            action.add_argument("--unit", required=action is not status, metavar="CODE")
        for action in reading:
            action.add_argument("--json", metavar="FILE", help="- is standard output")
        for action in deeds:
            action.add_argument("--as", dest="user", required=True, metavar="USERNAME")
            if action is not correct:
                action.add_argument("--table", required=True, metavar="CODE", help="annex1, …")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuses what the operation refuses, and names that do not exist."""
        action = options["action"]
        if action == "intake":
            self._intake(options)
            return
        round_ = find_round(options["campaign"], options["round"])
        if action == "status":
            self._status(round_, options)
            return
        if action == "form":
            self.stdout.write(told_forms(write_forms(round_, options, read_now())))
            return
        if action == "rollup":
            if options["json"] is not None:
                self._write(options["json"], told_rollup_json(round_, options))
                return
            self.stdout.writelines(f"{line}\n" for line in told_rollup(round_, options))
            return
        unit = find_unit(round_.campaign, options["unit"])
        unit.campaign = round_.campaign
        if action in ("compute", "export"):
            self._figures(round_, unit, options, sealed=action == "export")
            return
        given: dict[str, Any] = {
            "round_": round_,
            "unit": unit,
            "by": user_by_name(options["user"]),
            "now": read_now(),
        }
        if action == "correct":
            cell, said = options["cell"], _said(options["said"])
            sealing.correct(cell=cell, said=said, reason=options["reason"], **given)
            self.stdout.write(_("Noted: %(cell)s.") % {"cell": cell})
            return
        given["table"] = options["table"]
        if action == "sealed":
            self.stdout.write(told_stamped(options, given))
            return
        version = self._done(action, options, given)
        state = owed_by(round_, [unit])
        found = next(each for each in state if each.table.code == options["table"])
        sentence = _("%(unit)s, %(table)s: %(state)s") % {
            "unit": unit.name, "table": found.table.annex, "state": found.state.label,
        }  # fmt: skip
        told = f" ({version.number}, {version.digest[:16]})" if version is not None else ""
        self.stdout.write(sentence + told)

    def _done(
        self, action: str, options: dict[str, Any], given: dict[str, Any]
    ) -> "Version | None":
        match action:
            case "seal":
                return _sealed(options, given)
            case "send-back":
                return sending.send_back(
                    remarks=dict(options["cell"]), number=options["number"], **given
                )
            case "extend":
                until, reason = options["until"], options["reason"]
                sending.extend(until=until, reason=reason, **given)
                return None
            case "waive":
                sending.waive(reason=options["reason"], **given)
                return None
            case "claim":
                sending.claim(**given)
                return None
            case "withdraw":
                return sending.withdraw(**given)
        deeds = {"submit": sending.submit, "accept": sending.accept, "drop": sending.drop}
        return deeds[action](number=options["number"], **given)

    def _status(self, round_: "Round", options: dict[str, Any]) -> None:
        if options["unit"]:
            units = [find_unit(round_.campaign, options["unit"])]
        else:
            units = owing_units(round_)
        today = day_of(read_now())
        rows = [_told(owed, today) for owed in owed_by(round_, units)]
        if options["json"] is not None:
            self._write(options["json"], rows)
            return
        for owed in owed_by(round_, units):
            due = date_format(owed.due_on) if owed.due_on else ""
            late = _("late") if owed.lateness(today) == "late" else ""
            words = (owed.unit.code, owed.unit.name, owed.table.code, str(owed.state.label), due)
            self.stdout.write("\t".join(words) + f" {late}".rstrip())

    def _figures(
        self, round_: "Round", unit: "Unit", options: dict[str, Any], *, sealed: bool
    ) -> None:
        """Of each table the last version, or as it is counted with what the unit says otherwise;
        then what is to be explained, with the keys that `seal --word` takes.
        """
        said = said_now(Moment(round_), unit)
        answers, found = [], []
        for table, row in returns_of(round_, unit):
            version = row.latest if sealed else None
            draft = draft_of(row, table, said)
            cells: Cells = {} if sealed else draft.cells
            if version is not None:
                cells = from_json(version.content["cells"])
            answers.append((table, row, version, cells))
            found.append([] if sealed else draft.findings())
        if options["json"] is not None:
            self._write(options["json"], returns_json(unit, round_.code, answers))
            return
        for (_table, _row, _version, cells), findings in zip(answers, found, strict=True):
            for code, cell in as_json(cells).items():
                if cell["said"] is not None or cell["counted"] is not None:
                    words = (code, str(cell["counted"]), str(cell["said"]), cell["reason"])
                    self.stdout.write("\t".join(words))
            for each in findings:
                self.stdout.write(f"! {each.key}\t{sentence_of(pack_of(round_.campaign), each)}")

    def _intake(self, options: dict[str, Any]) -> None:
        """Every file; refused where one of them has to be mended or sent anew."""
        outcomes = []
        for told in take_in_files(options, read_now()):
            outcomes.append(told)
            for line in told_intake(told) if options["json"] != "-" else ():
                self.stdout.write(line)
        if options["json"] is not None:
            self._write(options["json"], outcomes)
        well = ("submitted", "unchanged")
        wrong = [told for told in outcomes if told["code"] not in well or told["came_back"]]
        if wrong:
            sentence = _("%(wrong)d of %(count)d forms were not taken over.")
            numbers = {"wrong": len(wrong), "count": len(outcomes)}
            raise Refusal(sentence % numbers, code="not_taken_over")

    def _write(self, target: str, told: object) -> None:
        text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
        if target == "-":
            sys.stdout.write(text)
        else:
            write_whole(Path(target), text.encode())


def _add_seal_arguments(seal: CommandParser) -> None:
    for option, place in zip(FOOT, ("first", "second", "third"), strict=True):
        name = f"--{option.replace('_', '-')}"
        seal.add_argument(name, default="", metavar="TEXT", help=f"the {place} line at the foot")
    seal.add_argument(
        "--foot", action="append", type=pair, default=[], metavar="LABEL=TEXT",
        help="any line at the foot by its name",
    )  # fmt: skip
    seal.add_argument("--filled-on", type=day, metavar="YYYY-MM-DD", help="填报时间; today")
    seal.add_argument("--cause", default="", help="why what was accepted is amended")
    seal.add_argument(
        "--word", action="append", type=pair, default=[], metavar="KEY=TEXT",
        help="explains a warning",
    )  # fmt: skip


def _sealed(options: dict[str, Any], given: dict[str, Any]) -> "Version":
    """A sealed version; a warning that has no word yet is named with what `--word` takes."""
    said = zip(foot_labels(given["round_"]), FOOT, strict=False)
    foot = {label: options[name] for label, name in said if options[name]}
    words = dict(options["word"])
    try:
        return sealing.seal(
            filled_on=options["filled_on"] or day_of(given["now"]),
            foot=foot | dict(options["foot"]), words=words, cause=options["cause"], **given,
        )  # fmt: skip
    except Refusal as refusal:
        if refusal.code != "warning_unexplained":
            raise
        round_, unit = given["round_"], given["unit"]
        pairs = {table.code: (table, row) for table, row in returns_of(round_, unit)}
        table, row = pairs[given["table"]]
        found = draft_of(row, table, said_now(Moment(round_), unit)).findings()
        raise Refusal(refusal.sentence, code=refusal.code, details=[
            f"--word '{each.key}=…'  {sentence_of(pack_of(round_.campaign), each)}"
            for each in found if not words.get(each.key, "").strip()
        ]) from refusal  # fmt: skip


def _said(text: str) -> int | str | None:
    """Blank as nothing, a number or a word as in a form; of all else the operation will say."""
    if text == "blank":
        return None
    typed = number_typed(text, words_typed())
    return text if typed.said is None else typed.said


def _told(owed: Owed, today: date) -> dict[str, Any]:
    row = owed.found
    return {
        "unit": owed.unit.code,
        "name": owed.unit.name,
        "table": owed.table.code,
        "state": owed.state.value,
        "due_on": owed.due_on.isoformat() if owed.due_on else None,
        "is_late": owed.lateness(today) == "late",
        "version": row.latest.number if row and row.latest else None,
        "accepted": row.accepted.number if row and row.accepted else None,
        "extended_because": row.extended_because if row else "",
        "waived_because": row.waived_because if row else "",
    }
