"""Which titles of posts name the secretary of the Party organization itself."""

import re

PARTS = re.compile(r"[、，,;；/\s]|兼")
SECRETARY = re.compile("(?:书记|支书)$")
# Deputies, those who were it or are it by honour, those sent to help, and secretaries of other
# bodies.
OF_OTHERS = re.compile(
    "副书记$|副支书$|^[原前](?:任|党|支|总支|村|书记)|名誉|第一书记$|纪[委检律工]|"
    "(?<!集)团(?:支|总支|委|工委)|政法委|助理|见习"
)


def names_secretary(title: str) -> bool:
    """Whether a title, or one of several in it, is that of the secretary: 支部书记, 书记、主任."""
    parts = [part for part in PARTS.split(title.strip()) if part]
    return any(SECRETARY.search(part) and not OF_OTHERS.search(part) for part in parts)
