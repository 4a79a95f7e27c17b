"""The rules of feedback-informed work: pure and synchronous, no clock, no chance, no I/O."""
