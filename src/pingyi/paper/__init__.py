"""Paper ballots: printing sheets that can be found again, reading ticks from scans and photos."""
