"""Words of this room."""

from pingyi.accounts.enums import Role

# Whose view goes over all units of their part of the tree (N17).
SUPERVISORS = frozenset({Role.OFFICE, Role.INSPECTOR, Role.CLERK, Role.SECRETARY})
