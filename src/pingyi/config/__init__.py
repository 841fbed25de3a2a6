"""Settings, addresses, the command line, serving."""
