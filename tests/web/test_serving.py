"""`parley serve`, as it is started."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys

import httpx
import pytest

COMMAND = [sys.executable, "-c", "import sys; from parley.cli import main; sys.exit(main())"]


def serve(*options: str) -> subprocess.Popen[str]:
    """Start the command."""
    return subprocess.Popen(
        [*COMMAND, "serve", "--no-browser", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PARLEY_RECORD": ""},
    )


def test_it_serves_until_it_is_stopped(record_path):
    """It prints its address, answers there, and ends quietly when it is told to."""
    process = serve(str(record_path), "--port", "0")
    assert process.stdout
    address = process.stdout.readline().strip()
    assert httpx.get(address).status_code == 200
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=20)
    assert "Traceback" not in said
    assert process.returncode in {0, 130, -signal.SIGINT}


def test_a_token_lets_in(record_path):
    """With --token the printed address lets in, and no other does."""
    process = serve(str(record_path), "--port", "0", "--token")
    assert process.stdout
    first = process.stdout.readline().strip()
    address, _, token = first.partition("enter?token=")
    assert len(token) > 20
    assert httpx.get(address).status_code == 303
    with httpx.Client(follow_redirects=True) as client:
        assert "Castel" in client.get(first).text
    process.terminate()
    process.communicate(timeout=20)


def refusal(*options: str) -> str:
    """Return what the command says that ends at once, in a line."""
    process = serve(*options)
    out, said = process.communicate(timeout=30)
    assert process.returncode in {1, 2}
    assert out == ""
    (line,) = said.splitlines()
    return line


def test_what_cannot_be_served_is_told_in_a_line(record_path, tmp_path):
    """A port in use, no record, strangers without a password: one line, and the way out."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert "--port" in refusal(str(record_path), "--port", port)
        assert "--port" in refusal("--record", str(record_path), "--port", port)
    assert "no record" in refusal(str(tmp_path / "none.db"), "--port", "0")
    assert "--password-file" in refusal(str(record_path), "--port", "0", "--host", "0.0.0.0")
    (tmp_path / "empty.txt").write_text("\n")
    (tmp_path / "empty.txt").chmod(0o600)
    locked = ("--password-file", str(tmp_path / "empty.txt"))
    assert "empty" in refusal(str(record_path), "--port", "0", *locked)
    nowhere = ("--password-file", str(tmp_path / "nowhere.txt"))
    assert "nowhere.txt" in refusal(str(record_path), "--port", "0", *nowhere)
    assert "no address" in refusal(
        str(record_path), "--port", "0", "--host", "192.0.2.1", "--token"
    )


@pytest.mark.parametrize("host", ["::1", "localhost"])
def test_this_machine_has_other_names(record_path, host):
    """It listens by IPv6 as well, where the machine has it."""
    if host == "::1" and not socket.has_ipv6:
        pytest.skip("no IPv6 here")
    process = serve(str(record_path), "--port", "0", "--host", host)
    assert process.stdout
    address = process.stdout.readline().strip()
    if not address:
        pytest.skip("no IPv6 here")
    assert httpx.get(address).status_code == 200
    process.terminate()
    process.communicate(timeout=20)
