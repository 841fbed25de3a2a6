"""Words that this room and the demo agree on."""

# Kind of the very first ledger line of a demo; every page of such a database says so.
DEMO_BUILT = "demo.built"
