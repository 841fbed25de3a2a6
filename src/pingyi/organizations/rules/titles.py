"""Which titles of posts name the secretary of the Party organization itself, or another leader."""

import re

PARTS = re.compile(r"[、，,;；/\s]|兼")
SECRETARY = re.compile("(?:书记|支书)$")
# Deputies, those who were it or are it by honour, those sent to help, and secretaries of other
# bodies.
OF_OTHERS = re.compile(
    "副书记$|副支书$|^[原前](?:任|党|支|总支|村|书记)|名誉|第一书记$|纪[委检律工]|"
    "(?<!集)团(?:支|总支|委|工委)|政法委|助理|见习"
)

# Deputies of the secretary and members of the committee itself, or of its leading group.
LEADER = re.compile("(?:副书记|副支书|委员|(?:党委|党工委|党组|班子)成员)$")
NO_LEADER = re.compile(
    "^[原前](?:任|党|副)|名誉|纪委|监委|政协|人大|村委|居委|团(?:委|工委)|妇联|助理|见习"
)


def names_secretary(title: str) -> bool:
    """Whether a title, or one of several in it, is that of the secretary: 支部书记, 书记、主任."""
    parts = [part for part in PARTS.split(title.strip()) if part]
    return any(SECRETARY.search(part) and not OF_OTHERS.search(part) for part in parts)


def names_leader(title: str) -> bool:
    """Whether a title, or one of several in it, is that of another member of the leading group of
    a committee: 副书记, 党委委员、副镇长, 组织委员; not 纪委委员, which is of another body.
    """
    parts = [part for part in PARTS.split(title.strip()) if part]
    return any(LEADER.search(part) and not NO_LEADER.search(part) for part in parts)
