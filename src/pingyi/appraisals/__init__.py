"""Counted appraisals: stages, panels, ballot boxes, results, decisions."""
