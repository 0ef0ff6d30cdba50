"""The drawings, in a real browser: drawn from what the app sends, over tables that stay."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest
from drawing_ground import AXE, FIGURES, STATIC, Watch, open_browser, serve_drawings
from playwright.sync_api import Browser, Page

DRAWN = [name for name in FIGURES if name != "broken"]
# Boxes of labels that are seen, by the drawing's own type; strokes are not counted in.
LABELS = """() => [...document.querySelectorAll('svg.sheet text:not(.unseen-name)')]
  .filter(text => text.textContent && text.getClientRects().length)
  .map(text => { const box = text.getBoundingClientRect();
    return [text.textContent, box.left, box.top, box.right, box.bottom]; })"""
# What a mark is called: by its label, or by a text within it.
SAYS = "m => m.ariaLabel ?? m.querySelector('.unseen-name').textContent"


@pytest.fixture(scope="module")
def home() -> Iterator[str]:
    """The address of the pages with a drawing each."""
    with serve_drawings() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with open_browser() as browser:
        yield browser


def visit(browser: Browser, home: str, name: str, **options: Any) -> tuple[Page, Watch]:
    """Open a page with a drawing and wait until it is drawn."""
    options = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **options}
    page = browser.new_context(**options).new_page()
    watch = Watch(page, home)
    page.goto(f"{home}/figure/{name}")
    page.wait_for_selector("figure[data-drawn=done], figure[data-drawn=failed]")
    page.wait_for_timeout(60)
    return page, watch


@pytest.fixture(scope="module", params=DRAWN)
def drawn(browser: Browser, home: str, request: Any) -> Iterator[tuple[str, Page, Watch]]:
    """Each drawing in turn: its name, its page and what the page did wrong."""
    page, watch = visit(browser, home, request.param)
    yield request.param, page, watch
    page.context.close()


def overlaps(page: Page) -> list[tuple[str, str]]:
    """Return the labels that stand on one another, with a pixel of grace."""
    found = page.evaluate(LABELS)
    return [
        (one[0], other[0])
        for at, one in enumerate(found)
        for other in found[at + 1 :]
        if min(one[3], other[3]) - max(one[1], other[1]) > 1
        and min(one[4], other[4]) - max(one[2], other[2]) > 3
    ]


def test_a_drawing_fits_wide_and_narrow_pages(drawn: tuple[str, Page, Watch]) -> None:
    """No label covers another, the page is no wider than the screen, nothing goes wrong."""
    _, page, watch = drawn
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.wait_for_timeout(150)
        assert page.locator("svg.sheet").count() == 1
        assert page.locator("svg.sheet :is(rect, path, circle)").count() > 0
        assert overlaps(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert watch.said == []


def test_axe_finds_nothing_wrong_with_a_drawing(drawn: tuple[str, Page, Watch]) -> None:
    """Names, roles, contrast: in the light and in the dark."""
    _, page, _ = drawn
    page.evaluate(AXE.read_text())
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found = page.evaluate("axe.run()")["violations"]
        told = [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in found]
        assert told == [], scheme


def test_the_marks_of_a_drawing_are_walked_by_keyboard(drawn: tuple[str, Page, Watch]) -> None:
    """One mark is reached by Tab, the others by the arrows; each says what it is."""
    name, page, _ = drawn
    first = page.locator("svg.sheet [tabindex='0']")
    if name in {"sparkline", "timeline"}:  # bars are counts: the list below tells of each event
        assert first.count() == 0
        return
    assert first.count() == 1
    labels = page.locator("svg.sheet [tabindex]").evaluate_all(f"all => all.map({SAYS})")
    assert all(labels)
    first.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(f"({SAYS})(document.activeElement)") == labels[1]
    assert name == "why" or page.locator(".tip").is_visible()
    page.keyboard.press("Escape")


def test_without_scripts_or_data_the_table_is_there(browser: Browser, home: str) -> None:
    """A drawing that cannot be had takes nothing away."""
    page, watch = visit(browser, home, "broken")
    assert page.locator("figure table").is_visible()
    assert "could not be loaded" in page.locator("figure .muted").inner_text()
    assert all("404" in said for said in watch.said)
    page.context.close()
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{home}/figure/map")
    assert page.locator("figure table").is_visible()
    page.context.close()


def test_looking_closer_asks_for_finer_bins_and_then_for_events(
    browser: Browser, home: str
) -> None:
    """From years to days: bars while there are many, then each event, a link to its page."""
    page, watch = visit(browser, home, "timeline")
    units = []
    for _ in range(12):
        with page.expect_response("**/api/drawings/timeline*from=*") as answer:
            page.get_by_role("button", name="Look closer").click()
        units.append(answer.value.json()["unit"])
        page.wait_for_timeout(60)
        if page.locator("a.mark").count():
            break
    assert units[0] in {"year", "month"}
    assert units[-1] == "day"
    assert list(dict.fromkeys(units)) == [
        unit for unit in ("year", "month", "week", "day") if unit in units
    ]
    assert overlaps(page) == []
    assert page.locator("a.mark").first.get_attribute("href", timeout=1000).startswith("/events/e")
    page.get_by_role("button", name="Whole").click()
    page.wait_for_selector("g.bar")
    assert page.locator("a.mark").count() == 0
    assert watch.said == []
    page.context.close()


def test_brushing_filters_the_page(browser: Browser, home: str) -> None:
    """Days chosen on the strip of the whole become the page's filter."""
    page, _ = visit(browser, home, "timeline")
    box = page.locator(".chooser").bounding_box()
    assert box
    page.locator("form.filters").evaluate("form => form.action = '/timeline'")
    page.mouse.move(box["x"] + box["width"] * 0.25, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 20, steps=5)
    with page.expect_navigation():
        page.mouse.up()
    since, until = page.url.split("since=")[1].split("&until=")
    assert since.startswith(("1997", "1998"))
    assert until.startswith(("2005", "2006"))
    page.context.close()


