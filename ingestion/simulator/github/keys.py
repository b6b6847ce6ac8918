"""Tokens that open this simulator and nothing else."""

TOKEN = "ghs_demo0host0token0reads0pull0requests"  # noqa: S105
WEAK_TOKEN = "ghs_demo0host0token0sees0names0only00"  # noqa: S105
INSTALLATION_TOKEN = "ghs_demo0installation0token00000000"  # noqa: S105
APP_ID, INSTALLATION_ID = 4711, 815
