"""Forms of an appraisal: its stages, counts, decisions and grades."""
