"""What somebody fills in on the page of a box, and the form as the page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from pingyi.ballots.rules.manifests import Choice, Form

CODE, OPINION, STEP = "code", "opinion", "step"


@dataclass(frozen=True)
class Cell:
    """A question of the page: its field, its grades, the grade given ('' for none)."""

    name: str
    label: str
    options: tuple[Choice, ...]
    given: str

    @property
    def answer(self) -> str:
        """The words of the grade that was given."""
        return next((option.label for option in self.options if option.code == self.given), "")


@dataclass(frozen=True)
class Row:
    """Whoever is judged, with a question for each item."""

    code: str
    label: str
    cells: tuple[Cell, ...]


def rows_of(form: Form, sent: Mapping[str, str]) -> list[Row]:
    """The form with what was sent; a grade that the form does not offer is as good as none."""
    return [
        Row(
            subject.code,
            subject.label,
            tuple(
                Cell(
                    name := f"a-{row}-{column}",
                    item.label,
                    item.options,
                    given if (given := sent.get(name, "")) in item.codes else "",
                )
                for column, item in enumerate(form.items)
            ),
        )
        for row, subject in enumerate(form.subjects)
    ]


def answers_of(form: Form, rows: list[Row]) -> dict[str, dict[str, str]]:
    """What the ballot says: nothing where no grade was given."""
    return {
        row.code: {
            item.code: cell.given
            for item, cell in zip(form.items, row.cells, strict=True)
            if cell.given
        }
        for row in rows
    }


def open_questions(rows: list[Row]) -> int:
    """How many questions were left open."""
    return sum(not cell.given for row in rows for cell in row.cells)


def fields_of(rows: list[Row], *, code: str, opinion: str) -> list[tuple[str, str]]:
    """Names and values of everything that was filled in, for the next page."""
    given = [(cell.name, cell.given) for row in rows for cell in row.cells if cell.given]
    return [(CODE, code), *given, (OPINION, opinion)]
