"""What other rooms ask of campaigns."""

from pingyi.campaigns.models.universe import FEW, in_use, under
from pingyi.campaigns.queries.below import by_top
from pingyi.campaigns.queries.counted import (
    amended_people,
    counted_members,
    counted_posts,
    counted_units,
    leaders,
    units_at,
)
from pingyi.campaigns.queries.debtors import debtors_at, place_of_urging, tops_of_urging
from pingyi.campaigns.queries.gaps import BY_PERSON, Gaps, duty_label, gaps_in, gaps_of
from pingyi.campaigns.queries.held import (
    people_locked,
    round_held,
    round_locked,
    rounds_locked,
    units_locked,
)
from pingyi.campaigns.queries.history import (
    Amended,
    PersonThen,
    PostThen,
    UnitThen,
    amended_since,
    members_of,
    places_of,
    posts_of,
    then,
)
from pingyi.campaigns.queries.lookup import find_round, find_unit
from pingyi.campaigns.queries.missing import Missing, heads_said, missing_in, said_of
from pingyi.campaigns.queries.packs import called, known_pack, known_packs, pack_of
from pingyi.campaigns.queries.rounds import (
    current_round,
    deadlines_of,
    is_exempt,
    open_exemptions,
)
from pingyi.campaigns.queries.scopes import (
    campaigns_visible_to,
    campaigns_with_unit,
    is_self,
    participant_of,
    read_scopes,
    rounds_visible_to,
    scopes,
    units_visible_to,
)
from pingyi.campaigns.queries.timeline import timeline
from pingyi.campaigns.queries.universe import (
    ancestor_paths,
    ancestors,
    home_unit,
    names_together,
    organizations_at,
    reporting_units,
    root_unit,
    subtree,
)
from pingyi.campaigns.rules.tree import above_all, hold_all

__all__ = [
    "BY_PERSON",
    "FEW",
    "Amended",
    "Gaps",
    "Missing",
    "PersonThen",
    "PostThen",
    "UnitThen",
    "above_all",
    "amended_people",
    "amended_since",
    "ancestor_paths",
    "ancestors",
    "by_top",
    "called",
    "campaigns_visible_to",
    "campaigns_with_unit",
    "counted_members",
    "counted_posts",
    "counted_units",
    "current_round",
    "deadlines_of",
    "debtors_at",
    "duty_label",
    "find_round",
    "find_unit",
    "gaps_in",
    "gaps_of",
    "heads_said",
    "hold_all",
    "home_unit",
    "in_use",
    "is_exempt",
    "is_self",
    "known_pack",
    "known_packs",
    "leaders",
    "members_of",
    "missing_in",
    "names_together",
    "open_exemptions",
    "organizations_at",
    "pack_of",
    "participant_of",
    "people_locked",
    "place_of_urging",
    "places_of",
    "posts_of",
    "read_scopes",
    "reporting_units",
    "root_unit",
    "round_held",
    "round_locked",
    "rounds_locked",
    "rounds_visible_to",
    "said_of",
    "scopes",
    "subtree",
    "then",
    "timeline",
    "tops_of_urging",
    "under",
    "units_at",
    "units_locked",
    "units_visible_to",
]
