"""What costs what: programs that print ratios between us and a peer, measured side by side in one run."""
