"""The connection to Spark, and the tables that stand between the stages.

In: the address of a cluster, as Spark writes it.  Out: a session, or an `EngineError` or
`MissingExtra` that names what is wrong in a line.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parley.errors import EngineError, MissingExtra

if TYPE_CHECKING:
    from py4j.java_gateway import JavaGateway
    from pyspark.sql import DataFrame, SparkSession

_JAVA = 17  # the oldest that Spark 4 runs on
_LOCAL = re.compile(r"local(?:\[(\*|\d+)\])?")
_KNOWN = re.compile(r"spark://|k8s://|yarn$|local$|local\[|local-cluster\[")
_SECONDS = 10.0  # to answer in
_FAILURES = 4  # of one task, before the run is given up
_ROWS = 1000  # that a task is sent at once: the text of so many reports is a few megabytes
STAGES = "_stages"


class Stages:
    """A session and the folder in which the tables between the stages are kept.

    Each is written once and read from there: a lost machine costs the tasks that it had in
    hand, never what was written, and a run that was cut off goes on with what it has.
    """

    def __init__(self, spark: SparkSession, out: str) -> None:
        self.spark = spark
        self.out = out.rstrip("/")

    def sql(self, query: str, **frames: DataFrame) -> DataFrame:
        """Return what a query gives; `{name}` stands for a frame."""
        return self.spark.sql(query, **frames)

    def keep(self, frame: DataFrame, name: str, *, last: bool = False) -> DataFrame:
        """Write a frame, unless it stands there already, and return it as it is read from there.

        `last` are the tables that stay.
        """
        where = f"{self.out}/{name}" if last else f"{self.out}/{STAGES}/{name}"
        if not self.has(f"{where}/_SUCCESS"):
            # What Spark's own pages and logs call the tasks.
            self.spark.sparkContext.setJobDescription(name)
            frame.write.mode("overwrite").parquet(where)
        return self.spark.read.schema(frame.schema).parquet(where)

    def frame(self, rows: list[tuple[object, ...]], columns: str) -> DataFrame:
        """Return rows that are here as a frame."""
        return self.spark.createDataFrame(rows, columns)

    def has(self, where: str) -> bool:
        """Tell whether there is a file or folder."""
        path, system = self._path(where)
        return bool(system.exists(path))

    def names(self) -> list[str]:
        """Return the names in the folder that is written to, none where there is no such folder."""
        path, system = self._path(self.out)
        if not system.exists(path):
            return []
        return sorted(status.getPath().getName() for status in system.listStatus(path))

    def clear(self) -> None:
        """Remove the tables between the stages."""
        path, system = self._path(f"{self.out}/{STAGES}")
        system.delete(path, True)

    def _path(self, where: str) -> tuple[Any, Any]:
        context = self.spark.sparkContext
        path = context._jvm.org.apache.hadoop.fs.Path(where)
        return path, path.getFileSystem(context._jsc.hadoopConfiguration())


@contextmanager
def unworried() -> Iterator[None]:
    """Keep PySpark from warning of pandas 3, of which nothing here makes use, and of a stop."""
    root = logging.getLogger()
    root.addFilter(_is_ours)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings(
                "ignore", "PySpark does not yet fully support pandas", FutureWarning
            )
            warnings.filterwarnings("ignore", "Unable to cleanly shutdown Spark", RuntimeWarning)
            yield
    finally:
        root.removeFilter(_is_ours)


def _is_ours(record: logging.LogRecord) -> bool:
    """Tell a message from one of the bridge to Java, which logs each Ctrl-C with a traceback."""
    return "py4j" not in record.pathname


@contextmanager
def opened(master: str, *, settings: Mapping[str, str] | None = None) -> Iterator[SparkSession]:
    """Give a session on the cluster at `master`, and close it in the end.

    `settings` are more of Spark's own, which go before those of its files.
    Raises `MissingExtra` without pyspark, `EngineError` without Java, for an address that
    Spark does not know, and for a cluster that does not answer.
    """
    try:
        import pyarrow  # noqa: F401, PLC0415 - an extra
        from pyspark import SparkConf, SparkContext  # noqa: PLC0415 - an extra
        from pyspark.java_gateway import launch_gateway  # noqa: PLC0415
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"the Spark engine needs {error.name}, which is not installed; "
            f"install it with: pip install 'parley-record[spark]'"
        ) from error
    check_java()
    check_master(master)
    local = master.startswith("local")
    if local:
        # A cluster of this machine alone: its Python is this one, and it listens to nobody else.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    conf = SparkConf().setAppName("parley").setMaster(_patient(master))
    conf.setAll({**_settings(local=local), **(settings or {})}.items())
    # What Java says while it starts helps nobody but when it does not start.
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as said:
        try:
            gateway = launch_gateway(conf, {"stderr": said, "stdout": said})
            on_stop = signal.getsignal(signal.SIGINT)
            context = SparkContext(gateway=gateway, conf=conf)
            if threading.current_thread() is threading.main_thread():
                # Spark's own handler would talk to Java in the midst of talking to it.
                signal.signal(signal.SIGINT, on_stop)
        except Exception as error:
            said.seek(0)
            raise EngineError(
                f"{master}: Spark does not start ({_reason(said.read(), error)}); give the "
                f"address of a cluster, such as spark://host:7077, or local[*]"
            ) from error
        try:
            yield SparkSession(context)
        finally:
            context.stop()
            _end(gateway)


def _end(gateway: JavaGateway) -> None:
    """End Java, which else lives on as long as this process does."""
    from pyspark import SparkContext  # noqa: PLC0415 - an extra

    gateway.shutdown()
    process = gateway.proc
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    SparkContext._gateway = SparkContext._jvm = None


def _settings(*, local: bool) -> dict[str, str]:
    found = {
        "spark.log.level": "ERROR",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(_ROWS),
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.parquet.compression.codec": "zstd",
        "spark.task.maxFailures": str(_FAILURES),
        "spark.python.worker.faulthandler.enabled": "true",
    }
    if local:
        found |= {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "4"}
    return found


def check_java() -> None:
    """Raise `EngineError` unless there is a Java that Spark runs on."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    said = ""
    if java and Path(java).is_file():
        done = subprocess.run(
            [java, "-version"], capture_output=True, encoding="utf-8", check=False
        )
        said = done.stdout + done.stderr
    found = re.search(r'version "(?:1\.)?(\d+)', said)
    if found is None:
        raise EngineError(
            f"the Spark engine needs Java {_JAVA} or newer, which is not here; on Debian: "
            f"apt install openjdk-17-jre-headless (or set JAVA_HOME to where it is)"
        )
    if int(found[1]) < _JAVA:
        raise EngineError(
            f"the Spark engine needs Java {_JAVA} or newer; {java} is {found[1]}; set JAVA_HOME "
            f"to a newer one"
        )


