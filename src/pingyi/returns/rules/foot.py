"""Who answers for a table and when it was filled in: what can stand at its head and foot (N12).

One rule for pages, Excel forms and the command line; the codes are those of the refusals.
"""

import unicodedata
from datetime import date

from pingyi.returns.rules.cells import NOT_LETTERS

LONGEST = 40
LEAST_DIGITS = 5
# A label that has one of these asks for a telephone.
TELEPHONE = ("电话", "手机", "phone", "tel")
NOBODY = {"无", "暂无", "没有", "不详", "略", "同上", "none", "nobody", "na", "nil"}
# Controls, signs that turn or join what stands beside them, and line ends.
UNSEEN = {"Cc", "Cf", "Zl", "Zp"}


def wrong_in_line(label: str, text: str) -> str:
    """What stands against a line at the foot, as a code; nothing where it says who or where."""
    if any(unicodedata.category(sign) in UNSEEN for sign in text):
        return "not_one_line"
    if len(text) > LONGEST:
        return "line_too_long"
    plain = unicodedata.normalize("NFKC", text).casefold()
    if any(word in label.casefold() for word in TELEPHONE):
        return "" if sum(sign.isdecimal() for sign in plain) >= LEAST_DIGITS else "no_telephone"
    return "says_nobody" if NOT_LETTERS.sub("", plain) in {"", *NOBODY} else ""


def wrong_day(day: date, first: date, today: date) -> str:
    """What stands against the day on which a table was filled in, as a code."""
    if day > today:
        return "day_to_come"
    return "day_before_the_round" if day < min(first, today) else ""
