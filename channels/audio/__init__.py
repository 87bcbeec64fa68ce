"""The audio channel: turns a Document into a recording, its tracks, captions and transcript."""

import os

# Set before numpy is imported. Its BLAS would otherwise start a thread for each core, and these spin while they wait:
# 50 ms of processor time in each process. Also, a sum shared by several threads may differ in its last bit with their
# number.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
