"""Blank ballots as files."""

from collections.abc import Callable, Mapping, Sequence

from pingyi.appraisals.queries import boxes_of
from pingyi.campaigns.rules.pack import BallotForm, Pack
from pingyi.documents.docx import docx
from pingyi.documents.layouts import Layout, Paper
from pingyi.documents.pdf import pdf
from pingyi.paper.rules.blank_forms import ballot_layout

RENDERERS: Mapping[str, Callable[[Layout], bytes]] = {"pdf": pdf, "docx": docx}


def blank_form(
    form: BallotForm, *, kind: str, unit_name: str = "", names: Sequence[str] = (), mark: str = ""
) -> bytes:
    """The plain official form of a ballot as pdf or docx, for no unit or for a named one; with the
    stratum whose ballots are counted apart.
    """
    return RENDERERS[kind](ballot_layout(form, unit_name=unit_name, names=names, mark=mark))


def empty_ballots(pack: Pack) -> list[Paper]:
    """The ballots of a pack in its order, of each stratum where they are counted apart, with room
    for names and dates.
    """
    plan = pack.appraisal
    boxes = boxes_of(plan, plan.forms) if plan is not None else []
    return [ballot_layout(box.form, mark=box.mark) for box in boxes]
