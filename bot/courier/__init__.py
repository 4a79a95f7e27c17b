"""Letters from the outbox to people's phones."""