def test_what_is_known_to_a_region_only_is_no_dot(browser: Browser, home: str) -> None:
    """A town is a dot, a province a ring, a country shaded; and the sizes follow the events."""
    page, _ = visit(browser, home, "map")
    kinds = page.evaluate(
        "() => Object.fromEntries([...document.querySelectorAll('a.place')]"
        f".map(a => [({SAYS})(a).split(',')[0], a.getAttribute('class')]))"
    )
    assert kinds["Nairobi"] == "place place-city"
    assert kinds["somewhere in North Kivu"] == "place place-region"
    assert kinds["somewhere in Kosovo"] == "place place-country"
    assert page.locator("path.shaded").count() == 3
    assert page.locator("path.disputed").count() > 15
    dashes = "getComputedStyle(document.querySelector('.disputed-border')).strokeDasharray"
    assert page.evaluate(dashes) != "none"
    page.context.close()


def test_a_cluster_opens_into_its_places(browser: Browser, home: str) -> None:
    """A click on joined places looks closer; in the end each stands by itself."""
    page, _ = visit(browser, home, "map")
    page.locator("a.place-city", has_text="Rutshuru").click()
    page.wait_for_timeout(500)
    labels = page.locator("a.place").evaluate_all(f"all => all.map({SAYS})")
    assert any(label.startswith("Goma, ") and "Rutshuru" not in label for label in labels)
    page.context.close()


def test_hostile_names_are_shown_as_text(browser: Browser, home: str) -> None:
    """Markup in a name of a place or an event is letters, nothing else."""
    for name in ("map", "few"):
        page, watch = visit(browser, home, name)
        assert page.locator("svg script").count() == 0
        assert "<script>" in (page.locator("svg.sheet").text_content() or "") or name == "few"
        assert watch.said == []
        page.context.close()


def test_the_countries_of_the_map_are_whole() -> None:
    """Every code leads to a country of the atlas, and so does every name of a disputed area."""
    atlas = json.loads((STATIC / "lib/world.json").read_text())
    shapes = atlas["objects"]["countries"]["geometries"]
    names = {shape["properties"]["name"] for shape in shapes}
    known = {shape.get("id") for shape in shapes} | names
    codes = json.loads((STATIC / "drawings/countries.json").read_text())
    claims = json.loads((STATIC / "drawings/disputed.json").read_text())
    assert set(codes.values()) <= known
    assert set(claims["areas"]) <= names
    assert {name for line in claims["lines"] for name in line["between"]} <= names
    for outline in claims["outlines"]:
        assert set(outline["within"]) <= names, outline["name"]
        assert len(outline["ring"]) >= 4
        assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in outline["ring"])


@pytest.mark.parametrize(("name", "least"), [("few", 100), ("map", 5), ("meetings", 20)])
def test_a_first_visit_takes_less_than_300_kb(
    browser: Browser, home: str, name: str, least: int
) -> None:
    """All static parts that a page with a drawing loads, packed as they are sent."""
    page = browser.new_context().new_page()
    loaded: set[str] = set()
    page.on("request", lambda request: loaded.add(request.url))
    page.goto(f"{home}/figure/{name}")
    page.wait_for_selector("figure[data-drawn=done]")
    parts = {url.split("/static/1/")[1] for url in loaded if "/static/1/" in url}
    sizes = {part: len(gzip.compress((STATIC / part).read_bytes(), 6)) for part in parts}
    # htmx and the keys come with every page of the app.
    for part in ("lib/htmx.min.js", "keys.js"):
        sizes[part] = len(gzip.compress((STATIC / part).read_bytes(), 6))
    assert sum(sizes.values()) < 240_000, sizes
    assert page.locator("svg.sheet a").count() >= least
    page.context.close()
