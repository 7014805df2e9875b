"""Pages for what went wrong, each saying what to do next. What may not be known of and what does not exist get the very
same page."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lianze.domain.errors import Problem
from lianze.web.language import both, one_language


def error_page(request: HttpRequest, status: int, title: str, advice: str, reasons: Sequence[str] = ()) -> HttpResponse:
    """One error page."""
    context = {"status": status, "heading": title, "advice": advice, "reasons": reasons}
    return render(request, "web/error.html", context, status=status)


def not_found(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001 (Django passes it)
    """404: no such page or entry, in the same words whether it is hidden or was never there."""
    return error_page(
        request,
        404,
        both("没有找到", "Not found"),
        both(
            "这里没有您能查看的内容。请检查地址，或用搜索查找。",
            "Nothing here that you may see. Check the address, or search.",
        ),
    )


def refused(request: HttpRequest, reason: str) -> HttpResponse:
    """403: the action may not be done; says why and who could."""
    return error_page(
        request,
        403,
        both("不能这样办理", "This may not be done"),
        both(
            "未作任何改动。请由有权限的同事办理，或返回上一页。",
            "Nothing was changed. Ask a colleague who may, or go back.",
        ),
        [one_language(reason)],
    )


def forbidden(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001 (Django passes it)
    """403 without a reason of the rules."""
    return refused(request, "没有权限 / not allowed")


def invalid(request: HttpRequest, problems: Sequence[Problem]) -> HttpResponse:
    """400: what was sent has faults; all of them."""
    reasons = [f"{problem.place}：{one_language(problem.sentence)}" for problem in problems]
    return error_page(
        request,
        400,
        both("内容有误", "Something is wrong with what was sent"),
        both("未作任何改动。请返回上一页改正后再提交。", "Nothing was changed. Go back, correct it and send it again."),
        reasons,
    )


def bad_request(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001 (Django passes it)
    """400 before anything of ours saw the request."""
    return invalid(request, [])


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of the program; keeps clear of the database, which may be the cause."""
    return error_page(
        request,
        500,
        both("系统出错", "The system failed"),
        both(
            "刚才的操作没有完成，已有记录不受影响。请稍后再试；若仍出错，请把时间和所在页面告诉系统管理员。",
            "The last step was not completed; existing records are untouched. Try again later; if it fails again, tell"
            " the system administrator when and on which page.",
        ),
    )


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django passes it)
    """403 for a form whose page is too old (CSRF)."""
    return error_page(
        request,
        403,
        both("页面已过期", "The page is out of date"),
        both(
            "为了安全，放置过久的表单不能提交。请返回上一页，刷新后再提交；草稿仍保存在本机。",
            "For safety an old form cannot be sent. Go back, reload and send it again; the draft is still on this"
            " machine.",
        ),
    )


def no_organisation(request: HttpRequest) -> HttpResponse:
    """403 for an account that belongs nowhere yet."""
    return error_page(
        request,
        403,
        both("账号还没有单位", "The account belongs to no organisation"),
        both(
            "请安全管理员为您的账号指定单位和角色。",
            "Ask the security administrator to give it an organisation and a role.",
        ),
    )
