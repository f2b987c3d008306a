"""The system calls that an answer's process is ended for, kept by the kernel itself (seccomp).

An honest answer computes and uses threads. Whoever starts a process, opens a socket, signals or looks into
another process, or asks for what only a system's owner needs, is ended at once with SIGSYS. Threads stay
allowed: `clone` is let through where it makes one. The kernel checks `clone` by its flags, which it cannot
see in `clone3`; so that one says "not known here", and the C library falls back to `clone`.

The program is written in the kernel's classic BPF: loads and jumps over the number of the call and its
arguments (man 2 seccomp; linux/filter.h, linux/audit.h).
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import signal
import struct
import sys

#: For each machine: its name for the kernel, and the numbers of the calls that are refused, by name.
_AUDIT = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_REFUSED = {
    "x86_64": {
        "fork": 57, "vfork": 58, "execve": 59, "execveat": 322,
        "ptrace": 101, "process_vm_readv": 310, "process_vm_writev": 311, "kcmp": 312,
        "pidfd_open": 434, "pidfd_getfd": 438, "pidfd_send_signal": 424, "process_madvise": 440,
        "rt_sigqueueinfo": 129, "rt_tgsigqueueinfo": 297, "tkill": 200,
        "socket": 41, "socketpair": 53, "connect": 42, "bind": 49, "listen": 50,
        "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "memfd_create": 319,
        "memfd_secret": 447, "shmget": 29, "semget": 64, "msgget": 68, "mq_open": 240,
        "unshare": 272, "setns": 308, "mount": 165, "umount2": 166, "pivot_root": 155, "chroot": 161,
        "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433,
        "mount_setattr": 442, "open_by_handle_at": 304, "name_to_handle_at": 303,
        "bpf": 321, "perf_event_open": 298, "userfaultfd": 323, "fanotify_init": 300,
        "add_key": 248, "request_key": 249, "keyctl": 250,
        "init_module": 175, "finit_module": 313, "delete_module": 176, "kexec_load": 246,
        "kexec_file_load": 320, "reboot": 169, "swapon": 167, "swapoff": 168, "acct": 163, "syslog": 103,
        "settimeofday": 164, "clock_settime": 227, "clock_adjtime": 305, "adjtimex": 159,
        "sethostname": 170, "setdomainname": 171, "quotactl": 179, "iopl": 172, "ioperm": 173,
    },
    "aarch64": {
        "execve": 221, "execveat": 281,
        "ptrace": 117, "process_vm_readv": 270, "process_vm_writev": 271, "kcmp": 272,
        "pidfd_open": 434, "pidfd_getfd": 438, "pidfd_send_signal": 424, "process_madvise": 440,
        "rt_sigqueueinfo": 138, "rt_tgsigqueueinfo": 240, "tkill": 130,
        "socket": 198, "socketpair": 199, "connect": 203, "bind": 200, "listen": 201,
        "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "memfd_create": 279,
        "memfd_secret": 447, "shmget": 194, "semget": 190, "msgget": 186, "mq_open": 180,
        "unshare": 97, "setns": 268, "mount": 40, "umount2": 39, "pivot_root": 41, "chroot": 51,
        "open_tree": 428, "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433,
        "mount_setattr": 442, "open_by_handle_at": 265, "name_to_handle_at": 264,
        "bpf": 280, "perf_event_open": 241, "userfaultfd": 282, "fanotify_init": 262,
        "add_key": 217, "request_key": 218, "keyctl": 219,
        "init_module": 105, "finit_module": 273, "delete_module": 106, "kexec_load": 104,
        "kexec_file_load": 294, "reboot": 142, "swapon": 224, "swapoff": 225, "acct": 89, "syslog": 116,
        "settimeofday": 170, "clock_settime": 112, "clock_adjtime": 266, "adjtimex": 171,
        "sethostname": 161, "setdomainname": 162, "quotactl": 60,
    },
}  # fmt: skip
_CLONE = {"x86_64": 56, "aarch64": 220}
_CLONE3 = 435
#: Calls that may reach the caller's own process only: its number is their first argument.
_OWN_ONLY = {"x86_64": {"kill": 62, "tgkill": 234}, "aarch64": {"kill": 129, "tgkill": 131}}
_X32 = 0x40000000  # a second set of numbers for the same calls, on x86_64
CLONE_THREAD = 0x00010000

# What a line of BPF does (linux/bpf_common.h), and what the kernel then does (linux/seccomp.h).
_LOAD, _EQUAL, _AT_LEAST, _HAS_BITS, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERROR = 0x7FFF0000, 0x80000000, 0x00050000
# Where the data of a call lie: its number, the machine, and the lower half of its first argument.
_NUMBER, _MACHINE, _FIRST_ARGUMENT = 0, 4, 16

_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _PR_SET_DUMPABLE = 22, 38, 4
_PR_SET_PDEATHSIG = 1
_FILTER_MODE = 2


def is_known() -> bool:
    """Tell whether the filter knows the system calls of this machine."""
    return sys.platform == "linux" and platform.machine() in _REFUSED and sys.maxsize > 1 << 32


def program(machine: str, own_process: int) -> bytes:
    """Return the filter for a machine as the kernel takes it: eight bytes a line.

    Args:
        machine: as in `platform.machine()`: "x86_64" or "aarch64".
        own_process: the number of the process that it is for, which may signal itself.

    >>> len(program("x86_64", 7)) % 8
    0
    """
    lines = [_line(_LOAD, _MACHINE), _line(_EQUAL, _AUDIT[machine], 1, 0), _line(_RETURN, _KILL)]
    lines += [_line(_LOAD, _NUMBER)]
    if machine == "x86_64":
        lines += [_line(_AT_LEAST, _X32, 0, 1), _line(_RETURN, _KILL)]
    for number in _REFUSED[machine].values():
        lines += [_line(_EQUAL, number, 0, 1), _line(_RETURN, _KILL)]
    lines += [_line(_EQUAL, _CLONE3, 0, 1), _line(_RETURN, _ERROR | errno.ENOSYS)]
    lines += _where(_CLONE[machine], _line(_HAS_BITS, CLONE_THREAD, 1, 0))
    for number in _OWN_ONLY[machine].values():
        lines += _where(number, _line(_EQUAL, own_process, 1, 0))
    return b"".join([*lines, _line(_RETURN, _ALLOW)])


def _where(number: int, first_argument_is_fine: bytes) -> list[bytes]:
    """For one call: allow it where its first argument is fine, end the process where it is not."""
    return [
        _line(_EQUAL, number, 0, 4),
        _line(_LOAD, _FIRST_ARGUMENT),
        first_argument_is_fine,
        _line(_RETURN, _KILL),
        _line(_RETURN, _ALLOW),
    ]


def _line(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("lines", ctypes.c_char_p))


def impose_filter() -> None:
    """Bind the calling process, and every thread that it starts from now on; it cannot be undone.

    Raises:
        OSError: where the kernel refuses.
    """
    lines = program(platform.machine(), os.getpid())
    _control(_PR_SET_NO_NEW_PRIVS, 1)
    _control(_PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(_Program(len(lines) // 8, lines)))


def hide_from_others() -> None:
    """Let no process of the same user look into this one."""
    if sys.platform == "linux":
        _control(_PR_SET_DUMPABLE, 0)


def end_with_parent() -> None:
    """Let the kernel end this process when its parent ends, however that comes about."""
    if sys.platform == "linux":
        _control(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _control(option: int, *values: object) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    arguments = [ctypes.c_ulong(each) if isinstance(each, int) else each for each in values]
    arguments += [ctypes.c_ulong(0)] * (4 - len(arguments))
    if library.prctl(option, *arguments):
        number = ctypes.get_errno()
        raise OSError(number, f"the kernel refuses prctl({option}): {os.strerror(number)}")
