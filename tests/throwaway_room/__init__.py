"""A room that no other room was written for: mentors visit organizations."""
