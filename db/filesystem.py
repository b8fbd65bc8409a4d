"""Where a ledger may live: on a disk of this machine, never on a network share.

SQLite's locks do not hold across network file systems (https://sqlite.org/faq.html#q5).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from payforward.core.errors import LedgerUnusable

NETWORK_FILESYSTEMS: Final = frozenset(
    {
        "afpfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "fuse.ceph",
        "fuse.davfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.smbnetfs",
        "fuse.sshfs",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "smb2",
        "smb3",
        "smbfs",
        "webdav",
    }
)
"""File system types, as Linux names them in mountinfo, that reach across a network."""


def refuse_network_share(path: Path) -> None:
    """Refuse a ledger on a network share.

    Raises:
        LedgerUnusable: the folder of ``path`` is on one.
    """
    kind = filesystem_type(path)
    if kind in NETWORK_FILESYSTEMS:
        raise LedgerUnusable(
            f"{path} is on a network share ({kind}), where two tills can overwrite each other: "
            "keep the ledger on a disk of this machine.",
            reason="network-share",
        )


def filesystem_type(path: Path, mountinfo: Path = Path("/proc/self/mountinfo")) -> str | None:
    """Return the type of the file system that holds ``path``, or None where it cannot be told.

    Args:
        path: A file, there or not yet.
        mountinfo: Linux's table of mounts (proc_pid_mountinfo(5)).
    """
    if sys.platform == "win32":
        return "smb3" if os.fspath(path.absolute()).startswith("\\\\") else None
    if not mountinfo.exists():
        return None
    place = os.path.realpath(path)
    best, kind = "", None
    for line in mountinfo.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
        before, _, after = line.partition(" - ")
        mount_point = _unescaped(before.split(" ")[4])
        inside = place == mount_point or place.startswith(mount_point.rstrip("/") + "/")
        # A later mount on the same point hides the earlier one.
        if inside and len(mount_point) >= len(best):
            best, kind = mount_point, after.split(" ")[0]
    return kind


def _unescaped(text: str) -> str:
    for octal, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(octal, character)
    return text


def sync_folder_of(path: Path) -> None:
    """Have the disk keep a file's name, where the system can be asked to.

    Raises:
        OSError: the disk fails.
    """
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
