"""From files of scanners, fax machines and phones to pages; only in limited child processes."""
