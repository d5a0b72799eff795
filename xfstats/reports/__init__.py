"""Merged tallies become tables, changes, ranks, gates and notes; and reports are read back and compared.

The function `xfstats.report` of the Python interface has the name of this package, so the package can be called as that function.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _CallablePackage(ModuleType):
    """Package that is called as the function of its name, which an import of any of its modules replaces by the package."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        """Return what `xfstats.api.report` returns."""
        return import_module("xfstats.api").report(*args, **options)


sys.modules[__name__].__class__ = _CallablePackage
