"""One function is one thing that a person does, and one transaction: the domain decides, and that is kept."""
