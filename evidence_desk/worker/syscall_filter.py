"""What a process that opens media may ask of the kernel (seccomp): no network, no programs, no other processes.

The filter is built here instead of with libseccomp, so that it is there on every machine. It names what is refused,
because what libraries and Python need differs by version; calls newer than those known here are answered "not there".
Numbers: Linux `arch/x86/entry/syscalls/syscall_64.tbl` and `include/uapi/asm-generic/unistd.h` (arm64, riscv64);
layout and return values: `include/uapi/linux/{seccomp,filter,bpf_common,audit}.h`, seccomp(2).
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
import sys

# name:number on x86-64:number on arm64 and riscv64 ("-" where the call does not exist)
_NETWORK = """socket:41:198 socketpair:53:199 connect:42:203 bind:49:200 listen:50:201 accept:43:202 accept4:288:242
sendto:44:206 recvfrom:45:207 sendmsg:46:211 recvmsg:47:212 sendmmsg:307:269 recvmmsg:299:243"""
_SHARED = """shmget:29:194 shmat:30:196 shmctl:31:195 semget:64:190 semop:65:193 semctl:66:191 semtimedop:220:192
msgget:68:186 msgsnd:69:189 msgrcv:70:188 msgctl:71:187 mq_open:240:180 mq_unlink:241:181 mq_notify:244:184"""
_ALWAYS = """execve:59:221 execveat:322:281 fork:57:- vfork:58:-
ptrace:101:117 process_vm_readv:310:270 process_vm_writev:311:271 process_madvise:440:440 process_mrelease:448:448
kcmp:312:272 pidfd_open:434:434 pidfd_getfd:438:438 pidfd_send_signal:424:424 tkill:200:130
mount:165:40 umount2:166:39 pivot_root:155:41 chroot:161:51 move_mount:429:429 open_tree:428:428 fsopen:430:430
fsconfig:431:431 fsmount:432:432 fspick:433:433 mount_setattr:442:442 unshare:272:97 setns:308:268
add_key:248:217 request_key:249:218 keyctl:250:219 bpf:321:280 perf_event_open:298:241 userfaultfd:323:282
io_uring_setup:425:425 io_uring_enter:426:426 io_uring_register:427:427 io_setup:206:0
init_module:175:105 finit_module:313:273 delete_module:176:106 kexec_load:246:104 kexec_file_load:320:294
reboot:169:142 swapon:167:224 swapoff:168:225 acct:163:89 quotactl:179:60 quotactl_fd:443:443 syslog:103:116
vhangup:153:58 settimeofday:164:170 clock_settime:227:112 clock_adjtime:305:266 adjtimex:159:171
sethostname:170:161 setdomainname:171:162 iopl:172:- ioperm:173:- modify_ldt:154:- personality:135:92
open_by_handle_at:304:265 name_to_handle_at:303:264 fanotify_init:300:262 fanotify_mark:301:263
lookup_dcookie:212:18 memfd_secret:447:447 migrate_pages:256:238 move_pages:279:239
capset:126:91 setuid:105:146 setgid:106:144 setreuid:113:145 setregid:114:143 setresuid:117:147 setresgid:119:149
setgroups:116:159 setfsuid:122:151 setfsgid:123:152
unlink:87:- unlinkat:263:35 rename:82:- renameat:264:38 renameat2:316:276 mkdir:83:- mkdirat:258:34 rmdir:84:-
link:86:- linkat:265:37 symlink:88:- symlinkat:266:36 mknod:133:- mknodat:259:33 truncate:76:45 creat:85:-
chmod:90:- fchmod:91:52 fchmodat:268:53 chown:92:- fchown:93:55 fchownat:260:54 lchown:94:-
setxattr:188:5 lsetxattr:189:6 fsetxattr:190:7 removexattr:197:14 lremovexattr:198:15 fremovexattr:199:16
utime:132:- utimes:235:- utimensat:280:88 futimesat:261:-"""
# Their arguments lie behind a pointer that a filter cannot follow; the libraries fall back to the older calls.
_ABSENT = "clone3:435:435 openat2:437:437"
_OWN = "kill:62:129 tgkill:234:131 rt_sigqueueinfo:129:138 rt_tgsigqueueinfo:297:240"
_CLONE, _LIMIT, _OPEN, _OPENAT = "clone:56:220", "prlimit64:302:261", "open:2:-", "openat:257:56"
_IOCTL, _FCNTL = "ioctl:16:29", "fcntl:72:25"
_NEWEST = 462  # mseal, Linux 6.10

_MACHINES = {"x86_64": (0, 0xC000003E, 317), "aarch64": (1, 0xC00000B7, 277), "riscv64": (1, 0xC00000F3, 277)}
_KILL, _ALLOW, _ERRNO = 0x80000000, 0x7FFF0000, 0x00050000
_LOAD, _EQUAL, _GREATER, _ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
_SET_FILTER, _ALL_THREADS = 1, 1
_PR_SET_SECCOMP, _MODE_FILTER = 22, 2
_CLONE_THREAD, _AF_UNIX = 0x00010000, 1
_TTY_INPUT = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX: typing into a terminal
_SIGNAL_OWNER = (8, 15)  # F_SETOWN, F_SETOWN_EX: signals to others by way of a file
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

Instruction = tuple[int, int, int, int]


def load_filter(kind: str) -> str:
    """Put the filter in force for all threads of this process; return "" or why it could not be done."""
    machine = platform.machine()
    if sys.platform != "linux":
        return "this system has no seccomp"
    if machine not in _MACHINES or sys.byteorder != "little" or sys.maxsize < 1 << 32:
        return f"the numbers of system calls on {machine} are not known to this program"
    program = build_filter(kind, machine, os.getpid())
    packed = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    code = ctypes.create_string_buffer(packed, len(packed))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(program), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    call = _MACHINES[machine][2]
    if libc.syscall(call, _SET_FILTER, _ALL_THREADS, header) == 0:
        return ""
    first = ctypes.get_errno()
    if first == errno.ENOSYS and libc.prctl(_PR_SET_SECCOMP, _MODE_FILTER, header, 0, 0) == 0:
        return ""
    return f"the kernel refused the filter ({os.strerror(first)})"


def build_filter(kind: str, machine: str, pid: int) -> list[Instruction]:
    """Return the program for a "decoder" or a "player" on a machine named as `platform.machine` does."""
    column, architecture, _ = _MACHINES[machine]
    program = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    program += [(_GREATER, 0, 1, _NEWEST), (_RETURN, 0, 0, _ERRNO | errno.ENOSYS)]
    program += _refuse(_ALWAYS, column, errno.EPERM) + _refuse(_ABSENT, column, errno.ENOSYS)
    if kind == "decoder":
        program += _refuse(f"{_NETWORK} {_SHARED}", column, errno.EACCES)
        for text, argument in ((_OPEN, 1), (_OPENAT, 2)):
            program += _refuse_if(text, column, argument, [(_ANY_BIT, 0, 1, _WRITING)])
    else:
        for text in _NETWORK.split()[:2]:  # sockets on this machine alone: the sound server
            program += _refuse_if(text, column, 0, [(_EQUAL, 1, 0, _AF_UNIX)])
    program += _refuse_if(_CLONE, column, 0, [(_ANY_BIT, 1, 0, _CLONE_THREAD)])
    for text in _OWN.split():
        program += _refuse_if(text, column, 0, [(_EQUAL, 1, 0, pid)])
    program += _refuse_if(_LIMIT, column, 0, [(_EQUAL, 2, 0, 0), (_EQUAL, 1, 0, pid)])
    for text, (one, other) in ((_IOCTL, _TTY_INPUT), (_FCNTL, _SIGNAL_OWNER)):
        program += _refuse_if(text, column, 1, [(_EQUAL, 1, 0, one), (_EQUAL, 0, 1, other)])
    return [*program, (_RETURN, 0, 0, _ALLOW)]


def _number(text: str, column: int) -> int | None:
    """Return the call's number on a kind of machine, None where it does not exist there."""
    number = text.split(":")[1 + column]
    return None if number == "-" else int(number)


def _refuse(calls: str, column: int, error: int) -> list[Instruction]:
    program: list[Instruction] = []
    for text in calls.split():
        number = _number(text, column)
        if number is not None:
            program += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERRNO | error)]
    return program


def _refuse_if(text: str, column: int, argument: int, tests: list[Instruction]) -> list[Instruction]:
    """Refuse one call depending on an argument's low word; `tests` jump over the instruction behind them to allow."""
    number = _number(text, column)
    if number is None:
        return []
    body = [(_LOAD, 0, 0, 16 + 8 * argument), *tests, (_RETURN, 0, 0, _ERRNO | errno.EACCES), (_RETURN, 0, 0, _ALLOW)]
    return [(_EQUAL, 0, len(body), number), *body]
