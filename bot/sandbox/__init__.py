"""A Telegram made of memory: phones, a Bot API server and a page, for demos and for every conversation test."""
