"""The invocation logs of the company's AWS account, as Bedrock delivers them.

dollars of the habit → calls → gzip files by hour of delivery, and the truth

Sessions of the developers' role are named after their e-mail. One session is not, and
CI has a role of its own. A twentieth of the calls is delivered on the next day, and
some are logged twice. Prompts and answers are in the files, as they are in real ones.
"""

from ingestion.simulator.bedrock.vendor import VENDOR

__all__ = ["VENDOR"]
