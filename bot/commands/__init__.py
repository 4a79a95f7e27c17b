"""What `python -m bot` can do: each module has some commands, and `add` gives them to the parser."""
