"""Errors and remarks of an import in words: what is wrong, and how to mend it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from pingyi.core.refusals import Refusal, Sentence
from pingyi.documents.workbook_refusals import sentence_of
from pingyi.rosters.queries.sentences import FALLBACK, SENTENCES
from pingyi.rosters.rules.issues import Issue
from pingyi.rosters.rules.settle import QUESTIONS

# Remarks that somebody may have to do something about; they stand beside the button that applies
# an import, and so do those on what was understood otherwise than the sender may think.
HEEDED = frozenset({
    "begins_with_import", "column_like", "ends_and_namesake_begins", "here_before_founding",
    "members_without_sector", "namesake_without_number", "post_aside", "post_offered",
    "row_hidden", "row_struck", "secretary_without_category", "sheet_hidden", "sheet_not_read",
})  # fmt: skip
TOLD = frozenset({
    "holder_in_file", "older_than_above", "standing_aside", "standing_aside_other",
    "standing_assumed",
})  # fmt: skip
HEEDED_SHOWN = 8
# Their names are those of people.
OF_PEOPLE = frozenset({"standing_assumed", "no_font"})


@dataclass(frozen=True)
class IssueLine:
    """An issue as a page or the terminal shows it."""

    place: str
    label: str
    value: str
    sentence: str

    def __str__(self) -> str:
        head = " ".join(part for part in (self.place, self.label) if part)
        return head + _(": ") + self.sentence if head else self.sentence


def issue_line(issue: Issue) -> IssueLine:
    """One error or remark in the language of the reader."""
    place = "!".join(part for part in (issue.sheet, issue.cell) if part)
    # A heading may stand on several lines.
    issue = replace(issue, label=" ".join(issue.label.split()))
    return IssueLine(place, issue.label, issue.value, _sentence(issue))


def issue_lines(kept: Iterable[Mapping[str, Any]]) -> list[IssueLine]:
    """Those that an import keeps."""
    return [issue_line(Issue(**each)) for each in kept]


def heeded(
    notes: Iterable[Mapping[str, Any]], codes: Collection[str] = HEEDED
) -> tuple[list[IssueLine], int]:
    """The remarks to be read before an import is applied, and how many more of them there are."""
    found = [note for note in notes if note["code"] in codes]
    return issue_lines(found[:HEEDED_SHOWN]), max(0, len(found) - HEEDED_SHOWN)


def error_count(errors: Sequence[Mapping[str, Any]]) -> int:
    """How many errors the file has, of which an import keeps the first."""
    if errors and errors[0]["code"] == "errors_left_out":
        return int(errors[0]["params"]["count"])
    return len(errors)


def asked_and_wrong(
    errors: Sequence[Mapping[str, Any]],
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Those that an answer mends, such as organizations that are new, and the others."""
    asked = [error for error in errors if error["code"] in QUESTIONS]
    wrong = [error for error in errors if error["code"] not in QUESTIONS]
    return asked, wrong


def why_wrong(errors: Sequence[Mapping[str, Any]]) -> Refusal | None:
    """Why rows cannot be written, with every error."""
    lines = issue_lines(errors)
    if not lines:
        return None
    return Refusal(
        _("Nothing was written: the file has {n} errors.").format(n=error_count(errors)),
        code="import_has_errors",
        details=[str(line) for line in lines],
    )


def _sentence(issue: Issue) -> str:
    """The sentence with its parameters."""
    if issue.code.startswith("file.") and issue.code not in SENTENCES:
        return str(sentence_of(issue.code.removeprefix("file."), issue.params))
    words = {name: _in_words(name, value) for name, value in issue.params.items()}
    names, count = issue.params.get("names"), issue.params.get("count")
    if isinstance(names, list) and isinstance(count, int) and len(names) < count:
        words["names"] = _and_others(issue)
    if "places" in words:
        words["examples"] += f" … {words['places']}"
    said = {"value": issue.value, "label": issue.label, "labels": "", **words}
    return str(SENTENCES.get(issue.code, FALLBACK)).format(**said)


def _and_others(issue: Issue) -> str:
    """The names that are kept, and how many there are."""
    names, count = _in_words("names", issue.params["names"]), issue.params["count"]
    if issue.code in OF_PEOPLE:
        return pgettext("people", "{names} and others, {count} in all").format(
            names=names, count=count
        )
    return pgettext("organizations", "{names} and others, {count} in all").format(
        names=names, count=count
    )


def _in_words(name: str, value: Any) -> str:
    """A parameter as text."""
    if name == "examples":
        return pgettext("list", "; ").join(
            f"{cell} {written}" if written == read else f"{cell} {written} → {read}"
            for cell, written, read in value
        )
    if name == "choices":
        return pgettext("list", "; ").join(
            _("{name} ({code}) under {above}").format(name=place, code=code, above=above)
            if above
            else f"{place} ({code})"
            for code, place, above in value
        )
    if isinstance(value, list):
        return pgettext("list", ", ").join(str(part) for part in value)
    return str(value)


MODEL_NAMES: Mapping[str, Sentence] = {
    "organization": gettext_lazy("Organization"),
    "affiliation": gettext_lazy("Affiliation"),
    "person": gettext_lazy("Person"),
    "membership": gettext_lazy("Membership"),
    "post": gettext_lazy("Post"),
    "charge": gettext_lazy("Charge"),
}
FIELD_NAMES: Mapping[str, Sentence] = {
    "name": gettext_lazy("name"),
    "kind": gettext_lazy("kind"),
    "level": gettext_lazy("level"),
    "sector": gettext_lazy("sector"),
    "parent": gettext_lazy("organization above"),
    "identity_last4": gettext_lazy("last four of the identity number"),
    "gender": gettext_lazy("gender"),
    "born_on": gettext_lazy("born on"),
    "joined_on": gettext_lazy("joined the Party on"),
    "organization": gettext_lazy("organization"),
    "standing": gettext_lazy("standing"),
    "title": gettext_lazy("post"),
    "category": gettext_lazy("leader category"),
    "valid_from": gettext_lazy("from"),
}


def field_name(model: str, key: str) -> str:
    """What a field is called; people have another word for a name than organizations."""
    is_of_person = (model, key) == ("person", "name")
    return pgettext("of a person", "name") if is_of_person else str(FIELD_NAMES[key])


def model_name(model: str) -> str:
    """What kind of row a change concerns."""
    return str(MODEL_NAMES[model])


def counts_in_words(counts: Mapping[str, int]) -> str:
    """`Organization 3, Person 20`."""
    return pgettext("list", ", ").join(
        f"{model_name(model)} {number}" for model, number in counts.items()
    )
