"""Names and tokens of the demo; they open nothing but this simulator."""

ORGANIZATION = "example-works"
ENTERPRISE = "example-group"
TOKEN = "demo-github-token"  # noqa: S105 - opens only this simulator
# Valid, of a member without administration: it may list seats and nothing else.
SEATS_TOKEN = "demo-github-seats-token"  # noqa: S105 - opens only this simulator
