"""What `.ci/contract` adds to schemathesis: the departures that are right, rooms to ask about, and three checks."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote, urlsplit

import requests
import schemathesis
from schemathesis.generation.meta import TestPhase

BASE = os.environ["CONTRACT_URL"]
AUTH = (os.environ["CONTRACT_APP_ID"], os.environ["CONTRACT_APP_KEY"])


def send(method, path, body=None):
    return requests.request(method, BASE + path, json=body, auth=AUTH, timeout=10)


def call(method, path, body=None):
    answer = send(method, path, body)
    answer.raise_for_status()
    return answer.json()


def control(name, body):
    url = urlsplit(BASE)._replace(path=f"/_sandbox/{name}").geturl()
    answer = requests.post(url, json=body, timeout=10)
    answer.raise_for_status()
    return answer.json()


def room(**settings):
    body = {"name": "Claims desk", "owner_ref": "team-7", "settings": settings}
    return call("POST", "/rooms", body)["room"]["room_id"]


def user(role, **data):
    return {"name": "Asha Rao", "role": role, "user_ref": "emp-1042", **data}


def join(room_id):
    return control("join", {"token": call("POST", f"/rooms/{room_id}/tokens", user("moderator"))["token"]})


# A room with a report and a recording, one with a user, and one that starts far ahead.
RECORDED = room(auto_recording=True, audiences="5")
control("leave", join(RECORDED))
control("report", {"room_id": RECORDED, "rows": 30})
BUSY = room()
join(BUSY)
SCHEDULED = room(scheduled=True, scheduled_time="9000-01-01 00:00:00", duration=30)
CONF_NUM = call("GET", f"/cdr/room/{RECORDED}")["cdr"][0]["conf_num"]
NOW = call("GET", f"/rooms/{RECORDED}")["room"]["created"]


# --- what is right although the document does not say it ---


@dataclass
class Departure:
    """A request that the document allows and the sandbox refuses, or the other way round."""

    why: str
    operations: str
    """Their ids, as a pattern."""
    status: int
    says: str
    """What the answer says, as a pattern."""
    holds: Callable
    """Whether a request departs so, from the parameters of its path and its body."""
    sample: tuple
    """A request that does, `ROOM` being a new room. It is sent after each run: what has been mended must go."""
    checks: tuple = ("positive_data_acceptance",)


def settings(body):
    return body.get("settings", {}) if isinstance(body, dict) else {}


def time(body):
    return settings(body).get("scheduled_time", "")


def is_day(text):
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def new(**settings):
    return ("POST", "/rooms", {"name": "Desk", "owner_ref": "team", "settings": settings})


def valid(name, value):
    return re.search(PATTERNS[name], value)


# By the name of a parameter; read from the document below.
PATTERNS = {}

CHANGES = "createRoom|updateRoomById"
PERIODS = "get.*Period.*"
DEPARTURES = [
    Departure(
        "What a reversed period does is unclear, says the document: the sandbox shows the mistake.",
        PERIODS,
        422,
        "^from_date is later than to_date",
        lambda path, body: path["from_date"] > path["to_date"],
        ("GET", "/cdr/period/2024-03-31/2024-03-01", None),
    ),
    Departure(
        "The service is younger than 1970, where the sandbox's clock begins.",
        PERIODS,
        422,
        "^(from|to)_date must be a day since 1970",
        lambda path, body: min(path["from_date"], path["to_date"]) < "1970",
        ("GET", "/archive/period/1969-12-31/2024-03-01", None),
    ),
    Departure(
        "Listeners over HLS need a room that has them. It depends on the room, which no schema knows.",
        "createToken",
        422,
        "^role audience needs a room with HLS",
        lambda path, body: body["role"] == "audience",
        ("POST", "/rooms/ROOM/tokens", user("audience")),
    ),
    Departure(
        "Blank text counts as absent, and OpenAPI 3.0 has no schema for the names of keys.",
        "createToken",
        422,
        "^data .* must have no blank key",
        lambda path, body: any(not key.strip() for key in body["data"]),
        ("POST", "/rooms/ROOM/tokens", user("viewer", data={"": "x"})),
    ),
    Departure(
        "`scheduled_time` is for scheduled rooms alone, by its description and code 10018.",
        CHANGES,
        422,
        r"^settings\.scheduled_time is not allowed here: the room is not scheduled",
        lambda path, body: time(body) and not settings(body).get("scheduled"),
        new(scheduled_time="9000-01-01 00:00:00"),
    ),
    Departure(
        "A scheduled room needs `scheduled_time` and `duration`, by their descriptions.",
        "createRoom",
        400,
        r"^settings\.(scheduled_time|duration) is missing, null or blank: the room is scheduled",
        lambda path, body: settings(body)["scheduled"] and not {"scheduled_time", "duration"} <= settings(body).keys(),
        new(scheduled=True),
    ),
    Departure(
        "A room is scheduled or ad hoc and not both, by the descriptions of the keys.",
        "createRoom",
        422,
        r"^settings\.adhoc is not allowed here: the room is scheduled",
        lambda path, body: settings(body)["scheduled"] and settings(body)["adhoc"],
        new(scheduled=True, adhoc=True, scheduled_time="9000-01-01 00:00:00", duration=5),
    ),
    Departure(
        "Code 10006: a start that has passed. The time of the document's examples has.",
        CHANGES,
        422,
        r"^settings\.scheduled_time has a value that is not acceptable: it has passed",
        lambda path, body: time(body) < NOW.replace("T", " "),
        new(scheduled=True, scheduled_time="2001-01-01 00:00:00", duration=5),
    ),
    Departure(
        "The pattern of `scheduled_time` allows 30 February.",
        CHANGES,
        422,
        r"^settings\.scheduled_time has a value that is not allowed: there is no such date",
        lambda path, body: not is_day(time(body)[:10]),
        new(scheduled=True, scheduled_time="9000-02-30 00:00:00", duration=5),
    ),
    Departure(
        "At most 250 moderators and participants together, by their descriptions.",
        CHANGES,
        422,
        r"^settings\.participants .* must be at most 250 together with the moderators",
        lambda path, body: int(settings(body).get("participants", 250)) + 5 > 250,
        new(participants="250"),
    ),
    Departure(
        "A duration of more minutes than 64 bits hold: the document sets no maximum.",
        CHANGES,
        400,
        r"^settings\.duration has a value of the wrong type",
        lambda path, body: settings(body)["duration"] >= 2**64,
        new(duration=2**64),
    ),
]


def reason(response):
    """The words of a failure in either form."""
    try:
        body = response.json()
    except ValueError:
        return ""
    return body.get("message") or body.get("desc") or ""


def operation_id(operation):
    return operation.definition.raw["operationId"]


@schemathesis.hook
def filter_failure(context, failure, case, response):
    """Keeps a failure unless it is one of the departures."""
    operation, said = operation_id(context.operation), reason(response)
    path = {name: unquote(str(value)) for name, value in case.path_parameters.items()}
    return not any(
        any(check in failure.checks or f"`{check}`" in failure.title for check in departure.checks)
        and re.fullmatch(departure.operations, operation)
        and response.status_code == departure.status
        and re.search(departure.says, said)
        and departure.holds(path, case.body)
        for departure in DEPARTURES
    )


# --- what is asked ---


@schemathesis.hook
def before_load_schema(context, document):
    """Reads the bodies of requests as closed: the document does not say whether they are, and a sandbox that is
    strict refuses keys that they do not name, which is checked so."""
    schemas = document["components"]["schemas"]
    for name in ("CreateRoomRequest", "CreateTokenRequest", "UpdateRoomRequest"):
        schemas[name]["additionalProperties"] = False
    unwrap(document)
    # One value is made wrong at a time, so the others have to be of a room that can be: they begin with these.
    schemas["RoomSettingsRequest"]["properties"]["scheduled"]["example"] = True
    schemas["RoomSettingsRequest"]["properties"]["adhoc"]["example"] = False
    for name in ("RoomSettingsRequest", "RoomSettingsUpdate"):
        schemas[name]["properties"]["scheduled_time"]["example"] = "9000-01-01 00:00:00"
    parameters = document["components"]["parameters"].values()
    PATTERNS.update({parameter["name"]: parameter["schema"]["pattern"] for parameter in parameters})


def unwrap(schema):
    """Takes a schema out of an `allOf` that has it alone, into which schemathesis does not look for limits."""
    for key, value in schema.items() if isinstance(schema, dict) else enumerate(schema):
        if isinstance(value, dict | list):
            unwrap(value)
        if isinstance(value, dict) and len(value.get("allOf", [])) == 1:
            (schema[key],) = value["allOf"]


# Rooms that can have all settings and take all roles.
KEPT = {"updateRoomById": SCHEDULED, "createToken": RECORDED}


@schemathesis.hook
def before_call(context, case, kwargs):
    """Puts those in the place of other ids, where the body is what is tried, and deletes none of them."""
    operation, room_id = operation_id(case.operation), str(case.path_parameters.get("room_id"))
    if operation == "deleteRoom" and room_id in KEPT.values():
        case.path_parameters = {"room_id": room()}
    elif operation in KEPT and re.fullmatch("[0-9a-f]{24}", room_id) and case.meta:
        if case.meta.phase.name in (TestPhase.COVERAGE, TestPhase.FUZZING):
            case.path_parameters = {"room_id": KEPT[operation]}


BODIES = {
    "createToken": user("audience", data={"department": "claims"}),
    "updateRoomById": {"name": "Claims desk, evening"},
}


@schemathesis.hook
def before_add_examples(context, examples):
    """Adds a request for what is there; the examples of the document name a room that is not."""
    operation = operation_id(context.operation)
    names = re.findall(r"{(\w+)}", context.operation.path)
    if names:
        rooms = {"deleteRoom": room(), "getRoomUsers": BUSY}
        room_id = rooms.get(operation, RECORDED)
        values = {"room_id": room_id, "conf_num": CONF_NUM, "from_date": "2000-01-01", "to_date": NOW[:10]}
        body = {"body": BODIES[operation], "media_type": "application/json"} if operation in BODIES else {}
        examples.append(context.operation.Case(path_parameters={name: values[name] for name in names}, **body))


# --- what is checked beyond what schemathesis checks ---


@schemathesis.check
def documented_status(ctx, response, case):
    """The document has `2XX` and `default` alone for its schemas; these are the statuses that its words name."""
    allowed = {200, 400, 401, 403, 404, 409, 422}
    # Not those of the API but of HTTP: a method that a path does not have, a body that is not JSON.
    if response.request.method.lower() not in case.operation.schema.raw_schema["paths"][case.path]:
        allowed.add(405)
    elif response.request.headers.get("Content-Type") != "application/json":
        allowed.add(415)
    assert response.status_code in allowed, f"HTTP {response.status_code} is not documented"


@schemathesis.check
def path_is_valid(ctx, response, case):
    """A value that the pattern of a parameter forbids is not served. schemathesis compares values as they are
    encoded in the path, and so takes all for valid."""
    template = re.sub(r"{(\w+)}", r"(?P<\1>[^/]+)", case.path)
    found = re.search(template + "/?$", urlsplit(response.request.url).path)
    if response.status_code != 200 or not found:
        return
    for name, value in found.groupdict().items():
        assert valid(name, unquote(value)), f"{name} is accepted against its pattern"


@schemathesis.check
class all_is_served:
    """Each operation is served with something in it, and each departure is still one."""

    def __init__(self):
        self.operations = set()
        self.served = set()

    def after_response(self, ctx, response, case):
        paths = case.operation.schema.raw_schema["paths"]
        self.operations = {operation["operationId"] for path in paths.values() for operation in path.values()}
        keys = {"rooms", "room", "users", "token", "cdr", "archive", "dialin"}
        if response.status_code == 200:
            body = response.json()
            if all(body[key] for key in keys & body.keys()):
                self.served.add(operation_id(case.operation))

    def after_run(self, ctx):
        missing = self.operations - self.served
        assert len(self.operations) == 16 and not missing, f"never served with something in it: {sorted(missing)}"
        for departure in DEPARTURES:
            method, path, body = departure.sample
            answer = send(method, path.replace("ROOM", room()), body)
            assert answer.status_code == departure.status and re.search(departure.says, reason(answer)), (
                f"no longer a departure, so take it from the list: {departure.why}"
            )
