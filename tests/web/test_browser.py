"""The app in a real browser: tasks as a person does them, and attacks."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import AXE, SIZES, Visit, browser, missing
from filled import fill
from hostile import fill_hostile
from served import served

from parley.web.settings import Settings

PAGES = (
    "/",
    "/timeline",
    "/talks",
    "/calendar",
    "/agreements",
    "/fighting",
    "/claims",
    "/disagreements",
    "/map",
    "/parties",
    "/people",
    "/sources",
    "/reports",
    "/search?q=window",
    "/search?q=window&kind=report",
    "/add",
    "/api",
    "/corrections",
)


@pytest.fixture(scope="module")
def chrome():
    """One browser for these tests."""
    with browser() as running:
        yield running


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """The app over a record of attacks: its address, and the addresses of pages in it."""
    path = tmp_path_factory.mktemp("hostile") / "parley.db"
    there = fill_hostile(path)
    pages = [f"/events/{id_}" for id_ in there["events"][::2]]
    pages += [f"/reports/{id_}" for id_ in there["reports"]]
    with served(Settings(record=str(path))) as address:
        yield address, pages


@pytest.fixture
def fresh(tmp_path: Path):
    """The address of the app over a small record that a test may change."""
    path = tmp_path / "parley.db"
    fill(path)
    with served(Settings(record=str(path))) as address:
        yield address


@pytest.mark.parametrize("size", SIZES)
def test_no_attack_in_a_text_does_anything(chrome, hostile, size):
    """No script of a report runs, nothing is asked of others, no page is wider than it may be."""
    address, pages = hostile
    visit = Visit(chrome, address, size=size)
    visit.sign("<script>window.attacked=1</script>")
    for path in (*PAGES, *pages, f"/review/{pages[0].rpartition('/')[2]}"):
        page = visit.go(path)
        assert page.evaluate("window.attacked") is None, path
        # Where a script cannot be part of the page, it is not tried either.
        assert page.locator("main script, main style, main iframe, main object").count() == 0
        assert page.locator("a[href^='javascript' i]").count() == 0
        assert visit.overflow() <= 0, path
        visit.shoot("hostile" + path.replace("/", "-").partition("?")[0])
    assert visit.abroad == []
    assert visit.complaints == []
    visit.close()


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_quiet_and_fits(chrome, address, size):
    """No page complains on the console, asks anything of others, or is wider than the window."""
    visit = Visit(chrome, address, size=size)
    for path in (*PAGES, "/events/e_abc1", "/parties/Norland"):
        visit.go(path)
        assert visit.overflow() <= 0, path
        visit.shoot("page" + path.replace("/", "-").partition("?")[0])
    assert visit.abroad == []
    assert visit.complaints == []
    visit.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(chrome, address, scheme):
    """The pages can be used by who does not see them, or sees them otherwise (axe-core)."""
    if not AXE.exists():
        missing("axe-core", "python hatch_build.py fetches it")
    visit = Visit(chrome, address)
    visit.page.emulate_media(color_scheme=scheme)
    visit.sign("Aino")
    found = []
    for path in (*PAGES, "/events/e_abc1", "/parties/Norland", "/review/e_abc1"):
        page = visit.go(path)
        page.evaluate(AXE.read_text(encoding="utf-8"))
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        for violation in result["violations"]:
            nodes = [node["html"][:90] for node in violation["nodes"][:2]]
            found.append((path, violation["id"], nodes))
    assert found == []
    visit.close()


def test_search_is_reached_from_anywhere_by_the_keyboard(chrome, address):
    """The key / leads to the search field; what is found leads to the event."""
    visit = Visit(chrome, address)
    page = visit.go("/sources")
    page.keyboard.press("/")
    page.keyboard.type("castel")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=castel")
    page.click(".hits a")
    page.wait_for_url("**/events/*")
    page.keyboard.press("g")
    page.keyboard.press("t")
    page.wait_for_url("**/timeline")
    visit.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_filters_are_in_the_address(chrome, address, scripts):
    """What is chosen in the form stands in the address, which shows the same to others."""
    visit = Visit(chrome, address, scripts=scripts)
    page = visit.page
    page.goto(address + "/timeline")
    page.click("form.filters summary")
    page.fill("form.filters input[name=party]", "Norland")
    page.click("form.filters button")
    page.wait_for_url("**party=Norland**")
    there = page.url
    page.goto(address + "/")
    page.goto(there)
    assert page.locator(".event-line").count() == 1
    page.click("ul.chips a")
    assert page.locator(".event-line").count() == 2
    visit.close()


def test_review_by_keyboard_with_undo(chrome, fresh):
    """Accept, then take it back, correct a field, and see that it stands: no mouse needed."""
    visit = Visit(chrome, fresh)
    visit.sign("Aino Søby")
    page = visit.page
    first = page.inner_text("h1")
    assert "likely" not in page.inner_text("main")
    page.keyboard.press("a")
    page.wait_for_selector("text=Correction 1: accepted")
    assert page.inner_text("h1") != first
    page.keyboard.press("u")
    page.wait_for_selector("text=taken back")
    assert page.inner_text("h1") == first
    page.keyboard.press("e")
    page.fill("input[name=summary]", "Talks in the castle")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=corrected")
    visit.shoot("review")
    page.keyboard.press("a")
    page.wait_for_selector("text=are judged")
    shown = visit.go("/timeline").inner_text("main")
    assert "Talks in the castle" in shown
    assert "checked by a person" in shown
    assert visit.complaints == []
    visit.close()


def test_what_a_person_splits_is_split(chrome, fresh):
    """A ticked passage becomes an event of its own; undone, there is one again."""
    visit = Visit(chrome, fresh)
    visit.sign("Aino")
    page = visit.go("/review/e_abc1")
    page.check("input[name=mention] >> nth=1")
    page.keyboard.press("s")
    page.wait_for_selector("text=Correction 1: split")
    assert visit.go("/api/timeline").inner_text("body").count('"short_id"') == 3
    page = visit.go("/corrections")
    assert "split" in page.inner_text("main")
    visit.close()


def test_two_reviewers_do_not_overwrite_each_other(chrome, fresh):
    """Two at once get different events; who is second on the same one is told what was said."""
    one, two = Visit(chrome, fresh), Visit(chrome, fresh)
    one.sign("Aino")
    two.sign("Bako")
    assert one.page.inner_text("h1") != two.page.inner_text("h1")
    for visit, words in ((one, "As Aino saw it"), (two, "As Bako saw it")):
        visit.go("/review/e_abc1")
        visit.page.keyboard.press("e")
        visit.page.fill("input[name=summary]", words)
    one.page.keyboard.press("Enter")
    one.page.wait_for_selector("text=corrected")
    two.page.keyboard.press("Enter")
    two.page.wait_for_selector("p.error")
    assert "Aino" in two.page.inner_text("p.error")
    assert "As Aino saw it" in two.go("/events/e_abc1").inner_text("h1")
    one.close()
    two.close()


def test_the_sign_in_leads_on(chrome, tmp_path):
    """Who knows the password gets to the page that was asked for, and can leave again."""
    path = tmp_path / "parley.db"
    fill(path)
    with served(Settings(record=str(path), secret="four quiet words")) as address:
        visit = Visit(chrome, address)
        page = visit.go("/talks?party=Norland")
        page.fill("input[name=secret]", "four quiet words")
        page.keyboard.press("Enter")
        page.wait_for_url("**/talks?party=Norland")
        page.click("text=Sign out")
        page.wait_for_url("**/enter")
        visit.close()
