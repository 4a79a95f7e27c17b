"""Facts in, words and buttons out, in the reader's language. Knows neither Telegram nor SQL."""
