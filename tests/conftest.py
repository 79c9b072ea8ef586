"""Where all tests stand: they draw into memory, and no setting of this machine reaches them."""

import os

for name in [name for name in os.environ if name.startswith("YIZHAN_") and name != "YIZHAN_PG_URL"]:
    del os.environ[name]
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")
os.environ.setdefault("QT_QUICK_CONTROLS_STYLE", "Basic")
