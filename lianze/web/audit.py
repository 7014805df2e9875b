"""The audit list: every log-in, refusal, export and look into a restricted register; read by auditors alone."""

from django.http import HttpRequest
from django.utils import timezone

from lianze.ledger.audit import append_audit as keep
from lianze.org.models import Account
from lianze.web.language import both
from lianze.web.requests import DeskRequest


def titles() -> dict[str, str]:
    """What the list's actions are called."""
    return {
        "login": both("登录", "Logged in"),
        "logout": both("退出", "Logged out"),
        "login_failed": both("登录失败", "Log-in failed"),
        "second_failed": both("第二步验证失败", "Second factor was wrong"),
        "locked_out": both("登录被锁定", "Locked out"),
        "refused": both("被拒绝", "Refused"),
        "exported": both("导出", "Exported"),
        "viewed": both("查看受限台账", "Viewed a restricted register"),
        "imported": both("导入", "Imported"),
        "bulk": both("批量办理", "Acted on several"),
        "organised": both("改动机构或人员", "Changed units or people"),
        "account": both("建立或停用账号", "Made or closed an account"),
        "granted": both("授予或终止角色", "Gave or ended a role"),
        "protected": both("更改登录保护", "Changed the log-in protection"),
        "second_reset": both("重置第二步验证", "Reset a second factor"),
        "unlocked": both("解除登录锁定", "Unlocked a log-in"),
        "token_made": both("生成令牌", "Made a token"),
        "token_revoked": both("吊销令牌", "Revoked a token"),
        "calendar_made": both("生成日历地址", "Made a calendar's address"),
        "calendar_revoked": both("停用日历地址", "Ended a calendar's address"),
        "token_refused": both("令牌无效", "Token refused"),
        "password": both("修改密码", "Changed the password"),
    }


def append_audit(request: HttpRequest, action: str, about: str = "", account: Account | None = None) -> None:
    """Adds a line about what `account`, else the request's own account, did."""
    user = account or getattr(request, "user", None)
    known = user if isinstance(user, Account) else None
    desk = getattr(request, "desk", None)  # what was done elsewhere stands in the list of where it was done
    place = desk.organisation.id if desk else None
    keep(known, action, about, request.META.get("REMOTE_ADDR", ""), timezone.now(), place)


def append_look(request: DeskRequest, register_id: str, about: str) -> None:
    """Adds a line when the register is a restricted one."""
    if request.desk.pack.registers[register_id].restricted:
        append_audit(request, "viewed", about)
