"""Forms of campaigns: they validate, they never write."""
