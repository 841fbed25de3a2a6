"""Ballots ticked, scanned, faxed and photographed by rule: own work, for tests and benchmarks."""
