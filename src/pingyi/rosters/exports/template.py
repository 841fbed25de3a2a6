"""The workbook that people fill in: four sheets with lists to choose from, and a sheet of notes."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pingyi.documents.entry_workbooks import (
    EntryBook,
    EntryCell,
    EntryColumn,
    EntrySheet,
    entry_workbook,
)
from pingyi.organizations.enums import PostRole
from pingyi.organizations.queries import post_categories
from pingyi.rosters.queries.snapshot import names as known_names
from pingyi.rosters.rules.columns import MEMBER_OF, PERSON, SHEETS, WORDS, Column, offered
from pingyi.rosters.rules.rows import Names


def roster_template() -> bytes:
    """The empty workbook, with the sectors and leader categories of this register."""
    return entry_workbook(roster_book())


def roster_book(rows: Mapping[str, Iterable[Sequence[EntryCell]]] | None = None) -> EntryBook:
    """The four sheets, empty; or with the rows of each by its key, every column of it."""
    names = known_names()
    lists = {kind: offered(kind) for kind in WORDS}
    lists |= {"sector": list(names.sectors), "category": list(names.categories)}
    english = not (get_language() or "zh").startswith("zh")
    sheets = [
        EntrySheet(
            title=sheet.english if english else sheet.title,
            columns=[
                _entry_column(column, lists.get(column.kind), english)
                for column in sheet.columns
                if not column.listed and (rows is not None or not column.exported)
            ],
            rows=(rows or {}).get(sheet.key, ()),
        )
        for sheet in SHEETS
    ]
    return EntryBook(sheets, _("Notes"), _notes(names, english=english, exported=rows is not None))


def _entry_column(column: Column, choices: Sequence[str] | None, english: bool) -> EntryColumn:
    """A column with its list; a star for what must be filled in."""
    heading = column.english if english else column.heading
    return EntryColumn(
        heading=f"{heading}*" if column.needed else heading,
        choices=choices or (),
        is_date=column.kind == "date",
        width=24 if column.key in ("name", "identity", "category", "sector") else 16,
    )


def _notes(names: Names, *, english: bool, exported: bool) -> list[Sequence[str]]:
    """How to fill it in, with an example of each sheet."""
    lines: list[Sequence[str]] = [
        (_("Columns with a star must be filled in. Sheets may stay empty, but keep them."),),
        (
            _(
                "An empty parent code places a new organization directly below the one you import "
                "into; one that is in the register already stays where it is."
            ),
        ),
        (_("Write dates as 2011-06-30. Keep codes and identity numbers as text."),),
        (
            _(
                "When somebody joined the Party and since when they are a member of this "
                "organization are two things. Without the latter the membership begins with the "
                "joining, but not before the organization."
            ),
        ),
        (_("People without an identity number are recognized by name and organization."),),
        (_("Leaders who are members elsewhere need no row among the members."),),
        (
            _(
                "{heading}, in the sheets of posts and charges: the code of the organization in "
                "which the person is a member. Needed only for somebody without an identity number "
                "who is a member of another organization than the one of the post; else leave it "
                "empty."
            ).format(heading=MEMBER_OF.english if english else MEMBER_OF.heading),
        ),
        (_("Two people of the same name in one organization need their identity numbers."),),
        (),
    ]
    if exported:
        number = PERSON.english if english else PERSON.heading
        return [
            (
                _(
                    "This is what the register holds: correct it and import it again. "
                    "{number} says who is meant; leave it as it is, and empty for somebody new."
                ).format(number=number),
            ),
            (_("Of identity numbers only the last four are kept. Leave a masked one as it is."),),
            *lines,
        ]
    lines.append((_("Examples"),))
    return [*lines, *((title, *values) for title, values in _examples(names))]


def _examples(names: Names) -> Sequence[tuple[str, Sequence[str]]]:
    """A row for each sheet, with a sector and a leader category that this register has."""
    sector = next(iter(names.sectors), "")
    # The categories go from the top down; a branch secretary is of the last kind of secretaries.
    secretaries = [each.name for each in post_categories() if each.role == PostRole.SECRETARY]
    category = secretaries[-1] if secretaries else ""
    return (
        ("党组织", ("SFZ-01", "示范村党支部", "党支部", "基层", sector, "SFZ", "1984-05-01")),
        (
            "党员",
            ("张三", "", "男", "1970-01-01", "SFZ-01", "正式党员", "1995-07-01", "2003-09-01"),
        ),
        ("职务", ("张三", "", "SFZ-01", "支部书记", category, "2008-03-01", "")),
        ("分工", ("李四", "", "SFZ-01", "2009-01-01", "")),
    )
