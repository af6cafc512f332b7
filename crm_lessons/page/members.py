"""Who is in a class: a name and a short PIN for each, kept in a cookie on each of their devices.

A name belongs to whoever took it first; somebody else of that name gets a number behind it. A PIN
of four digits keeps classmates out and no more: it is stored scrambled (scrypt), guesses are slowed
down, and the instructor can let a forgotten one be chosen anew.
"""

import dataclasses
import hashlib
import re
import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

from crm_lessons.errors import CrmError, visible
from crm_lessons.page.aside import aside
from crm_lessons.page.limits import Bucket
from crm_lessons.page.store import Store, Taken

MEMBER, NAME, DEVICE = "member", "name", "device"
LONGEST_NAME, MOST_MEMBERS, MOST_DEVICES = 40, 2_000, 10
GUESSES, SECONDS_A_GUESS = 5, 60  # wrong PINs at once, and until the next
_PIN = re.compile(r"\d{4,8}")


@dataclass(frozen=True)
class Member:
    """One of the class; ``devices`` are digests of what their cookies hold, ``pin`` salt and hash.

    ``pin`` is empty where the next one that is typed shall be taken. A device has a document of its
    own as well, so that two that join at once, at two servers perhaps, are both known.
    """

    id: str
    name: str
    pin: str = ""
    devices: tuple[str, ...] = ()
    joined: float = 0.0

    def plain(self) -> dict[str, object]:
        """As a store keeps it."""
        return dataclasses.asdict(self)


