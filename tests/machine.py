"""What some tests need of the machine: Unix, or to be root."""

from __future__ import annotations

import os

import pytest

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
unix = pytest.mark.skipif(os.name == "nt", reason="pipes, devices, shells, signals and permissions are Unix")
