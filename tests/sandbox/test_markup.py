"""Telegram's HTML: what it means, how it is refused, how it is shown."""

from __future__ import annotations

import pytest

from bot.sandbox.markup import Entity, Formatted, MarkupError, parse, plain
from bot.sandbox.rendering import as_noticed, to_html


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ("<b>x</b>", "bold"),
        ("<strong>x</strong>", "bold"),
        ("<i>x</i>", "italic"),
        ("<em>x</em>", "italic"),
        ("<u>x</u>", "underline"),
        ("<ins>x</ins>", "underline"),
        ("<s>x</s>", "strikethrough"),
        ("<strike>x</strike>", "strikethrough"),
        ("<del>x</del>", "strikethrough"),
        ("<tg-spoiler>x</tg-spoiler>", "spoiler"),
        ('<span class="tg-spoiler">x</span>', "spoiler"),
        ("<code>x</code>", "code"),
        ("<pre>x</pre>", "pre"),
        ("<blockquote>x</blockquote>", "blockquote"),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote"),
        ("<B>x</b >", "bold"),
    ],
)
def test_each_tag_is_an_entity(html: str, kind: str) -> None:
    assert parse(html) == Formatted("x", (Entity(kind, 0, 1),))


def test_a_link_keeps_its_address() -> None:
    assert parse('<a href="https://example.org/?a=1&amp;b=2">here</a>') == Formatted(
        "here", (Entity("text_link", 0, 4, url="https://example.org/?a=1&b=2"),)
    )


def test_a_link_to_a_script_is_only_text() -> None:
    assert parse('<a href="javascript:alert(1)">here</a>') == Formatted("here")


def test_a_block_of_code_knows_its_language() -> None:
    assert parse('<pre><code class="language-python">x</code></pre>') == Formatted(
        "x", (Entity("pre", 0, 1, language="python"),)
    )


def test_references_become_characters_and_a_lone_ampersand_stays() -> None:
    assert parse("&lt;&gt;&amp;&quot; &#228; &#xe5; R&D &laquo; &amp") == Formatted('<>&" ä å R&D &laquo; &')


def test_offsets_count_utf_16_units() -> None:
    assert parse("🌳 <b>32</b>") == Formatted("🌳 32", (Entity("bold", 3, 2),))


def test_space_around_the_text_is_dropped_and_entities_move_along() -> None:
    assert parse("\n  <b> x </b> <i> </i>\n") == Formatted("x", (Entity("bold", 0, 1),))


def test_nested_tags_come_outer_ones_first() -> None:
    assert parse("<b>a<i>b</i></b>") == Formatted("ab", (Entity("bold", 0, 2), Entity("italic", 1, 1)))


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("ä<br>", 'Unsupported start tag "br" at byte offset 2'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("x <b", "Unclosed start tag at byte offset 2"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ('<a href="x"', "Unclosed start tag at byte offset 0"),
        ('<a ="x">y</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href>y</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
    ],
)
def test_html_that_is_not_well_formed_is_refused_in_the_servers_words(html: str, words: str) -> None:
    with pytest.raises(MarkupError) as refused:
        parse(html)
    assert str(refused.value) == words


def test_without_a_parse_mode_tags_are_characters() -> None:
    assert plain(" <b>x</b> ") == Formatted("<b>x</b>")


@pytest.mark.parametrize(
    "html",
    [
        "<b>a<i>b</i></b> c",
        "<tg-spoiler>🌳 <u>x</u></tg-spoiler>",
        "a &lt;script&gt; &amp; b",
        "<b><i>x</i></b><s>y</s>",
        "<blockquote>x\ny</blockquote>",
    ],
)
def test_what_was_read_is_written_again(html: str) -> None:
    assert to_html(parse(html)) == html


def test_text_of_people_cannot_become_a_tag() -> None:
    assert to_html(plain('<img src=x onerror="x">')) == "&lt;img src=x onerror=&quot;x&quot;&gt;"


def test_an_address_cannot_leave_its_attribute() -> None:
    shown = to_html(parse('<a href="https://x.fi/&quot;onclick=&quot;x">y</a>'))
    assert shown == ('<a href="https://x.fi/&quot;onclick=&quot;x" target="_blank" rel="noopener noreferrer">y</a>')


def test_a_notification_shows_no_spoiler_and_not_how_long_it_is() -> None:
    short = parse("Score <tg-spoiler>3</tg-spoiler>\n\nnow")
    long = parse("Score <tg-spoiler>🌳 many <b>words</b></tg-spoiler> now")
    assert [as_noticed(short), as_noticed(long)] == ["Score ▒▒▒ now", "Score ▒▒▒ now"]


def test_a_spoiler_inside_a_spoiler_stays_hidden() -> None:
    text = parse("a <tg-spoiler>b <tg-spoiler>c</tg-spoiler> d</tg-spoiler> e")
    assert as_noticed(text) == "a ▒▒▒ e"
