"""A 311-style CSV in English, with ISO timestamps."""

from __future__ import annotations

import csv
import io
import random
from datetime import datetime, timedelta
from pathlib import Path

HEADER = [
    *("unique_key", "created_date", "closed_date", "agency", "agency_name", "complaint_type", "descriptor"),
    *("incident_address", "incident_zip", "status", "due_date", "resolution_description", "borough", "open_data_channel_type"),
]
AGENCIES = {"DSNY": "Department of Streets", "DPW": "Department of Public Works", "DHW": "Department of Housing"}
TYPES = ("Noise - Residential", "Missed Collection", "Street Light Out", "Heat/Hot Water", "Illegal Parking")


def make_english(folder: Path) -> None:
    """400 requests: 280 closed, 90 open in some way, 30 cancelled though they carry a close date."""
    folder.mkdir(exist_ok=True)
    draw = random.Random(20211204)
    states = ["Closed"] * 280 + ["Open"] * 40 + ["In Progress"] * 30 + ["Assigned"] * 20 + ["Cancelled"] * 30
    draw.shuffle(states)
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for number, state in enumerate(states, 1):
        start = datetime(2024, 3, 1) + timedelta(minutes=draw.randrange(60 * 24 * 90))  # noqa: DTZ001 - local times, as exported
        end = start + timedelta(hours=draw.randrange(2, 800)) if state in {"Closed", "Cancelled"} else None
        agency = draw.choice(list(AGENCIES))
        cells = [f"9{number:07}", start.isoformat(), end.isoformat() if end else "", agency, AGENCIES[agency], draw.choice(TYPES)]
        place = [f"{draw.randrange(1, 900)} EXAMPLE STREET", "00000", state, "", "Example text."]
        writer.writerow([*cells, "", *place, draw.choice(("NORTH", "SOUTH", "EAST")), draw.choice(("PHONE", "ONLINE", "MOBILE"))])
    (folder / "service_requests.csv").write_text(text.getvalue(), "utf-8", newline="")
