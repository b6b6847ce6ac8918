"""GitHub Copilot: AI credits and what they cost, activity per day, and paid seats.

| table        | endpoint                              | needs                        |
|--------------|---------------------------------------|------------------------------|
| user_days    | …/copilot/metrics/reports/users-1-day | read:org, and the policy     |
|              |                                       | "Copilot usage metrics" on   |
| credit_usage | …/settings/billing/ai_credit/usage    | an administrator's token     |
| seats        | …/copilot/billing/seats               | manage_billing:copilot       |

`credit_usage` asks the two others whose credits to ask for. GitHub tells logins and no
e-mails: accounts.csv links them to persons.
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.copilot import tables
from ingestion.sources.copilot.connection import LAG_DAYS, Copilot, connect
from ingestion.sources.copilot.credits import credit_usage
from ingestion.sources.copilot.permissions import probe
from ingestion.sources.copilot.seats import seats
from ingestion.sources.copilot.user_days import user_days

__all__ = ["CONNECTOR", "Copilot", "credit_usage", "probe", "seats", "user_days"]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="GitHub Copilot",
    plan="Copilot Business or Enterprise, with the policy “Copilot usage metrics” on",
    permission="a token of an organisation owner or enterprise administrator with "
    "read:org and manage_billing:copilot (read:enterprise for an enterprise)",
    settings=Copilot,
    connect=connect,
    probe=probe,
    feeds=(
        Feed(tables.USER_DAYS, user_days),
        Feed(tables.CREDIT_USAGE, credit_usage),
        Feed(tables.SEATS, seats),
    ),
    lag_days=LAG_DAYS,
)