@dataclass
class Members:
    """The class as a store knows it."""

    store: Store
    clock: Callable[[], float] = time.time
    _guesses: dict[str, Bucket] = field(default_factory=dict)

    async def all(self) -> list[Member]:
        """Everybody, by the time they joined."""
        found = [_member(told) for told in (await self.store.documents(MEMBER)).values() if told]
        return sorted(found, key=lambda one: one.joined)

    async def of_cookie(self, cookie: str) -> Member | None:
        """Whose device sent this cookie."""
        key, _, secret = cookie.partition(".")
        told = await self.store.document(MEMBER, key) if key and secret else None
        if told is None:
            return None
        device = await self.store.document(DEVICE, _digest(secret)) or {}
        known = device.get("member") == key or any(
            secrets.compare_digest(_digest(secret), one) for one in told["devices"]
        )
        return _member(told) if known else None

    async def join(self, name: str, pin: str, *, other: bool = False) -> tuple[Member, str]:
        """Somebody with a name and a PIN, and the cookie of their device.

        CrmError ``name_taken`` where the name has another PIN, unless it is somebody ``other``
        who gets a number behind the name.
        """
        name, pin = tidy(name), _digits(pin)
        member = await self._named(name)
        number = 1
        free = name
        while not await self._is_for(member, free, pin):
            if not other:
                raise CrmError("name_taken", name=free)
            number += 1
            free = f"{name} {number}"
            member = await self._named(free)
        if member is None:
            try:
                member = await self._new(free, pin)
            except Taken:  # meanwhile: by another device of the same person perhaps
                return await self.join(name, pin, other=other)
        elif not member.pin:
            member = dataclasses.replace(member, pin=await aside(lambda: _scrambled(pin)))
        return await self._with_device(member)

    async def _with_device(self, member: Member) -> tuple[Member, str]:
        """The member with one more device, and its cookie; the oldest of many is forgotten."""
        secret = secrets.token_urlsafe(18)
        await self.store.put(DEVICE, _digest(secret), {"member": member.id})
        for gone in member.devices[: 1 - MOST_DEVICES]:
            await self.store.put(DEVICE, gone, {})
        devices = (*member.devices[1 - MOST_DEVICES :], _digest(secret))
        member = await self._keep(dataclasses.replace(member, devices=devices))
        return member, f"{member.id}.{secret}"

    async def rename(self, member: Member, name: str) -> Member:
        """Mend a name; the answers go along. CrmError if somebody has it."""
        name = tidy(name)
        if _key(name) == _key(member.name):
            await self.store.rename(member.name, name) if name != member.name else None
            return await self._keep(dataclasses.replace(member, name=name))
        try:
            await self.store.put(NAME, _key(name), {"id": member.id}, new=True)
        except Taken as error:
            raise CrmError("name_taken", name=name) from error
        if await self.store.lines(name):
            await self.store.put(NAME, _key(name), {})
            raise CrmError("name_taken", name=name)
        await self.store.rename(member.name, name)
        renamed = await self._keep(dataclasses.replace(member, name=name))
        await self.store.put(NAME, _key(member.name), {})
        return renamed

    async def forget_pin(self, key: str) -> None:
        """Let somebody choose a PIN anew; their devices stay known."""
        told = await self.store.document(MEMBER, key)
        if told is not None:
            await self._keep(dataclasses.replace(_member(told), pin=""))
            self._guesses.pop(key, None)

    async def _is_for(self, member: Member | None, name: str, pin: str) -> bool:
        """Whether a name is free, or that of whoever knows this PIN.

        A file of answers that no member left is somebody's too.
        """
        if member is None:
            return not await self.store.lines(name)
        return await self._opens(member, pin)

    async def _named(self, name: str) -> Member | None:
        claimed = await self.store.document(NAME, _key(name))
        told = await self.store.document(MEMBER, claimed["id"]) if claimed else None
        return _member(told) if told else None

    async def _new(self, name: str, pin: str) -> Member:
        if len(await self.store.documents(MEMBER)) >= MOST_MEMBERS:
            raise CrmError("class_full", most=MOST_MEMBERS)
        scrambled = await aside(lambda: _scrambled(pin))
        member = Member(secrets.token_hex(6), name, scrambled, (), self.clock())
        await self._keep(member)
        try:
            await self.store.put(NAME, _key(name), {"id": member.id}, new=True)
        except Taken:
            await self.store.put(MEMBER, member.id, {})
            raise
        return member

    async def _opens(self, member: Member, pin: str) -> bool:
        """Whether the PIN is this member's; CrmError after too many guesses."""
        if not member.pin:
            return True
        guesses = self._guesses.setdefault(member.id, Bucket(GUESSES, 1 / SECONDS_A_GUESS))
        if not guesses.has():
            raise CrmError("pin_guessed", seconds=SECONDS_A_GUESS)
        salt = member.pin.partition("$")[0]
        right = secrets.compare_digest(await aside(lambda: _scrambled(pin, salt)), member.pin)
        if not right:
            guesses.take()
        return right

    async def _keep(self, member: Member) -> Member:
        await self.store.put(MEMBER, member.id, member.plain())
        return member


def tidy(name: str) -> str:
    """A name as it is kept; CrmError for one that is empty, too long or holds what nobody sees.

    >>> tidy("  小 李 "), tidy("Ａｎｎ")
    ('小 李', 'Ann')
    """
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    if not name:
        raise CrmError("nickname_missing")
    if len(name) > LONGEST_NAME:
        raise CrmError("nickname_too_long", bound=LONGEST_NAME)
    if visible(name) != name or not any(sign.isalnum() for sign in name):
        raise CrmError("nickname_unseen")
    return name


def _key(name: str) -> str:
    return name.casefold()


def _digits(pin: str) -> str:
    pin = unicodedata.normalize("NFKC", pin).strip()
    if not _PIN.fullmatch(pin) or not pin.isascii():
        raise CrmError("pin_not_digits")
    return pin


def _member(told: dict) -> Member:
    return Member(**{**told, "devices": tuple(told["devices"])})


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _scrambled(pin: str, salt: str = "") -> str:
    salt = salt or secrets.token_hex(8)
    hashed = hashlib.scrypt(pin.encode(), salt=salt.encode(), n=2**12, r=8, p=1, dklen=24)
    return f"{salt}${hashed.hex()}"
