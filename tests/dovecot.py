"""A real IMAP server for tests: dovecot on a port of its own, for nobody but whoever starts it."""

import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from email import message_from_bytes
from email.message import Message
from itertools import count
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "Grey-mailbox-of-2011"
NUMBERS = count()
CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
first_valid_gid = 1
mail_fsync = never
auth_failure_delay = 0
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home/%u
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
"""


class Dovecot:
    """Started and stopped by whoever needs it. Every name is somebody with a mailbox."""

    def __init__(self) -> None:
        subprocess.run([ROOT / "scripts" / "need-dovecot"], check=True)
        # Dovecot reads no mail as root: there it is somebody without rights.
        self.is_root = os.getuid() == 0
        person = pwd.getpwnam("nobody") if self.is_root else pwd.getpwuid(os.getuid())
        self._ids = (person.pw_uid, person.pw_gid)
        self._folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        path = self._folder / "dovecot.conf"
        text = CONFIGURATION.format(
            folder=self._folder, user=person.pw_name, port=self.port, password=PASSWORD,
            group=_group(person.pw_gid),
        )  # fmt: skip
        path.write_text(text, encoding="utf-8")
        (self._folder / "mail").mkdir()
        for place in (self._folder, self._folder / "mail"):
            os.chown(place, *self._ids)
        self._folder.chmod(0o755)
        found = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin:/sbin")
        who = {"user": self._ids[0], "group": self._ids[1], "extra_groups": []}
        self._process = subprocess.Popen(
            [str(found), "-F", "-c", str(path)], **(who if self.is_root else {})
        )
        self._wait()

    def _wait(self) -> None:
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise RuntimeError((self._folder / "log").read_text(encoding="utf-8"))

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def url(self, name: str, folder: str = "") -> str:
        """How the settings name the mailbox of somebody."""
        return f"imap://{name}:{PASSWORD}@127.0.0.1:{self.port}/{quote(folder)}"

    def deliver(self, name: str, mail: bytes, at: float | None = None) -> None:
        """As a mail server does: whole or not at all."""
        box = self._folder / "mail" / name
        for part in ("tmp", "new", "cur"):
            (box / part).mkdir(parents=True, exist_ok=True)
        for folder in (box, *box.iterdir()):
            os.chown(folder, *self._ids)
        file = f"{time.time():.6f}.{next(NUMBERS)}.here"
        (box / "tmp" / file).write_bytes(mail)
        os.chown(box / "tmp" / file, *self._ids)
        if at is not None:
            os.utime(box / "tmp" / file, (at, at))
        (box / "tmp" / file).rename(box / "new" / file)

    def lying(self, name: str, folder: str = "") -> "list[Message[str, str]]":
        """The e-mails that lie in a mailbox, or in a folder of it."""
        box = self._folder / "mail" / name / (f".{folder}" if folder else "")
        files = sorted([*(box / "new").glob("*"), *(box / "cur").glob("*")])
        return [message_from_bytes(file.read_bytes()) for file in files]


def _group(number: int) -> str:

    return grp.getgrgid(number).gr_name
