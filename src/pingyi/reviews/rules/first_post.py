"""Which of a leader's posts stands beside the name: the highest, not the first recorded."""

from pingyi.organizations.rules.titles import names_secretary

DEPUTY = ("副书记", "副支书")


def rank(role: str, position: int, title: str) -> tuple[bool, int, int]:
    """Where a post stands among those of one person, the highest lowest: posts in a leader category
    by the order of these, in one category the secretary, deputies, then the others.
    """
    of_title = 0 if names_secretary(title) else 1 if any(word in title for word in DEPUTY) else 2
    return not role, position, of_title
