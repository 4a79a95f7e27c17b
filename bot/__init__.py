"""Kuulolla: feedback-informed work in a chat."""
