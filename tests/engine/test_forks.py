"""Work divided among copies of a process: the same answers, whatever becomes of a copy."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parley.engine.forks import Forks

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="copies are made on Linux only")


@pytest.fixture
def alone(monkeypatch):
    """Let copies be made though the tests' own runner has threads that wait."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def doubled(numbers):
    """Answer each number with its double."""
    return [2 * number for number in numbers]


def who(things):
    """Answer each thing with the process that does it."""
    return [os.getpid() for _ in things]


@given(st.lists(st.integers(), max_size=40), st.integers(1, 4))
@settings(max_examples=20, deadline=None)
def test_answers_come_in_order(numbers, size):
    """However many they are, and however many do it."""
    assert Forks(size)(doubled, numbers, few=3) == doubled(numbers)


@LINUX
def test_the_work_is_divided_evenly(alone):
    """Each process does its part, this one among them, neighbours together."""
    done = Forks(3)(who, range(240), few=10)
    assert os.getpid() in done
    assert sorted(done.count(process) for process in set(done)) == [80, 80, 80]
    changes = sum(one != two for one, two in pairwise(done))
    assert changes < 30


def test_a_little_is_done_here():
    """What is not worth dividing is not divided."""
    assert set(Forks(3)(who, range(10), few=10)) == {os.getpid()}


def test_nothing_is_copied_beside_other_threads():
    """A copy would have one of the threads, and the locks of all."""
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    try:
        assert set(Forks(2)(who, range(100), few=1)) == {os.getpid()}
    finally:
        over.set()
        other.join()


@LINUX
def test_a_copy_that_dies_costs_no_answer(alone):
    """Its part is done by the first process."""
    here = os.getpid()

    def work(numbers):
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return doubled(numbers)

    assert Forks(3)(work, range(100), few=1) == doubled(range(100))
    assert not multiprocessing.active_children()


@LINUX
def test_what_fails_in_a_copy_fails_here(alone, capfd):
    """With its own words, and no process left behind."""

    def work(numbers):
        if 99 in numbers:
            raise ValueError("ninety-nine")
        return doubled(numbers)

    with pytest.raises(ValueError, match="ninety-nine"):
        Forks(2)(work, range(100), few=1)
    assert not multiprocessing.active_children()
    assert capfd.readouterr().err == ""


STOPPED = """
import os, sys, time
from parley.engine.forks import Forks

def work(things):
    os.write(1, b"at it\\n")
    time.sleep(20)
    return list(things)

try:
    Forks(2)(work, range(32), few=1)
except KeyboardInterrupt:
    print("stopped")
    raise SystemExit(130)
"""


@LINUX
def test_ctrl_c_ends_all():
    """At once, and quietly, as a terminal does it: to all processes."""
    process = subprocess.Popen(
        [sys.executable, "-c", STOPPED],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert [process.stdout.readline() for _ in range(2)] == ["at it\n"] * 2
    os.killpg(process.pid, signal.SIGINT)
    told, errors = process.communicate(timeout=10)
    assert (told.splitlines()[-1], process.returncode) == ("stopped", 130), errors
    assert not errors
