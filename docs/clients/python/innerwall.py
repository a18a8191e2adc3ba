"""A small client of Innerwall: events go to ingest, scores come from query.

Only the standard library. Copy it into your project and make it yours.
"""

import json
import random
import time
import urllib.error
import urllib.request
import uuid
from urllib.parse import quote, urlencode

ATTEMPTS = 5
EVENTS_PER_REQUEST = 500
TIMEOUT_S = 10
# Worth sending again: too slow, too many, and "something is away".
PASSING = (408, 429, 503)


class Problem(Exception):
    """A refusal, told apart by `code`; docs/errors.md says the cause and cure of each."""

    def __init__(self, status, body, retry_after_s):
        super().__init__(f"{body.get('code')}: {body.get('detail')}")
        self.status = status
        self.code = body.get("code")
        self.field = body.get("field")
        self.events = body.get("events", [])
        self.retry_after_s = retry_after_s


class Producer:
    """Sends events with an API key."""

    def __init__(self, url, api_key):
        self.url = url.rstrip("/")
        self.headers = {"Api-Key": api_key}

    def send(self, event):
        """Sends one event until it is durable; gives its id."""
        event = with_id(event)
        retrying(lambda: self._post("/v1/events", json.dumps(event), "application/json"))
        return event["event_id"]

    def send_batch(self, events):
        """Sends many events; gives those that are at fault, each with its `field` and `detail`."""
        events = [with_id(event) for event in events]
        refused = []
        for start in range(0, len(events), EVENTS_PER_REQUEST):
            refused += self._send_part(events[start : start + EVENTS_PER_REQUEST])
        return refused

    def decide(self, event, within_ms=300):
        """The verdict about an event: `allow`, `review`, `challenge` or `deny`, with reasons.

        None when it is not there in time: your product then does what it would do without.
        """
        body = json.dumps(with_id(event))
        headers = {"Innerwall-Deadline-Ms": str(within_ms)}
        try:
            answer = self._post("/v1/decide", body, "application/json", headers, within_ms / 1000 + 1)
        except Problem as problem:
            if problem.status not in PASSING:
                raise
            return None
        except OSError:
            return None
        return answer if "verdict" in answer else None

    def _send_part(self, events):
        refused = []
        for attempt in range(ATTEMPTS):
            results, wait_s = self._results(events)
            refused += [result for result in results if result["status"] == "invalid"]
            events = [events[result["index"]] for result in results if result["status"] == "retry"]
            if not events:
                return refused
            pause(attempt, wait_s)
        raise TimeoutError(f"{len(events)} events are not accepted after {ATTEMPTS} attempts")

    def _results(self, events):
        """What became of each event, and how long to wait; all again when nobody can tell."""
        lines = "\n".join(json.dumps(event) for event in events)
        try:
            return self._post("/v1/events", lines, "application/x-ndjson")["events"], None
        except Problem as problem:
            if problem.events:
                return problem.events, problem.retry_after_s
            if problem.status not in PASSING:
                raise
            wait_s = problem.retry_after_s
        except OSError:
            wait_s = None
        return [{"index": index, "status": "retry"} for index in range(len(events))], wait_s

    def _post(self, path, body, media_type, headers={}, timeout_s=TIMEOUT_S):
        headers = {**self.headers, **headers, "Content-Type": media_type}
        return call("POST", self.url + path, headers, body.encode(), timeout_s)


class Reader:
    """Reads scores with an API token."""

    def __init__(self, url, api_token):
        self.url = url.rstrip("/") + "/api/v1"
        self.headers = {"Authorization": f"Bearer {api_token}"}

    def user(self, user_id):
        """One user with scores and reasons."""
        return self.get(f"/users/{quote(user_id, safe='')}")

    def users(self, **filters):
        """All users that fit, page by page."""
        cursor = None
        while True:
            page = self.get("/users", **filters, cursor=cursor)
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def export(self, path, **filters):
        """A whole list such as `/decisions`, row by row; after a break it goes on behind the last row."""
        cursor, breaks = None, 0
        while True:
            try:
                for row in self._lines(path, {**filters, "cursor": cursor}):
                    if "cursor" not in row:
                        if row["complete"]:
                            return
                        break
                    cursor, breaks = row.pop("cursor"), 0
                    yield row
            except Problem as problem:
                if problem.status not in PASSING:
                    raise
            except OSError:
                pass
            breaks += 1
            if breaks == ATTEMPTS:
                raise TimeoutError(f"{path} does not come to its end")
            pause(breaks, None)

    def _lines(self, path, parameters):
        headers = {**self.headers, "Accept": "application/x-ndjson"}
        with opened("GET", self._url(path, parameters), headers) as answer:
            for line in answer:
                yield json.loads(line)

    def get(self, path, **parameters):
        """Any other read; parameters that are None are left out."""
        url = self._url(path, parameters)
        return retrying(lambda: call("GET", url, self.headers))

    def _url(self, path, parameters):
        said = {name: value for name, value in parameters.items() if value is not None}
        return self.url + path + (f"?{urlencode(said)}" if said else "")


def with_id(event):
    """The event with an id of its own, which makes sending it again harmless."""
    return event if "event_id" in event else {**event, "event_id": str(uuid.uuid4())}


def call(method, url, headers, body=None, timeout_s=TIMEOUT_S):
    with opened(method, url, headers, body, timeout_s) as answer:
        return json.load(answer)


def opened(method, url, headers, body=None, timeout_s=TIMEOUT_S):
    request = urllib.request.Request(url, method=method, headers=headers, data=body)
    try:
        return urllib.request.urlopen(request, timeout=timeout_s)
    except urllib.error.HTTPError as error:
        raise problem_of(error) from None


def problem_of(error):
    try:
        body = json.load(error)
    except ValueError:
        body = {"code": "not_innerwall", "detail": f"{error.code} from something in between"}
    wait = error.headers.get("Retry-After", "")
    return Problem(error.code, body, int(wait) if wait.isdigit() else None)


def retrying(attempt_once):
    """Repeats what may pass: broken connections, and refusals that say so."""
    for attempt in range(ATTEMPTS):
        try:
            return attempt_once()
        except Problem as problem:
            if problem.status not in PASSING or attempt + 1 == ATTEMPTS:
                raise
            pause(attempt, problem.retry_after_s)
        except OSError:
            if attempt + 1 == ATTEMPTS:
                raise
            pause(attempt, None)


def pause(attempt, wait_s):
    """As long as the answer asks for, else longer each time; with chance, so that not all come back at once."""
    time.sleep((wait_s or 0.2 * 2**attempt) * random.uniform(1, 1.5))
