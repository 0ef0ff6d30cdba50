"""Every page as it looks: in a real browser, wide and narrow, in the light and in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from drawing_ground import AXE, Watch, open_browser
from playwright.sync_api import Browser, Page

PATHS = [
    "/",
    "/timeline",
    "/map",
    "/talks",
    "/agreements",
    "/claims",
    "/calendar",
    "/fighting",
    "/disagreements",
    "/parties",
    "/sources",
    "/reports",
    "/events/e_abc1",
    "/report",
    "/search?q=Castel",
    "/add",
    "/corrections",
    "/none",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with open_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def watched(browser: Browser, address: str) -> Iterator[tuple[Page, Watch]]:
    """One page of the browser, and what goes wrong in it."""
    page = browser.new_context(reduced_motion="reduce").new_page()
    watch = Watch(page, address)
    yield page, watch
    page.context.close()


def go(page: Page, address: str, path: str) -> None:
    """Go to a path, "/report" meaning that of the first report, and wait until it is drawn."""
    if path == "/report":
        page.goto(f"{address}/reports")
        path = page.locator("main a[href^='/reports/']").first.get_attribute("href") or ""
    page.goto(address + path)
    page.wait_for_selector("[aria-busy=true], [data-drawn=begun]", state="detached")


@pytest.mark.parametrize("path", PATHS)
def test_a_page_fits_every_screen_and_axe_finds_nothing_wrong(
    watched: tuple[Page, Watch], address: str, path: str, tmp_path: Path
) -> None:
    """No wider than a telephone, no error, no request elsewhere, no violation in light or dark."""
    page, watch = watched
    watch.said.clear()
    page.set_viewport_size({"width": 1280, "height": 800})
    go(page, address, path)
    # That a page is missing is told by its status, which the browser's console repeats.
    # What is done to the page from here on, taking its picture too, the page's policy forbids.
    assert [said for said in watch.said if path != "/none" or "404" not in said] == []
    page.evaluate(AXE.read_text())
    for width, scheme in ((1280, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = page.evaluate("axe.run()")["violations"]
        told = [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found]
        assert told == [], (width, scheme)
        page.screenshot(path=tmp_path / f"{width}-{scheme}.png", full_page=True)


def test_what_was_coded_from_words_is_told_beside_them(
    watched: tuple[Page, Watch], address: str
) -> None:
    """Under the pointer or with the focus on its label, a passage shows what the list says."""
    page, _ = watched
    go(page, address, "/report")
    note = page.locator(".passage-note")
    assert not note.is_visible()
    label = page.locator(".report-text a.label").first
    label.focus()
    assert note.is_visible()
    assert page.locator("mark.lit").count() >= 1
    page.keyboard.press("Escape")
    assert not note.is_visible()
    page.locator("mark.coded").first.hover()
    assert note.is_visible()
    kind = page.locator("#c1 .type").inner_text()
    assert kind in note.inner_text()


def test_a_printed_page_has_no_tools(watched: tuple[Page, Watch], address: str) -> None:
    """On paper there is nothing to press."""
    page, _ = watched
    go(page, address, "/timeline")
    page.emulate_media(media="print")
    assert not page.locator("header nav").is_visible()
    assert not page.locator("form.filters").is_visible()
    page.emulate_media(media="screen")


@pytest.mark.parametrize(("locale", "shown"), [("de-DE", "3. Mai 2023"), ("en-GB", "3 May 2023")])
def test_a_day_is_written_as_the_reader_writes_it(
    browser: Browser, address: str, locale: str, shown: str
) -> None:
    """A single day stands in the form of the browser's language, and says which that is."""
    context = browser.new_context(locale=locale)
    page = context.new_page()
    go(page, address, "/timeline")
    day = page.locator("time[datetime='2023-05-03']").first
    assert (day.inner_text(), day.get_attribute("lang")) == (shown, locale)
    context.close()
