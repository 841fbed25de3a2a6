"""The form as a workbook: as it goes out, or as the answer to one that came in with errors."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils import translation

from pingyi.documents.form_books import FormBook, form_workbook
from pingyi.returns.queries.form import Form, refused_words, words_offered
from pingyi.returns.queries.form_pages import remarks_title

if TYPE_CHECKING:
    from pingyi.documents.form_books import Shown


def form_file(
    form: Form,
    *,
    made_at: datetime,
    said: "Mapping[str, Shown] | None" = None,
    marks: Mapping[str, str] | None = None,
    remarks: Sequence[Sequence[str]] = (),
) -> bytes:
    """The form as an .xlsx, in the language that it names.

    An answer holds what the sender `said`, with `marks` at the entries that are wrong, and
    `remarks` on a sheet of their own, the first line its headings.
    """
    with translation.override(form.facts.language):
        book = FormBook(
            title=f"{form.unit.name} {form.round.name}",
            pages=form.pages,
            facts=form.lines,
            values={**form.values, **(said or {})},
            words=words_offered(),
            refused=refused_words(),
            counted=form.counted,
            marks=marks or {},
            closed=form.closed,
            remarks=(remarks_title(), remarks),
        )
        return form_workbook(book, made_at=made_at)
