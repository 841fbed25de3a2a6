"""Words that this room and the demo agree on."""

from pingyi.accounts.enums import Role

# Kind of the very first ledger line of a demo; every page of such a database says so.
DEMO_BUILT = "demo.built"

# Whose view goes over all units of their part of the tree (N17).
SUPERVISORS = frozenset({Role.OFFICE, Role.INSPECTOR, Role.CLERK, Role.SECRETARY})
