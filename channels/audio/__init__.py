"""The audio channel: a Document becomes a recording, its tracks, captions and transcript."""

import os

# Before numpy is imported. Its BLAS would start a thread for each core, which spin while they wait: 50 ms of processor
# time in each process. And a sum that several threads have shared may differ in its last bit with their number.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