def check_master(master: str) -> None:
    """Raise `EngineError` for a cluster of Spark's own kind that does not answer."""
    if not _KNOWN.match(master):
        raise EngineError(
            f"{master}: no address of a cluster; write spark://host:7077, yarn, k8s://..., or "
            f"local[*] for this machine alone"
        )
    for host, port in re.findall(r"([^/,:]+):(\d+)", master) if "spark://" in master else ():
        try:
            socket.create_connection((host, int(port)), timeout=_SECONDS).close()
            return
        except (OSError, OverflowError) as error:
            problem = error
    if "spark://" in master:
        said = locals().get("problem", "it has no host and port")
        raise EngineError(
            f"{master}: no cluster answers there ({said}); check that its master runs, or "
            f"give --master 'local[*]' for this machine alone"
        )


def _patient(master: str) -> str:
    """Return a master that tries a task again; on one machine Spark would not, unless told."""
    found = _LOCAL.fullmatch(master)
    return f"local[{found[1] or 1},{_FAILURES}]" if found else master


def _reason(said: str, error: BaseException) -> str:
    """Return what is wrong, of all that Java and Python say."""
    lines = [line.strip() for line in (*str(error).splitlines(), *said.splitlines())]
    causes = [line for line in lines if "Exception: " in line]
    line = next(iter(causes), "") or next(filter(None, lines), type(error).__name__)
    return line.rpartition("Exception: ")[2][:300]
