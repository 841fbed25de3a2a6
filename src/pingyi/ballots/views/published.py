"""What anybody may fetch of a box: its manifest; once it is published its result and its board."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pingyi.ballots.queries import boxes
from pingyi.ballots.queries.boxes import NoBox
from pingyi.ballots.queries.results import Result, result_of_box
from pingyi.ballots.views.pages import not_found, page

JSON = "application/json"
# It never changes.
FOR_GOOD = "public, max-age=31536000, immutable"


@require_safe
def manifest(request: HttpRequest, box: str) -> HttpResponse:
    """The manifest, byte by byte as its hash was announced."""
    try:
        text = boxes.manifest_of_box(box).text
    except NoBox:
        return not_found(request)
    return HttpResponse(text, content_type=JSON, headers={"Cache-Control": FOR_GOOD})


@require_safe
def board(request: HttpRequest, box: str) -> HttpResponse:
    """The published board, to be recounted by anybody (`pingyi verify`)."""
    try:
        text = boxes.board_of_box(box)
    except NoBox:
        return not_found(request)
    headers = {
        "Cache-Control": FOR_GOOD,
        "Content-Disposition": f'attachment; filename="board-{box}.json"',
    }
    return HttpResponse(text, content_type=JSON, headers=headers)


@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, box: str) -> HttpResponse:
    """The sums, and whether the ballot with a number is among those counted.

    The number is posted: in an address it would stay in the history of the browser.
    """
    try:
        found = result_of_box(box)
    except NoBox:
        return not_found(request)
    number = request.POST.get("number", "").strip().upper()
    shown = {
        "manifest": found.manifest,
        "cast": len(found.trackers),
        "tally": found.tally,
        "rows": _rows(found),
        "number": number,
        "is_found": number in found.trackers,
    }
    return page(request, "ballots/result.html", shown)


def _rows(found: Result) -> list[dict[str, Any]]:
    """A row for whoever was judged, with the words of each grade and its ballots."""
    if found.tally is None:
        return []
    form = found.manifest.form
    return [
        {
            "label": subject.label,
            "cells": [
                {
                    "label": item.label,
                    "sums": [
                        *((option.label, line.votes[option.code]) for option in item.options),
                        (_("Abstained"), line.abstained),
                        *([(_("Void"), line.void)] if line.void else []),
                    ],
                }
                for item in form.items
                for line in [found.tally.lines[subject.code, item.code]]
            ],
        }
        for subject in form.subjects
    ]
