"""Arrow's compute functions.

pyarrow makes them at run time, so that no type checker finds them in its module.
"""

from typing import Any

import pyarrow.compute

compute: Any = pyarrow.compute
