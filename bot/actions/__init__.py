"""One function is one thing that a person does, and one transaction: it asks the domain, and keeps what that decides."""
