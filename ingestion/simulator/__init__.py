"""A generated company with known truth, served over the vendors' real HTTP shapes.

python -m ingestion.simulator serve --home DIR      files, repositories and vendors
python -m ingestion.simulator company --home DIR    files and repositories alone
python -m ingestion.simulator truth --home DIR      the planted truth as Parquet
"""

from ingestion.simulator.company import Company
from ingestion.simulator.faults import Fault
from ingestion.simulator.server import serving
from ingestion.simulator.timeline import PRESENT
from ingestion.simulator.truth import Truth

__all__ = ["PRESENT", "Company", "Fault", "Truth", "serving"]
