"""Our own functions in templates: called at once, and never kept in one reader's language."""

from django.utils import translation

from balie.channels.templating import environment


def test_a_sentence_is_said_in_the_language_of_the_page_and_of_the_moment() -> None:
    shown = environment(autoescape=True).from_string('{{ _("Unread") }}')
    with translation.override("en"):
        english = shown.render()
    with translation.override("nl"):
        dutch = shown.render()
        assert shown.render(language="en") == english
    assert english == "Unread"
    assert dutch not in {"", english}
    assert shown.render(language="nl") == dutch


def test_what_is_put_into_a_sentence_is_escaped() -> None:
    shown = environment(autoescape=True).from_string(
        '{{ _("To ticket %(number)s", number=n) }}|{{ words(n) }}|{{ gist([n]) }}'
    )
    html = shown.render(n="<b>&", language="en")
    assert html == "To ticket &lt;b&gt;&amp;|&lt;b&gt;&amp;|&lt;b&gt;&amp;"


def test_a_name_of_the_page_stands_before_a_function_of_the_same_name_where_it_is_no_call() -> None:
    shown = environment(autoescape=True).from_string("{{ words }} {{ url }} {{ state('open') }}")
    assert shown.render(words="typed", url="/x", language="en").startswith('typed /x <span class="state open">')


def test_arguments_by_name_arrive() -> None:
    shown = environment(autoescape=True).from_string('{{ url("tickets", desk=desk) }} {{ icon("x", "turn") }}')
    html = shown.render(desk="publications")
    assert html.startswith("/publications/tickets ")
    assert 'class="i turn"' in html
