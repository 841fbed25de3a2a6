"""Reads of campaigns: packs, the frozen universe, who sees what, what is missing."""

from pingyi.campaigns.models.universe import under
from pingyi.campaigns.queries.freezing import Preview, Source, Warned, preview, source_on
from pingyi.campaigns.queries.gaps import Gap, Gaps, duty_label, gaps_in, gaps_of
from pingyi.campaigns.queries.packs import (
    PackInfo,
    pack,
    pack_of,
    packs,
    problem_sentence,
    register_problems,
)
from pingyi.campaigns.queries.rounds import (
    amendments_visible_to,
    current_round,
    deadlines_of,
    exempt_participants,
    exempt_units,
    exemptions_of,
    open_exemptions,
)
from pingyi.campaigns.queries.scopes import (
    Scope,
    campaigns_visible_to,
    forget_scopes,
    is_self,
    participant_of,
    participants_visible_to,
    rounds_visible_to,
    scopes,
    units_visible_to,
)
from pingyi.campaigns.queries.timeline import timeline
from pingyi.campaigns.queries.universe import (
    UniverseFigures,
    ancestor_paths,
    ancestors,
    home_unit,
    reporting_units,
    root_unit,
    subtree,
    universe_figures,
)

__all__ = [
    "Gap",
    "Gaps",
    "PackInfo",
    "Preview",
    "Scope",
    "Source",
    "UniverseFigures",
    "Warned",
    "amendments_visible_to",
    "ancestor_paths",
    "ancestors",
    "campaigns_visible_to",
    "current_round",
    "deadlines_of",
    "duty_label",
    "exempt_participants",
    "exempt_units",
    "exemptions_of",
    "forget_scopes",
    "gaps_in",
    "gaps_of",
    "home_unit",
    "is_self",
    "open_exemptions",
    "pack",
    "pack_of",
    "packs",
    "participant_of",
    "participants_visible_to",
    "preview",
    "problem_sentence",
    "register_problems",
    "reporting_units",
    "root_unit",
    "rounds_visible_to",
    "scopes",
    "source_on",
    "subtree",
    "timeline",
    "under",
    "units_visible_to",
    "universe_figures",
]
