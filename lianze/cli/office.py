"""What commands that use the ledger share: Django started once, the organisation found, the project's errors told."""

import getpass
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from lianze.cli.failing import Failure, fail, fail_with
from lianze.cli.language import choose, one_language
from lianze.domain.errors import Invalid, LianzeError

if TYPE_CHECKING:
    from lianze.ledger.actions import Desk
    from lianze.ledger.states import Author
    from lianze.org.models import Organisation
    from lianze.pack.definitions import Pack


def start() -> None:
    """Django, with the settings of this process's environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianze.settings")
    import django

    django.setup()


@contextmanager
def faults_told() -> Iterator[None]:
    """Turns the project's own errors into the command's: exit code 1 for faults in the input, else 2."""
    from django.db import OperationalError, ProgrammingError

    try:
        yield
    except Invalid as error:
        fail_with(error.problems)
    except LianzeError as error:
        fail(one_language(str(error)), code_of(error))
    except (OperationalError, ProgrammingError) as error:
        fail(
            choose(f"数据库不可用，先运行 lianze init：{error}", f"no usable database; run lianze init first: {error}"),
            "database",
        )
    except BrokenPipeError:
        raise  # the reader, head or a pager, has seen enough: click ends quietly
    except OSError as error:
        fail(choose(f"读写文件失败：{error}", f"cannot read or write: {error}"), "file")


def code_of(error: LianzeError) -> str:
    """refused, stale, not_found, or the error's own code."""
    return str(getattr(error, "code", "")) or re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()


def read_pack() -> "Pack":
    """The built-in pack with the layers of LIANZE_PACKS."""
    from lianze.org.packs import read_pack as pack_of_instance

    return pack_of_instance()


def read_organisation(code: str | None) -> "Organisation":
    """The organisation of that code or name; without one, the only one there is."""
    from django.db.models import Q

    from lianze.org.models import Organisation

    rows = Organisation.objects.filter(closed_at__isnull=True).order_by("path")
    if code:
        found = list(rows.filter(Q(code=code) | Q(name=code) | Q(short_name=code))[:2])
    else:
        found = list(rows[:2])
    if len(found) == 1:
        return found[0]
    known = "、".join(f"{o.code}（{o.name}）" for o in rows[:20])
    if not found and not code:
        fail(choose("还没有单位，先运行 lianze init", "no organisation yet; run lianze init first"), "no_organisation")
    raise Failure(
        choose(f"请用 --organisation 指明单位，现有：{known}", f"name one with --organisation; there are: {known}"),
        "which_organisation",
    )


def open_desk(code: str | None) -> "Desk":
    """The operator at this machine, now, in an organisation."""
    from lianze.ledger.actions import Desk
    from lianze.org.actors import local_actor

    organisation = read_organisation(code)
    return Desk(organisation, read_pack(), local_actor(organisation, today()), operator(), datetime.now(UTC))


def operator() -> "Author":
    """Who works at this machine."""
    from lianze.ledger.states import Author

    user = os.environ.get("LIANZE_USER") or getpass.getuser()
    return Author(f"命令行 {user}")


def today() -> date:
    """The day in the office's time zone."""
    from django.conf import settings

    return datetime.now(ZoneInfo(settings.TIME_ZONE)).date()
