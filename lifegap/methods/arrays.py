"""What arrays of figures are called."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
