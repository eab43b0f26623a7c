"""What Schemathesis does not check by itself: that nothing hidden is told."""

import os
from urllib.parse import unquote

import schemathesis

SECRETS = [word for word in os.environ["ROADBED_FUZZ_SECRETS"].split(",") if word]


@schemathesis.check
def nothing_hidden(ctx, response, case):
    # Without it, the backend of the tests takes a caller for a user of its own.
    if "Authorization" not in response.request.headers:
        return
    sent = unquote(response.request.url).lower()
    told = f"{response.headers} {response.text}".lower()
    for word in SECRETS:
        # What the caller wrote may come back in the words of an error.
        assert word in sent or word not in told, f'"{word}" is told'
