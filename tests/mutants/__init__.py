"""Small faults planted one at a time in rules and permissions, to see whether a test finds each."""
