"""Controls that the forms of all rooms share."""

from django import forms


class DayInput(forms.DateInput):
    """The date field of the browser; it needs the ISO form whatever the language."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")
