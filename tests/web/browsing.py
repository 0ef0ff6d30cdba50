"""A real browser over the app: what it is, and what it must never do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

SHOTS = os.environ.get("PARLEY_SCREENSHOTS")
SIZES = {"wide": (1280, 900), "narrow": (390, 844)}
AXE = Path(__file__).parents[2] / "build" / "web" / "node_modules" / "axe-core" / "axe.min.js"


def chromium() -> str:
    """Return the browser's path; skip where there is none, and fail where CI=true."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        missing("chromium", "apt-get install chromium")
    assert found
    return found


def missing(what: str, way_out: str) -> None:
    """Skip a test for something that is not there; fail where CI=true."""
    message = f"{what} is not here; {way_out}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


@contextmanager
def browser() -> Iterator[Browser]:
    """Yield Debian's Chromium."""
    path = chromium()
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])


class Visit:
    """A page in a browser, and all that it complains of.

    `complaints` has errors of the console, of scripts, and of the policy; `abroad` every
    request for something that is not ours; dialogs are complaints too.
    """

    def __init__(self, browser: Browser, address: str, *, size: str = "wide", scripts: bool = True):
        width, height = SIZES[size]
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, java_script_enabled=scripts
        )
        self.address = address
        self.size = size
        self.complaints: list[str] = []
        self.abroad: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self._watch(request.url))
        self.page.on("dialog", self._close)

    def go(self, path: str) -> Page:
        """Go to a page, and wait until its drawings stand."""
        self.page.goto(self.address + path)
        if self.page.locator("figure[data-drawing]").count():
            self.page.wait_for_load_state("networkidle")
        return self.page

    def sign(self, name: str) -> None:
        """Give the name under which corrections are signed."""
        self.go("/review")
        self.page.fill("main input[name=name]", name)
        self.page.click("main button")
        self.page.wait_for_selector("button[data-key=a]")

    def shoot(self, name: str) -> None:
        """Keep a screenshot, where they are wanted."""
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{SHOTS}/{name}-{self.size}.png", full_page=True)

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        return int(
            self.page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
        )

    def close(self) -> None:
        """Close the window."""
        self.context.close()

    def _hear(self, message: object) -> None:
        if getattr(message, "type", "") in {"error", "warning"}:
            self.complaints.append(str(getattr(message, "text", "")))

    def _watch(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.abroad.append(url)

    def _close(self, dialog: object) -> None:
        self.complaints.append("a dialog was opened")
        dialog.dismiss()  # type: ignore[attr-defined]
