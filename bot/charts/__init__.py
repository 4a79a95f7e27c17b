"""Pictures of ratings: what to draw as data, how it looks, and drawing it away from the event loop."""
