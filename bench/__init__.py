"""What costs what: ratios between us and a peer, measured side by side in one run; and how often the rules call."""
