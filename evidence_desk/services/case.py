"""One open case: its folder, its door for writes, its reads, and what was found when it was opened."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from uuid import uuid4

from evidence_desk.domain.codebook import vocabulary_to
from evidence_desk.domain.errors import CaseError, CaseInUse, DiskFull, Refused
from evidence_desk.domain.records import CASE_SHEET, CODEBOOK, Exhibit
from evidence_desk.domain.time import utc_now_text
from evidence_desk.jobs import JobContext, NullContext
from evidence_desk.services.bus import CommandBus
from evidence_desk.services.codebooks import shipped_codebook
from evidence_desk.services.coverage import CoverageLog
from evidence_desk.services.drafts import Drafts
from evidence_desk.services.intake import exhibit_table_path
from evidence_desk.services.queries import Queries
from evidence_desk.store import vault
from evidence_desk.store.audit import Event, check_chain
from evidence_desk.store.case_store import CaseStore
from evidence_desk.store.paths import SUFFIX, CasePaths, case_folder

DEFAULT_CODEBOOK = "custody"
Clock = Callable[[], str]
CHECKED_AT_OPEN = 20_000
"""A log up to this many events is read whole at open (well under a second); longer ones wait for verify."""


_REPORT_EVENTS = 200


class OpenPaths(CasePaths):
    """The case's places, with those that depend on a record."""

    def exhibit_file(self, exhibit: Exhibit) -> Path:
        """Return where the exhibit's bytes lie."""
        return self.stored(exhibit.vault_path)

    def frame_table(self, exhibit: Exhibit) -> Path:
        """Return where the frame table lies that the exhibit's record rests on, counted or provisional."""
        return exhibit_table_path(self, exhibit)


