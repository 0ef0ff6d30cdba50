"""Reports added: pasted, as files, from an address."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated

import msgspec
from fastapi import Body, FastAPI, File, Form, UploadFile
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from parley.reading.fetching.address import parse_address
from parley.reading.unreadable import Unreadable
from parley.web.failures import Failure, json_answer
from parley.web.jobs import Job, Jobs
from parley.web.pages.showing import (
    add_data,
    add_page,
    check_writable,
    settings_of,
    show,
)

_LONGEST_FIELD = 500


class NewReport(BaseModel):
    """A report to be added: its text and what is known of it, or the address where it stands."""

    model_config = ConfigDict(extra="forbid")

    text: str | None = Field(default=None, max_length=900_000)
    address: str | None = Field(default=None, max_length=4000)
    title: str | None = Field(default=None, max_length=_LONGEST_FIELD)
    outlet: str | None = Field(default=None, max_length=_LONGEST_FIELD)
    url: str | None = Field(default=None, max_length=4000)
    date: str | None = Field(default=None, max_length=40, description="Of publication, YYYY-MM-DD.")


def register(app: FastAPI) -> None:
    """Add the pages and their data."""
    record, settings = app.state.record, app.state.settings
    app.state.jobs = Jobs(settings.record, record.sizes, private=settings.allow_private)
    add_page(app, "/add", page)
    add_page(app, "/add/text", add_text, methods=("POST",))
    add_page(app, "/add/files", add_files, methods=("POST",))
    add_page(app, "/add/url", add_url, methods=("POST",))
    add_page(app, "/add/jobs/{id}", job_page)
    add_data(app, "/reports", add_report_data, gives=Job, methods=("POST",), status="202")
    add_data(app, "/jobs/{id}", show_job_data, gives=Job)


def page(request: Request) -> Response:
    """Show how reports can be added, and what was added lately."""
    return show(
        request, "add.html", page="add", jobs=_jobs(request).all()[:10],
        largest=settings_of(request).largest_upload // 1_000_000,
    )  # fmt: skip


def add_text(
    request: Request,
    *,
    text: Annotated[str, Form()] = "",
    title: Annotated[str, Form()] = "",
    outlet: Annotated[str, Form()] = "",
    url: Annotated[str, Form()] = "",
    date: Annotated[str, Form()] = "",
) -> Response:
    """Add a text that was pasted."""
    fields = {"title": title, "outlet": outlet, "url": url, "date": date}
    return _lead_to(_add_text(request, text, fields))


def add_files(
    request: Request, files: Annotated[list[UploadFile] | None, File()] = None
) -> Response:
    """Add files that were dropped or chosen."""
    check_writable(request)
    sent: dict[str, bytes] = {}
    for number, file in enumerate(files or ()):
        if file.filename:
            raw = file.file.read()
            sent[file.filename if file.filename not in sent else f"{number}-{file.filename}"] = raw
    if not sent:
        raise Failure(422, "wrong_request", "no file was sent; choose one or drop it there")
    names = list(sent)
    what = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
    return _lead_to(_jobs(request).add_files(sent, what))


def add_url(request: Request, address: Annotated[str, Form()] = "") -> Response:
    """Add what stands at a web address."""
    return _lead_to(_add_address(request, address))


def job_page(request: Request, id: str) -> Response:
    """Show how far adding reports has come, then what came of it."""
    return show(request, "job.html", page="add", job=_job(request, id))


def add_report_data(request: Request, new: Annotated[NewReport, Body()]) -> Response:
    """Add a report; the answer tells the job, which is done later."""
    if (new.text is None) == (new.address is None):
        raise Failure(422, "wrong_request", "give either text or address")
    if new.address is not None:
        job = _add_address(request, new.address)
    else:
        fields = new.model_dump(exclude={"text", "address"})
        job = _add_text(request, new.text or "", {key: fields[key] or "" for key in fields})
    return json_answer(job, status=202)


def show_job_data(request: Request, id: str) -> Response:
    """Give how far adding reports has come, and what came of it."""
    return json_answer(_job(request, id))


def _add_text(request: Request, text: str, fields: dict[str, str]) -> Job:
    check_writable(request)
    # A form sends every line's end as two characters.
    text = text.replace("\r\n", "\n")
    if not text.strip():
        raise Failure(422, "wrong_request", "the text is empty; paste a report")
    try:
        raw = text.encode()
    except UnicodeEncodeError as error:
        raise Failure(
            422, "wrong_request", "the text has half a surrogate pair; paste it again"
        ) from error
    row = {key: value.strip() for key, value in fields.items() if value.strip()}
    if "date" in row:
        _check_day(row["date"])
    name = hashlib.sha256(raw).hexdigest()[:10]
    line = msgspec.json.encode({"id": name, "text": text, **row})
    title = row.get("title") or " ".join(text.split())[:60]
    return _jobs(request).add_files({f"pasted-{name}.jsonl": line + b"\n"}, title)


def _add_address(request: Request, address: str) -> Job:
    check_writable(request)
    address = address.strip()
    # Whatever is no web address would be a path of this machine.
    if not address.lower().startswith(("http://", "https://")):
        raise Failure(422, "wrong_request", "no web address; write one with https:// before it")
    try:
        parse_address(address)
    except Unreadable as error:
        raise Failure(422, "wrong_request", f"{error.problem}; {error.way_out}") from error
    return _jobs(request).add_address(address)


def _check_day(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise Failure(
            422, "wrong_request", f"{text!r} is no day; write YYYY-MM-DD, as 2023-05-19"
        ) from error


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


def _job(request: Request, id_: str) -> Job:
    job = _jobs(request).get(id_)
    if job is None:
        raise Failure(404, "not_found", "no such job; what it added is in the record")
    return job


def _lead_to(job: Job) -> Response:
    return RedirectResponse(f"/add/jobs/{job.id}", status_code=303)
