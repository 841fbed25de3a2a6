"""Which roles keep the register, and which read its people."""

from pingyi.accounts.enums import Role

# Who keeps the register: they change it, and see the last four and the birth date.
EDITORS = frozenset({Role.OFFICE, Role.CLERK})
# Who sees the people of a subtree; a member sees only the own person.
READERS_OF_PEOPLE = frozenset(Role) - {Role.MEMBER}
