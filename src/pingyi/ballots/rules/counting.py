"""The sums of a box (rulebook §1): whole numbers only, every cell of the form said."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pingyi.ballots.rules.canonical import Plain
from pingyi.ballots.rules.cores import Answers
from pingyi.ballots.rules.manifests import Form, Manifest

Cell = tuple[str, str]  # a subject and an item


@dataclass
class Line:
    """What a subject was given in an item, in ballots."""

    votes: dict[str, int]
    abstained: int = 0
    void: int = 0


@dataclass
class Tally:
    """The sums of a box; collected = valid + spoilt, and a line adds up to valid.

    `alike` are ballots with all answers alike, where the campaign wants to be told of them.
    """

    valid: int = 0
    spoilt: int = 0
    alike: int = 0
    lines: dict[Cell, Line] = field(default_factory=dict)

    @property
    def collected(self) -> int:
        """The ballots in the box."""
        return self.valid + self.spoilt


def tally(ballots: Iterable[Answers], manifest: Manifest) -> Tally:
    """Count ballots as the manifest says: what is blank, and sheets with all answers alike."""
    form = manifest.form
    found = Tally(
        lines={
            (subject.code, item.code): Line({option.code: 0 for option in item.options})
            for subject in form.subjects
            for item in form.items
        }
    )
    is_blank_void = manifest.blank == "invalid"
    for answers in ballots:
        alike = manifest.straight_line != "count" and is_alike(answers, form)
        if (not answers and is_blank_void) or (alike and manifest.straight_line == "void"):
            found.spoilt += 1
            continue
        found.valid += 1
        found.alike += alike
        for (subject, item), line in found.lines.items():
            option = answers.get(subject, {}).get(item)
            if option is not None:
                line.votes[option] += 1
            elif is_blank_void:
                line.void += 1
            else:
                line.abstained += 1
    return found


def is_alike(answers: Answers, form: Form) -> bool:
    """Whether all questions were answered, several of them, and all with the same grade."""
    given = Counter(option for marks in answers.values() for option in marks.values())
    questions = len(form.subjects) * len(form.items)
    return questions > 1 and len(given) == 1 and given.total() == questions


def said(tally: Tally) -> Plain:
    """The sums as a board says them."""
    lines: list[Plain] = [
        {
            "subject": subject,
            "item": item,
            "votes": dict(line.votes),
            "abstained": line.abstained,
            "void": line.void,
        }
        for (subject, item), line in tally.lines.items()
    ]
    return {
        "valid": tally.valid,
        "spoilt": tally.spoilt,
        "alike": tally.alike,
        "lines": lines,
    }
