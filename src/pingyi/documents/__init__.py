"""PDF, Word and Excel, written and read; knows no domain."""
