"""Pages: one HTML file without scripts and without requests, for the report and the packet."""
