"""Central's handlers where no biller was ever told anything."""

import os
from pathlib import Path

from central.handlers.registry import handlers
from central.posted import PostedFiles

HANDLERS = handlers(PostedFiles(Path(os.devnull)))
