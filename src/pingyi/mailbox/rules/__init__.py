"""E-mails as they come in, read and judged."""
