"""The log against what was signed of it: keys, checkpoints in the table, their copies outside it, and what the asker
has from elsewhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from lianze.ledger import anchors
from lianze.ledger.checkpoints import rows_of
from lianze.ledger.log_keys import key_folder, origin_of, read_declared, signer_of
from lianze.ledger.misfit import Misfit
from lianze.ledger.models import Checkpoint as Row
from lianze.tlog import Checkpoint, LogError, Note, PublicKey, checkpoint_of, load_note, load_public_keys, render_note
from lianze.tlog import verify_checkpoint as verify_signed
from lianze.tlog.keys import render_key


@dataclass(frozen=True)
class Outside:
    """What the asker got elsewhere: public keys of this log, and heads of it seen before."""

    keys: tuple[PublicKey, ...] = ()
    seen: tuple[Checkpoint, ...] = ()


@dataclass(frozen=True)
class SignedHead:
    """A head that the log must go on from, and where it was found, in Chinese and English."""

    checkpoint: Checkpoint
    place: tuple[str, str]


def read_heads(organisation_id: UUID, keys: tuple[PublicKey, ...], outside: Outside) -> list[SignedHead]:
    """Every signed head of this log; Misfit for one that is not what was signed."""
    heads = [*heads_in_table(organisation_id, keys), *heads_in_files(organisation_id, keys)]
    origin = origin_of(organisation_id)
    seen = [one for one in outside.seen if one.origin == origin]
    return [*heads, *(SignedHead(one, ("来自外部的检查点", "a checkpoint from outside")) for one in seen)]


def verify_keys(organisation_id: UUID, outside: Outside) -> tuple[PublicKey, ...]:
    """The key folder holds what the log names and the asker knows. Without keys in either, there are none."""
    declared, folder = read_declared(organisation_id), key_folder(organisation_id)
    if not declared and not folder.exists() and not outside.keys:
        return ()
    try:
        keys = load_public_keys(folder)
        signer_of(organisation_id)
    except LogError as error:
        raise unusable(folder, error) from error
    if tuple(map(render_key, keys)) != declared:
        raise Misfit(
            "key.replaced",
            "密钥文件夹中的公钥与日志登记的不同，可能被替换；若轮换中断，请再轮换一次",
            "the public keys are not those named in the log: replaced, or a rotation was cut short (then rotate again)",
        )
    origin, present = origin_of(organisation_id), {key.key_id for key in keys}
    strange = [key for key in outside.keys if key.name == origin and key.key_id not in present]
    if strange:
        raise Misfit(
            "key.replaced",
            f"外部保存的公钥 {strange[0].key_id.hex()} 不在密钥文件夹中，密钥被替换",
            f"key {strange[0].key_id.hex()}, kept elsewhere, is not in the key folder: the key was replaced",
        )
    return keys


def unusable(folder: Path, error: LogError) -> Misfit:
    """Keys that are not there, as after a backup was put back without them, or that cannot be used."""
    if error.code == "key.missing":
        place = f"{folder.parent.name}/{folder.name}"
        return Misfit(
            error.code,
            f"缺少密钥文件 {place}/{error.detail}，尚未核对其余各步。若是刚恢复备份，请把备份中的 {place} 文件夹一并放回再核验",
            f"{place}/{error.detail} is missing, and nothing further was looked at. After restoring a backup put its "
            f"folder {place} back too and verify again",
        )
    return Misfit("key.unusable", f"签名密钥不可用：{error.code}", f"the signing key cannot be used: {error}")


def heads_in_table(organisation_id: UUID, keys: tuple[PublicKey, ...]) -> Iterator[SignedHead]:
    """The table's checkpoints, each signed, with columns that repeat its note."""
    for row in rows_of(organisation_id):
        place = (f"表中 {row.made_at:%Y-%m-%d} 的检查点", f"the checkpoint of {row.made_at:%Y-%m-%d} in the table")
        head, note = read_note(row.note.encode(), organisation_id, keys, place)
        if (row.size, bytes(row.root), row.made_at) != (head.size, head.root, head.at):
            raise Misfit("checkpoint.edited", f"{place[0]}被改动：栏目与签名不符", f"{place[1]} was edited")
        if row.witnessed:
            require_witness(row, note, place)
        yield SignedHead(head, place)


def require_witness(row: Row, note: Note, place: tuple[str, str]) -> None:
    """A checkpoint that is marked as witnessed has a witness's signature."""
    file = key_folder(row.organisation_id) / anchors.WITNESS_KEYS
    known = {(key.name, key.key_id): key for key in anchors.read_keys(file)}
    signed = [known[one.name, one.key_id] for one in note.signatures if (one.name, one.key_id) in known]
    values = {(one.name, one.key_id): one.value for one in note.signatures}
    if not signed:
        raise Misfit("checkpoint.edited", f"{place[0]}没有见证人的签名", f"{place[1]} lacks its witness's signature")
    for key in signed:
        try:
            key.scheme.verify_signature(key.public, values[key.name, key.key_id], note.text.encode())
        except LogError as error:
            raise Misfit(
                "checkpoint.edited", f"{place[0]}的见证签名有误", f"bad witness signature: {place[1]}"
            ) from error


def heads_in_files(organisation_id: UUID, keys: tuple[PublicKey, ...]) -> Iterator[SignedHead]:
    """The copies outside the database."""
    for path in sorted(anchors.folder_of(organisation_id).glob("*.note")):
        place = (f"库外文件 {path.name}", f"file {path.name}")
        yield SignedHead(read_note(path.read_bytes(), organisation_id, keys, place)[0], place)


def require_in_table(organisation_id: UUID) -> None:
    """Misfit for a copy outside whose checkpoint the table lacks."""
    known = set(rows_of(organisation_id).values_list("note", flat=True))
    for anchor in anchors.read_anchors(anchors.folder_of(organisation_id)):
        if render_note(anchor.note).decode() not in known:
            raise Misfit(
                "checkpoint.missing",
                f"库外文件 {anchor.path.name} 中的检查点不在表中：行被删除，或表被退回旧状态",
                f"the checkpoint of file {anchor.path.name} is not in the table: deleted, or an older table put back",
            )


def read_note(
    data: bytes, organisation_id: UUID, keys: tuple[PublicKey, ...], place: tuple[str, str]
) -> tuple[Checkpoint, Note]:
    """A checkpoint and its note, signed by a key of this log."""
    try:
        note = load_note(data)
        verify_signed(note, origin_of(organisation_id), keys)
        return checkpoint_of(note), note
    except LogError as error:
        raise Misfit(
            "checkpoint.edited",
            f"{place[0]}不是本日志密钥所签，或被改动（{error.code}）",
            f"{place[1]} was not signed by a key of this log, or was edited ({error})",
        ) from error


def require_continued(heads: list[SignedHead], roots: Mapping[int, bytes], size: int) -> None:
    """Misfit for the first head that the log does not go on from."""
    for head in sorted(heads, key=lambda one: one.checkpoint.size):
        there = head.checkpoint.size
        if there > size:
            raise Misfit(
                "log.truncated",
                f"日志只有 {size} 叶，而{head.place[0]}有 {there} 叶：尾部被截去，或数据库被退回旧状态",
                f"the log has {size} leaves, {head.place[1]} has {there}: its tail was cut, or an old database put back",
                leaf=size,
            )
        if roots[there] != head.checkpoint.root:
            raise Misfit(
                "log.forked",
                f"前 {there} 叶与{head.place[0]}不符：历史被改写",
                f"the first {there} leaves are not those of {head.place[1]}: history was rewritten",
            )
