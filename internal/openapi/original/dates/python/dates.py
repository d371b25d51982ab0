"""Reads dates of answers and prints each as milliseconds since 1970, or "no bound"."""

import sys
from datetime import datetime


def read_date(text):
    if text is None or text.startswith("0001-01-01"):
        return None  # no bound
    seconds, fraction = text[:19], text[20:-6]
    return datetime.fromisoformat(f"{seconds}.{fraction[:6]:0<6}+00:00")


for argument in sys.argv[1:]:
    date = read_date(argument)
    print("no bound" if date is None else int(date.timestamp() * 1000))
