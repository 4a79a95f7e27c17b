"""What people say and tap: one module for each conversation, each ending with its HANDLERS."""
