"""Messages to people who sign in: kept for them to read, and sent to their e-mail address."""
