"""Keys of the simulated organisation; they open nothing but this simulator."""

from typing import Final

ADMIN_KEY: Final = "sk-ant-admin01-demo"
# A key of the organisation that may read directories and nothing else.
DIRECTORY_KEY: Final = "sk-ant-admin01-directories"