class Case:
    """A case folder that is open, for writing or to read; `close` it."""

    def __init__(self, store: CaseStore, actor: str, clock: Clock) -> None:
        self.store = store
        self.actor = actor
        self._clock = clock
        self.paths = OpenPaths(store.paths.folder)
        self.bus = CommandBus(store, actor, clock)
        self.queries = Queries(store)
        # First of all listeners: the others read what has changed.
        self.bus.subscribe(lambda changes: self.queries.at_hand.changed(changes.numbers, self.bus.as_kept))
        self.coverage = CoverageLog(store.coverage, lambda: self.actor)
        self.drafts = Drafts(store.drafts, lambda: self.actor, clock)
        self.holder = ""
        self.read_only_reason = store.note
        self.notices: tuple[str, ...] = ()

    @property
    def folder(self) -> Path:
        """The case folder."""
        return self.paths.folder

    @property
    def read_only(self) -> bool:
        """Tell whether nothing can be written."""
        return self.store.read_only

    @classmethod
    def create(
        cls,
        folder: Path,
        title: str,
        actor: str,
        *,
        clock: Clock = utc_now_text,
        codebook: str = DEFAULT_CODEBOOK,
        sheet: dict[str, object] | None = None,
    ) -> Case:
        """Make a new case folder and open it; raises Refused where it exists or cannot be made, DiskFull.

        It is made under another name and gets its own when it is whole, so that a half-made case is never met.
        """
        if not actor.strip():
            raise Refused("Nobody is named as acting. Nothing was made. Say who acts.")
        if not title.strip():
            raise Refused("A case needs a title. Nothing was made.")
        target = case_folder(folder)
        book = vocabulary_to(shipped_codebook(codebook))
        if target.exists():
            raise Refused(f"{target} exists already. Nothing was changed. Choose another name.")
        part = target.with_name(f".{target.name}.{uuid4().hex}.part")
        at = clock()
        try:
            part.mkdir(parents=True)
            store = CaseStore.create(CasePaths(part), actor, at)
            try:
                with store.writing(actor, at, "do") as writer:
                    writer.insert(CASE_SHEET, {"title": title.strip(), **(sheet or {})})
                    writer.insert(CODEBOOK, book)
            finally:
                store.close()
            part.rename(target)
        except FileExistsError:
            raise Refused(f"{target} exists already. Nothing was changed. Choose another name.") from None
        except OSError as error:
            raise Refused(f"{target} cannot be made ({error.strerror}). Nothing was changed.") from error
        finally:
            shutil.rmtree(part, ignore_errors=True)
        return cls(CaseStore.open_to_write(CasePaths(target), actor, at), actor, clock)

    @classmethod
    def open(  # noqa: PLR0913 - how it is opened, all but two by name
        cls,
        folder: Path,
        actor: str,
        *,
        write: bool = True,
        fall_back: bool = False,
        log: bool = True,
        clock: Clock = utc_now_text,
        ctx: JobContext | None = None,
    ) -> Case:
        """Open a case folder. With `fall_back` a case held elsewhere, or on read-only media, opens to read.

        Raises CaseInUse, CaseError, NewerVersion, Refused. A writing open looks the vault over, moves files without a
        row back to staging, and chains an `opened` event when `log` is set. It may be a job: `ctx` is told how far the
        reading of the log is, and stops it; the case is closed then. Who uses it on another thread takes it there.
        """
        paths = CasePaths(folder if folder.is_dir() else case_folder(folder))
        if not paths.folder.is_dir():
            raise Refused(f"{folder} is no case folder. Case folders end in {SUFFIX}.")
        if write and not actor.strip():
            raise Refused("Nobody is named as acting. Nothing was changed. Say who acts.")
        if not write:
            return cls._reading(paths, actor, clock, "", "")
        try:
            store = CaseStore.open_to_write(paths, actor, clock())
        except CaseInUse as error:
            if not fall_back:
                raise
            return cls._reading(paths, actor, clock, error.holder, f"open for writing elsewhere: {error.holder}")
        except OSError as error:
            if not fall_back:
                raise Refused(
                    f"{paths.folder.name} cannot be written ({error.strerror}). Nothing was changed. Open it to read."
                ) from error
            return cls._reading(paths, actor, clock, "", "its place cannot be written")
        case = cls(store, actor, clock)
        try:
            case.notices = case._look_over(log, ctx or NullContext())
        except BaseException:
            case.close()
            raise
        return case

    @classmethod
    def _reading(cls, paths: CasePaths, actor: str, clock: Clock, holder: str, reason: str) -> Case:
        case = cls(CaseStore.open_to_read(paths), actor, clock)
        case.holder = holder
        case.read_only_reason = reason or case.read_only_reason or "opened to read"
        case.notices = case._vault_faults()
        return case

    def take(self) -> None:
        """Let the thread that calls this use the case from now on, and no other; it was opened on another."""
        self.store.take()

    def close(self) -> None:
        """Fold everything into one file and let the lock go."""
        self.coverage.flush()
        self.store.close()

    def known_hashes(self) -> dict[str, str]:
        """Return the SHA-256 of every exhibit in force with its number."""
        return {e.sha256: e.number for e in self.queries.exhibits()}

    def _look_over(self, log: bool, ctx: JobContext) -> tuple[str, ...]:
        """Mend what a stopped process left, log it, and say what a person should know."""
        chain = self._chain_faults(ctx)  # first, since this is what takes long and what is stopped
        if self.store.upgraded:
            before, after = self.store.upgraded
            self.bus.log("case.upgraded", {"from": before, "to": after})
        halves = vault.clear_parts(self.paths)
        rows = {e.vault_path for e in self.queries.exhibits(withdrawn=True)}
        notices = [
            f"{name} was on its way in when the desk stopped; it was not taken in. Take it in again."
            for name in halves
            if name
        ]
        for stray in vault.strays(self.paths, rows):
            moved = vault.set_aside(self.paths, stray)
            self.bus.log("vault.set-aside", {"from": stray, "to": moved})
            notices.append(
                f"A file in the vault had no exhibit and was put back to {moved}. Take it in again if it belongs."
            )
        faults = self._vault_faults()
        if log:
            # One of before an upgrade was just made; one of a chain that does not hold would push a good one out.
            notices += self._backed_up() if not (chain or self.store.upgraded) else []
            self.bus.log("case.opened", {"notices": len(notices) + len(faults)})
        return (*notices, *faults, *chain)

    def _backed_up(self) -> list[str]:
        """Put a copy of the case file into its backups before anything is changed; say where that failed."""
        try:
            self.store.back_up_state(self._clock())
        except (CaseError, DiskFull) as error:
            return [str(error)]
        return []

    def _vault_faults(self) -> tuple[str, ...]:
        faults = []
        for exhibit in self.queries.exhibits():
            file = self.paths.exhibit_file(exhibit)
            if not file.is_file():
                faults.append(
                    f"{exhibit.number} ({exhibit.received_name}) is missing from the vault. Its records are safe. "
                    f"Put the file back as {exhibit.vault_path}."
                )
            elif file.stat().st_size != exhibit.size:
                faults.append(
                    f"{exhibit.number} ({exhibit.received_name}) has changed in the vault: {file.stat().st_size:,} "
                    f"bytes instead of {exhibit.size:,}. Put the original back and verify."
                )
        return tuple(faults)

    def _chain_faults(self, ctx: JobContext) -> tuple[str, ...]:
        newest = self.queries.head()
        if newest is None or newest.seq > CHECKED_AT_OPEN:
            return ()
        faults, _, _ = check_chain(_reported(self.store.events(), newest.seq, ctx))
        return tuple(f"The event log: {f.what}. The exhibits are untouched. Run verify." for f in faults[:3])


def _reported(events: Iterable[Event], total: int, ctx: JobContext) -> Iterator[Event]:
    """Give the events on, telling now and then how many were read."""
    for done, event in enumerate(events):
        if done % _REPORT_EVENTS == 0:
            ctx.progress(done, total)
        yield event


def valid_case(path: Path) -> bool:
    """Tell whether a folder looks like a case, by name and file."""
    return path.is_dir() and path.suffix == SUFFIX and (path / "case.db").is_file()
