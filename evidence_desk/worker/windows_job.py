"""Limits on Windows: a job object that holds this process alone. Written from the documentation, not tried.

Layout and flags: Microsoft's reference of `JOBOBJECT_EXTENDED_LIMIT_INFORMATION`, `SetInformationJobObject`,
`AssignProcessToJobObject`.
"""

from __future__ import annotations

import ctypes
from typing import Any

_EXTENDED_LIMITS = 9
_ONE_PROCESS, _MEMORY, _NO_ERROR_WINDOW = 0x8, 0x100, 0x400


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("per_process_user_time", ctypes.c_int64),
        ("per_job_user_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class _ExtendedLimits(ctypes.Structure):
    _fields_ = (
        ("basic", _BasicLimits),
        ("counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


def limit_this_process(memory: int) -> bool:
    """Allow this process so many bytes of memory and no child process; tell whether Windows took it."""
    kernel: Any = getattr(ctypes, "WinDLL")("kernel32", use_last_error=True)  # noqa: B009 - there on Windows alone
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = ctypes.c_void_p
    job, process = kernel.CreateJobObjectW(None, None), kernel.GetCurrentProcess()
    limits = _ExtendedLimits()
    limits.basic.flags = _ONE_PROCESS | _MEMORY | _NO_ERROR_WINDOW
    limits.basic.processes = 1
    limits.process_memory = memory
    pointer, size = ctypes.byref(limits), ctypes.sizeof(limits)
    taken = job and kernel.SetInformationJobObject(ctypes.c_void_p(job), _EXTENDED_LIMITS, pointer, size)
    return bool(taken and kernel.AssignProcessToJobObject(ctypes.c_void_p(job), ctypes.c_void_p(process)))
