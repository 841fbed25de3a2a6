"""Reads that span contexts: the frame of every page, worklists, supervision, search."""

from pingyi.web.queries.frame import Place, frame, place_of
from pingyi.web.queries.search import found_organizations
from pingyi.web.queries.start import StartStep, is_empty, start_steps
from pingyi.web.queries.supervision import UnitState, supervised
from pingyi.web.queries.worklists import Worklists, worklists

__all__ = [
    "Place",
    "StartStep",
    "UnitState",
    "Worklists",
    "found_organizations",
    "frame",
    "is_empty",
    "place_of",
    "start_steps",
    "supervised",
    "worklists",
]
