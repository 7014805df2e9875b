"""The pack this instance runs under: the built-in one with the layers of LIANZE_PACKS, loaded once a process."""

from functools import cache

from django.conf import settings

from lianze.pack import Pack, load_builtin, load_pack
from lianze.pack.load import BUILTIN


@cache
def read_pack() -> Pack:
    """The pack; Invalid with every fault when a layer is wrong."""
    layers = list(settings.PACKS)
    return load_pack([BUILTIN / "cn-integrity", *layers]) if layers else load_builtin()
