"""Gets a token with a Python library, refreshes it if told to, and prints the access token.

    python token_with.py <authlib|requests-oauthlib> <origin> <basic|post> <get|refresh>

The variables CLIENT_ID and CLIENT_SECRET hold the credentials.
"""

import os
import sys

from authlib.integrations import requests_client
from oauthlib.oauth2 import BackendApplicationClient
from requests.auth import HTTPBasicAuth
from requests_oauthlib import OAuth2Session


def with_authlib(url, client_id, secret, basic, refresh):
    session = requests_client.OAuth2Session(
        client_id, secret, token_endpoint_auth_method="client_secret_basic" if basic else "client_secret_post"
    )
    token = session.fetch_token(url, grant_type="client_credentials")
    return session.refresh_token(url, token["refresh_token"]) if refresh else token


def with_requests_oauthlib(url, client_id, secret, basic, refresh):
    session = OAuth2Session(client=BackendApplicationClient(client_id=client_id))
    if basic:
        credentials = {"auth": HTTPBasicAuth(client_id, secret)}
    else:
        credentials = {"client_id": client_id, "client_secret": secret}
    token = session.fetch_token(url, **credentials, **({} if basic else {"include_client_id": True}))
    return session.refresh_token(url, token["refresh_token"], **credentials) if refresh else token


libraries = {"authlib": with_authlib, "requests-oauthlib": with_requests_oauthlib}
library, origin, authentication, what = sys.argv[1:]
# The local stack speaks HTTP on the loopback address.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
got = libraries[library](
    origin + "/Token", os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"], authentication == "basic", what == "refresh"
)
print(got["access_token"])
