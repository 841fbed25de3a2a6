"""What a name says of an organization that nobody knows: its kind, its level, its sector.

Whoever looks at the preview sees each of them, and may say another one.
"""

import re
from collections.abc import Collection

from pingyi.organizations.enums import Level, OrganizationKind
from pingyi.rosters.rules.places import taken_apart

BRANCH = OrganizationKind.BRANCH.value
# Those that have members of their own, by how their names end.
BRANCHES = {"支部": BRANCH, "总支": OrganizationKind.GENERAL_BRANCH.value}
KINDS = {
    **BRANCHES,
    "工委": OrganizationKind.WORK_COMMITTEE.value,
    "党组": OrganizationKind.LEADING_GROUP.value,
    "委": OrganizationKind.COMMITTEE.value,
}
# Committees that are none of the Party's, or not one of its organizations here.
OF_OTHERS = re.compile("(?:[居村]民|[居村]务|管理|纪律检查|监督|团|共青团)委员会$|[团纪居村]委会?$")
OF_A_TOWNSHIP = re.compile("(?:[乡镇]|街道|街道办事处)$")
BELOW = {
    Level.PROVINCE.value: Level.CITY.value,
    Level.CITY.value: Level.COUNTY.value,
    Level.COUNTY.value: Level.COUNTY_UNIT.value,
}
# Sectors that a name says; the one said last (学院路社区 is a community), of several the first.
SECTORS = (
    ("university", re.compile("大学|学院|高等专科(?:学校)?")),
    ("school", re.compile("[中小]学|学校|幼儿园|职[高中]|[一二三四五六七八九]中(?![队心])")),
    ("healthcare", re.compile("医院|卫生(?:[院所室]|服务)|疾控|妇幼")),
    ("community", re.compile("社区|居委会|居民")),
    ("rural", re.compile("村(?!镇)")),
    ("government", re.compile("局|人大|政协|法院|检察院")),
    ("private", re.compile("有限公司|非公")),
    ("social", re.compile("协会|商会|学会")),
)
# Said of what belongs to any of them: 县医院机关.
OFFICES = "机关"


def sector_of(name: str, sectors: Collection[str]) -> str:
    """The sector that a name says, one of those that there are; empty where it says none."""
    bare = taken_apart(name).bare
    ends = {
        code: max((said.end() for said in words.finditer(bare)), default=0)
        for code, words in SECTORS
    }
    found = max(ends, key=lambda code: ends[code])
    if not ends[found]:
        found = "government" if OFFICES in bare else ""
    return found if found in sectors else ""


def kind_of(name: str) -> str:
    """What kind of organization a name is of; empty where nothing of that name is founded."""
    return "" if OF_OTHERS.search(name) else KINDS.get(taken_apart(name).ending, "")


def level_of(name: str, kind: str, above: str) -> str:
    """At which level an organization of that name and kind stands below one of the level `above`:
    a branch at the lowest, 青石镇党委 at that of townships, others one step below."""
    if kind in BRANCHES.values():
        return Level.GRASSROOTS.value
    if OF_A_TOWNSHIP.search(taken_apart(name).bare):
        return Level.TOWNSHIP.value
    return BELOW.get(above, Level.GRASSROOTS.value)
