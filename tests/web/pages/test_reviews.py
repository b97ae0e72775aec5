"""Units with a part in a procedure are chosen already when their opinion is asked."""

from lxml import html

from tests.visitors import AUTHOR, Browser, Website

MODEL = {"from": "QT-TCKH-01", "number": "1", "unit": "TCKH", "kind": "tthc", "code": "QT-TCKH-77"}
PAGE = "/quy-trinh/QT-TCKH-77/ban/1/ra-soat"


def begun(website: Website) -> Browser:
    browser = website.browser(AUTHOR)
    browser.post("/lap-quy-trinh", MODEL | {"title": "Cho thuê bến bãi", "anyway": "1"})
    return browser


def boxes(browser: Browser) -> tuple[list[str], list[str]]:
    """The units that are chosen, and the others."""
    page = html.fromstring(browser.get(PAGE).text)
    found = page.xpath("//fieldset[@id='units']//input[@name='units']")
    chosen = [each.get("value") for each in found if each.get("checked") is not None]
    return chosen, [each.get("value") for each in found if each.get("checked") is None]


def test_units_that_perform_a_step_are_chosen_and_the_owner_is_not_offered(website: Website) -> None:
    browser = begun(website)

    chosen, others = boxes(browser)

    assert chosen == ["VP"]
    assert "NV" in others
    assert "TCKH" not in chosen + others


def test_who_was_asked_already_is_not_chosen_again(website: Website) -> None:
    browser = begun(website)

    browser.post(f"{PAGE}/lay-y-kien", {"units": ["VP"], "due_at": "2026-11-30"})

    chosen, others = boxes(browser)
    assert (chosen, "VP" in others) == ([], True)
