"""Sends what a shop would send with the existing tracker, and prints each answer's status."""

import sys

import requests
from tirreno_tracker import Payload, Tracker

url, key, user = sys.argv[1:4]
post = requests.post


def post_and_print(*arguments, **named):
    answer = post(*arguments, **named)
    print(answer.status_code, repr(answer.text))
    return answer


requests.post = post_and_print
tracker = Tracker(url, key)


def event(path, method):
    made = tracker.create_event()
    made.set_user_name(user).set_ip_address("203.0.113.21").set_url(path)
    made.set_user_agent("Mozilla/5.0 (X11; Linux x86_64; rv:141.0) Gecko/20100101 Firefox/141.0")
    made.set_browser_language("en-US").set_http_method(method).set_http_referer("")
    made.set_http_code(200).set_email_address(user + "@mail.example")
    return made


tracker.track(event("/", "GET").set_event_type_page_view().set_page_title("Shop"))
for _ in range(8):
    failed = event("/login", "POST").set_event_type_account_login_fail().set_http_code(401)
    tracker.track(failed)
search = Payload().set_field_id("q").set_value("red shoes")
tracker.track(event("/search", "GET").set_event_type_page_search().set_payload(search))
