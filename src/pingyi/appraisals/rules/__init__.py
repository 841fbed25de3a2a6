"""Pure counting of appraisals (N7-N9, N13, rulebook §1-§2)."""
