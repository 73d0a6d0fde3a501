"""One's own settings: they hold from the next page on, for oneself alone."""

from typing import Any

import pytest

from balie.people.models import Account

HERE = "/publications/settings"


def keys_of(client: Any) -> dict[str, str]:
    return dict(client.get(HERE).context["keys"].keys)


def test_what_is_chosen_holds_from_the_next_page_on_and_for_oneself_alone(publications: Any, browse: Any) -> None:
    client = browse(publications.bob)
    assert '<html lang="en">' in client.get(HERE).content.decode()
    kept = client.post(HERE, {"language": "nl", "density": "compact", "scheme": "dark"})
    assert kept.status_code == 303
    page = client.get(kept["Location"]).content.decode()
    assert '<html lang="nl" data-density="compact" data-theme="dark">' in page
    assert (
        '<html lang="nl" data-density="compact" data-theme="dark">'
        in client.get("/publications/tickets").content.decode()
    )
    assert '<html lang="en">' in browse(publications.ada).get("/publications/tickets").content.decode()
    client.post(HERE, {"language": "", "density": "", "scheme": ""})
    assert '<html lang="en">' in client.get(HERE).content.decode()


def test_what_there_is_not_cannot_be_chosen(publications: Any, browse: Any) -> None:
    refused = browse(publications.bob).post(HERE, {"language": "xx", "density": "", "scheme": ""})
    assert refused.status_code == 422
    assert "cannot be chosen here" in refused.content.decode()


def test_keys_are_changed_switched_off_and_put_back(publications: Any, browse: Any) -> None:
    client = browse(publications.bob)
    usual = keys_of(client)
    typed = {f"key-{code}": key for code, key in usual.items()}
    assert client.post(f"{HERE}/shortcuts", {**typed, "key-answer": "q", "single": "on"}).status_code == 303
    assert keys_of(client) == {**usual, "answer": "q"}
    client.post(f"{HERE}/shortcuts", typed)
    assert client.get(HERE).context["keys"].on is False
    client.post(f"{HERE}/shortcuts", {**typed, "single": "on", "usual": "yes"})
    assert (keys_of(client), client.get(HERE).context["keys"].on) == (usual, True)


@pytest.mark.parametrize("wrong", ["abc", "j"])
def test_keys_that_stand_in_each_others_way_come_back_with_the_reason(
    wrong: str, publications: Any, browse: Any
) -> None:
    client = browse(publications.bob)
    typed = {f"key-{code}": key for code, key in keys_of(client).items()}
    refused = client.post(f"{HERE}/shortcuts", {**typed, "key-answer": wrong, "single": "on"})
    assert refused.status_code == 403
    page = refused.content.decode()
    assert f'name="key-answer" value="{wrong}"' in " ".join(page.split())
    assert 'role="alert"' in page
    account = Account.objects.get(handle=publications.bob.handle)
    assert account.preferences == {}
