"""Builds a believable fictitious county, through operations only."""
