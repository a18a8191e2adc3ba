"""A tour of the client. Set INNERWALL_INGEST_URL, INNERWALL_API_KEY, INNERWALL_QUERY_URL and
INNERWALL_API_TOKEN (`. .dev/env` after `make up`), then: python3 example.py
"""

import os
import sys
import time

from innerwall import Problem, Producer, Reader

SHOP = sys.argv[1] if len(sys.argv) > 1 else "example"
IP = "203.0.113.7"


def main():
    producer = Producer(os.environ["INNERWALL_INGEST_URL"], os.environ["INNERWALL_API_KEY"])
    reader = Reader(os.environ["INNERWALL_QUERY_URL"], os.environ["INNERWALL_API_TOKEN"])
    send_one(producer)
    send_many(producer)
    read_one(reader)
    read_many(reader)
    decide(producer)
    export(reader)
    handle_problems(reader)


def send_one(producer):
    event = {"event_id": f"{SHOP}-order-1", "event_type": "purchase", "user_id": f"{SHOP}-alice", "ip": IP}
    event_id = producer.send(event)
    # An answer may be lost on its way. The same id has one effect, however often it is sent.
    producer.send(event)
    print(f"sent {event_id}, twice")


def send_many(producer):
    failures = [{"event_type": "account_login_fail", "user_id": f"{SHOP}-mallory", "ip": IP} for _ in range(10)]
    faulty = {"user_id": f"{SHOP}-bob", "ip": "not an address"}
    refused = producer.send_batch([*failures, {"user_id": f"{SHOP}-bob", "ip": IP}, faulty])
    print(f"sent 12 events, refused: {[result['field'] for result in refused]}")


def read_one(reader):
    user = until_scored(reader, f"{SHOP}-mallory", 10)
    print(f"{user['user_id']} is at {user['trust_score']} of 99:")
    for hit in user["hits"][:3]:
        print(f"  {hit['rule_id']} {hit['reason']}")


def read_many(reader):
    for user_id in ["alice", "bob"]:
        until_scored(reader, f"{SHOP}-{user_id}", 1)
    names = sorted(user["user_id"] for user in reader.users(q=f"{SHOP}-", limit=2))
    print(f"users: {', '.join(names)}")


def decide(producer):
    event = {"event_id": f"{SHOP}-login-1", "event_type": "account_login", "user_id": f"{SHOP}-carol", "ip": IP}
    decision = producer.decide(event, within_ms=2000)
    print(f"{SHOP}-login-1: {decision['verdict'] if decision else 'not in time'}")


def export(reader):
    names = sorted(user["user_id"] for user in reader.export("/users", q=f"{SHOP}-"))
    print(f"exported: {', '.join(names)}")


def handle_problems(reader):
    try:
        reader.user(f"{SHOP}-nobody")
    except Problem as problem:
        if problem.code != "not_found":
            raise
        print("nobody is not known")
    try:
        reader.get("/users", limit=0)
    except Problem as problem:
        print(f"{problem.code}: {problem.field}")


def until_scored(reader, user_id, events):
    """Scores are visible within two seconds of the answer to the producer."""
    for _ in range(100):
        try:
            user = reader.user(user_id)
            if user["event_count"] >= events:
                return user
        except Problem as problem:
            if problem.code != "not_found":
                raise
        time.sleep(0.1)
    raise TimeoutError(user_id)


main()
