"""AWS Bedrock: the invocation logs that Bedrock writes, one row a model call.

| table       | files below AWSLogs/<account>/            | needs              |
|-------------|-------------------------------------------|--------------------|
| invocations | BedrockModelInvocationLogs/<region>/yyyy/ | read access to the |
|             | mm/dd/hh/*.json.gz                        | bucket or a copy   |

The logs hold prompts and answers. Nothing but counters and names leaves this package,
and no body is ever stored.
"""

from ingestion.connector import Connector, Feed
from ingestion.sources.bedrock import tables
from ingestion.sources.bedrock.connection import Bedrock, Connection, connect
from ingestion.sources.bedrock.invocations import invocations
from ingestion.sources.bedrock.permissions import probe

__all__ = ["CONNECTOR", "Bedrock", "Connection", "invocations", "probe"]

CONNECTOR = Connector(
    source=tables.SOURCE,
    title="AWS Bedrock",
    plan="an AWS account with model invocation logging to S3 turned on, per region",
    permission="read access to the folder or bucket of the invocation logs",
    settings=Bedrock,
    connect=connect,
    probe=probe,
    feeds=(Feed(tables.INVOCATIONS, invocations),),
)
