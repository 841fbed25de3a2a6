"""What became of what was said in an appraisal, as its printed summary tells it (N8)."""

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from pingyi.rectification.models import Item, Source

if TYPE_CHECKING:
    from pingyi.appraisals.models import Appraisal


def put_right(appraisal: "Appraisal") -> list[str]:
    """A line for each item that came from the appraisal, then how many of its opinions are taken
    up, set aside and waiting.
    """
    here = Q(opinion__appraisal=appraisal) | Q(flag__appraisal=appraisal)
    keys = Source.objects.filter(here, item__isnull=False).values("item")
    lines = [_line(item) for item in Item.objects.filter(pk__in=keys).order_by("number")]
    opinions = appraisal.opinions.count()
    if not opinions:
        return lines
    answers = Source.objects.filter(opinion__appraisal=appraisal)
    taken = answers.filter(item__isnull=False).count()
    aside = answers.filter(item__isnull=True).count()
    told = _(
        "Opinions: %(all)d; taken up %(taken)d, nothing to put right %(aside)d, waiting %(n)d."
    )
    counts = {"all": opinions, "taken": taken, "aside": aside, "n": opinions - taken - aside}
    return [*lines, told % counts]


def _line(item: Item) -> str:
    """What, how far, and what was done, or is to be done."""
    problem, done = " ".join(item.problem.split()), item.outcome or item.measure
    told = _("No. %(number)d %(problem)s: %(state)s") % {
        "number": item.number, "problem": problem, "state": item.get_state_display(),
    }  # fmt: skip
    return _("%(told)s. %(done)s") % {"told": told, "done": done} if done else told
