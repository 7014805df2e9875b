"""What the columns of the tables are called, so that a fault is told in the words of the page it is mended on."""

from collections.abc import Mapping

from lianze.pack import Pack

# Register and name of a field → its title in Chinese and English.
FieldTitles = Mapping[tuple[str, str], tuple[str, str]]

# Columns that every entry, or a row about the organisation, has; a register's own titles come first.
COLUMNS = {
    "register": ("台账", "register"),
    "number": ("编号", "number"),
    "kind": ("类型", "kind"),
    "title": ("标题", "title"),
    "unit": ("机构", "unit"),
    "owner": ("责任人", "owner"),
    "happened_on": ("发生日期", "happened on"),
    "ended_on": ("结束日期", "ended on"),
    "due_on": ("期限", "due on"),
    "done_on": ("办结日期", "done on"),
    "state": ("状态", "state"),
    "level": ("级别", "level"),
    "quantity": ("数量", "quantity"),
    "amount": ("金额", "amount"),
    "data": ("内容", "content"),
    "parts": ("参加人员", "participants"),
    "links": ("关联", "links"),
    "attachments": ("佐证", "evidence"),
    "withdrawn": ("撤回", "withdrawn"),
    "recorded_at": ("记录时间", "recorded at"),
    "changed_at": ("修改时间", "changed at"),
    "author": ("记录人", "author"),
    "author_id": ("记录人账号", "author's account"),
    "version": ("版本", "version"),
    "why": ("理由", "reason"),
    "action": ("操作", "action"),
    "revision": ("修订号", "revision"),
    "format": ("格式", "format"),
    "id": ("标识", "id"),
    "subject": ("种类", "subject"),
    "code": ("编码", "code"),
    "name": ("名称", "name"),
    "short_name": ("简称", "short name"),
    "superior_name": ("报告主送机关", "reports to"),
    "path": ("所在层级", "place in the hierarchy"),
    "created_at": ("建立时间", "made at"),
    "parent_id": ("上级机构", "unit above"),
    "order": ("次序", "order"),
    "created_on": ("设立日期", "set up on"),
    "closed_on": ("撤销日期", "closed on"),
    "pinyin": ("拼音", "pinyin"),
    "initials": ("拼音首字母", "pinyin initials"),
    "unit_id": ("机构", "unit"),
    "person_id": ("人员", "person"),
    "post_id": ("职务", "post"),
    "account_id": ("账号", "account"),
    "joined_on": ("到岗日期", "joined on"),
    "left_on": ("离岗日期", "left on"),
    "party_member_since": ("入党日期", "party member since"),
    "relatives": ("亲属", "relatives"),
    "note": ("备注", "note"),
    "capacity": ("身份", "capacity"),
    "rank": ("职级", "rank"),
    "area": ("分管领域", "area"),
    "document": ("依据文件", "document"),
    "role": ("角色", "role"),
    "start_on": ("起", "from"),
    "end_on": ("止", "until"),
    "username": ("用户名", "user name"),
    "display_name": ("显示姓名", "name shown"),
    "is_active": ("启用", "active"),
}


def titles_of(pack: Pack) -> FieldTitles:
    """The titles that the pack's registers give their fields."""
    return {
        (register.id, field.name): (field.title, field.title_en)
        for register in pack.registers.values()
        for field in register.field
    }


def title_of(register: str, name: str, titles: FieldTitles) -> tuple[str, str]:
    """The register's own title for a field, else the column's; its bare name where nobody has one."""
    return titles.get((register, name)) or COLUMNS.get(name, (name, name))
