"""`parley serve`: the record in a browser."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from parley.cli.options import DEFAULT_RECORD, RecordOption
from parley.cli.terminal import say, write
from parley.errors import ParleyError

EXAMPLES = (
    "parley serve",
    "parley serve yemen.db --port 9000 --no-browser",
    "parley serve yemen.db --read-only --host 0.0.0.0 --token",
)


def serve(
    *,
    shown: Annotated[
        str | None,
        typer.Argument(metavar="[RECORD]", help="The record, if not by --record."),
    ] = None,
    record: RecordOption = DEFAULT_RECORD,
    port: Annotated[
        int, typer.Option(metavar="PORT", min=0, max=65_535, help="0 is any that is free.")
    ] = 8040,
    host: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="Where to listen; this machine only, unless said."),
    ] = "127.0.0.1",
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host", metavar="NAME", help="A name by which others reach it; may be repeated."
        ),
    ] = None,
    password_file: Annotated[
        Path | None,
        typer.Option(
            "--password-file", metavar="FILE", help="Ask for the password that stands in this file."
        ),
    ] = None,
    token: Annotated[
        bool, typer.Option("--token", help="Ask for a token, made now and printed once.")
    ] = False,
    read_only: Annotated[
        bool, typer.Option("--read-only", help="Write nothing: no corrections, no new reports.")
    ] = False,
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private", help="Fetch from this machine and from private networks too."
        ),
    ] = False,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open a browser at it.")
    ] = True,
) -> None:
    """Show the record in a browser.

    It listens on this machine only, asks nothing of any other, and runs until it is
    stopped with Ctrl-C.  To let others in, give --host, with --password-file or --token;
    what is sent is not encrypted, so beyond a trusted network put it behind a server that
    speaks HTTPS.
    """
    from parley.web.settings import Settings, make_token  # noqa: PLC0415 - slow to load

    if token and password_file:
        raise typer.BadParameter("give either a token or a password file, not both")
    secret = make_token() if token else _read_password(password_file)
    record = shown or record
    settings = Settings(
        record=record,
        host=host,
        port=port,
        names=tuple(allow_host or ()),
        secret=secret,
        read_only=read_only,
        allow_private=allow_private,
    )

    def ready(address: str) -> None:
        first = f"{address}enter?token={secret}" if token else address
        write(first)
        say(f"parley: {record} is served at {address}; stop it with Ctrl-C")
        if browser:
            _open(first)

    try:
        from parley.web.serving import serve as run  # noqa: PLC0415 - slow to load

        run(settings, ready=ready)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("parley"):
            raise
        raise ParleyError(
            f"{error.name}: not installed; the app needs it: pip install 'parley-record[web]'"
        ) from error


def _read_password(path: Path | None) -> str | None:
    """Return what stands in the first line of a file that no one else may read."""
    if path is None:
        return None
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        problem = getattr(error, "strerror", None) or "no UTF-8 text"
        raise ParleyError(f"{path}: {problem}; write the password into its first line") from error
    if os.name == "posix" and path.stat().st_mode & 0o044:
        say(f"parley: {path} can be read by others on this machine; chmod 600 it")
    return (text.splitlines() or [""])[0].strip()


def _open(address: str) -> None:
    """Open a browser, unless there is no display to show one."""
    if os.name == "posix" and os.uname().sysname != "Darwin":
        if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
            return
    import webbrowser  # noqa: PLC0415 - rarely needed

    webbrowser.open(address)
