"""What stands in a form that came back, read in the limited child process (workbooks)."""

import json
import tempfile
from datetime import date
from typing import Any

from pingyi.documents.form_pages import FormFile, FormSheet, Value
from pingyi.documents.workbooks import MIB, Limits, UnreadableWorkbook, answered

FORM_LIMITS = Limits(
    file_bytes=4 * MIB,
    unpacked_bytes=24 * MIB,
    memory_bytes=512 * MIB,
    cpu_seconds=10,
    wall_seconds=60,
    output_bytes=8 * MIB,
    rows=2_000,
    columns=60,
    empty_rows=200,
)
"""A form has some hundred lines; what needs more than that is none."""


def read_form(content: bytes, limits: Limits = FORM_LIMITS) -> FormFile:
    """Every cell of a workbook that holds something. Raises UnreadableWorkbook."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        order = {"path": file.name, "cells": True}
        with answered(order, limits) as (answer, failure):
            lines = [json.loads(line) for line in answer if line.endswith(b"\n")]
    if lines and "problems" in lines[-1]:
        raise UnreadableWorkbook([(name, params) for name, params in lines[-1]["problems"]])
    if not lines or lines[-1] != {"end": True}:
        raise UnreadableWorkbook([failure])
    return _gathered(lines[:-1])


def opened(content: bytes) -> FormFile | UnreadableWorkbook:
    """The cells of a workbook, or why they cannot be read; nothing of one that is too large, which
    nobody opens.
    """
    if len(content) > FORM_LIMITS.file_bytes:
        return FormFile()
    try:
        return read_form(content)
    except UnreadableWorkbook as unreadable:
        return unreadable


def _gathered(lines: list[Any]) -> FormFile:
    """The file from the lines of the answer: what it is, then each sheet with its rows."""
    found = FormFile(**lines[0])
    sheet = FormSheet()
    for said in lines[1:]:
        if isinstance(said, dict):
            sheet = found.sheets.setdefault(said["title"], FormSheet())
            sheet.faults = {(row, column): text for row, column, text in said["faults"]}
            sheet.formulas = {(row, column): text for row, column, text in said["formulas"]}
            continue
        row, *values = said
        cells = ((column, value) for column, value in enumerate(values, start=1))
        sheet.values.update({(row, at): _value(value) for at, value in cells if value is not None})
    return found


def _value(value: Any) -> Value:
    """A day comes as a list with one ISO date."""
    if isinstance(value, list):
        return date.fromisoformat(value[0])
    return value  # type: ignore[no-any-return]  # JSON scalars
