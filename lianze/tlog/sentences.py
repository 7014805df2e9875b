"""Words for people, in Chinese and English: what each step proved, why a package was refused, what nobody checked.

Keys are the codes of errors, steps and outcomes; {names} come from a step's detail. A code without a sentence of its
own is shown as the code, so that nothing is hidden.
"""

from collections.abc import Mapping
from typing import Final

from lianze.tlog.reasons import REASONS
from lianze.tlog.verdict import EXIT_PROVED, EXIT_REFUSED, Outcome, Step, Verdict

Sentence = tuple[str, str]

TITLES: Final[dict[str, Sentence]] = {
    "container": ("文件结构", "File layout"),
    "manifest": ("清单", "Manifest"),
    "members": ("清单所列各文件", "Members"),
    "signature": ("签名", "Signature"),
    "checkpoint": ("日志检查点", "Checkpoint"),
    "entries": ("记录", "Entries"),
    "inclusion": ("记录在日志中", "Inclusion"),
    "succession": ("日志前后一致", "Succession"),
    "figures": ("数据项", "Figures"),
    "honest-time": ("记录及时性", "Honest time"),
    "evidence": ("佐证材料", "Evidence"),
}
FINDINGS: Final[dict[str, Sentence]] = {
    "container": ("{members} 个文件，{bytes} 字节，结构唯一", "{members} members, {bytes} bytes, the one layout"),
    "manifest": (
        "{organisation}，{start}至{last}，日志 {origin}",
        "{organisation}, {start} to {last}, log {origin}",
    ),
    "members": ("{members} 个文件与清单逐一相符", "{members} members are exactly those of the manifest"),
    "signature": ("由已知密钥 {key} 签署", "signed by the known key {key}"),
    "signature.own-key": (
        "仅用包内自带的公钥 {key} 核对：能说明签署后未改动，不能说明由谁签署。请用 --key 提供已知公钥",
        "checked only against the key inside the package, {key}: shows nothing changed since signing, "
        "not who signed. Give known keys with --key",
    ),
    "checkpoint": (
        "日志共 {size} 条，指纹 {fingerprint}，见证：{witnesses}",
        "log of {size} leaves, fingerprint {fingerprint}, witnesses: {witnesses}",
    ),
    "entries": (
        "记录 {entries} 条、修订 {revisions} 个：{shown} 个内容与承诺值相符，{withheld} 个内容未随包提供",
        "{entries} entries in {revisions} revisions: content of {shown} is what was committed to, {withheld} withheld",
    ),
    "inclusion": (
        "{revisions} 个修订均在 {size} 条的日志之中",
        "all {revisions} revisions are among the log's {size} leaves",
    ),
    "succession": ("与先前见过的 {heads} 个检查点一致", "goes on from {heads} heads seen earlier"),
    "succession.open": ("未提供先前的检查点，无从比对", "no earlier head was given to compare with"),
    "succession.no-proof": (
        "包内没有从先前检查点（{size} 条）延续而来的证明",
        "no proof in the package that the log goes on from the earlier head of {size} leaves",
    ),
    "succession.older": (
        "此包早于先前见过的检查点：包内日志 {size} 条，先前已见到 {seen} 条。请索取其后制作的报送包，或用 --seen 提供更早的检查点",
        "this package is older than what was seen before: its log has {size} leaves, {seen} were seen already. "
        "Ask for a package made after that, or give an earlier checkpoint with --seen",
    ),
    "succession.other-log": ("所给检查点属于另一日志", "the earlier heads given belong to another log"),
    "figures": (
        "重算 {recomputed} 项全部相符；{listed_only} 项只列不算；{tied} 个分量与记录内容核对，{untied} 个无从核对",
        "{recomputed} recomputed and equal; {listed_only} listed only; {tied} contributions seen in shown "
        "content, {untied} not",
    ),
    "honest-time": (
        "{registers} 类台账 {entries} 条，由日期重算相符；超过 30 天才记录的 {late} 条",
        "{registers} registers, {entries} entries, recomputed from dates; {late} recorded after more than 30 days",
    ),
    "evidence": (
        "列出 {files} 个，随包 {enclosed} 个且与哈希相符",
        "{files} listed, {enclosed} enclosed and equal to their hashes",
    ),
}
OUTCOMES: Final[dict[Outcome, Sentence]] = {
    Outcome.PROVED: ("已证明", "proved"),
    Outcome.OPEN: ("未核对", "not checked"),
    Outcome.DOUBT: ("存疑", "in doubt"),
    Outcome.REFUSED: ("不予认可", "refused"),
}
ENDINGS: Final[dict[int, Sentence]] = {
    0: ("各步均已证明。", "Every step is proved."),
    1: ("此包不予认可。", "This package is refused."),
    3: ("包自身一致，但有存疑之处。", "The package is consistent in itself, but something is in doubt."),
}
SKIPPED: Final[Sentence] = (
    "第{numbers}步未核对，其余各步均已证明。",
    "Step {numbers} had nothing to be checked against; every other step is proved.",
)
CUT_OFF: Final[Sentence] = (
    "第{number}步之后的各步没有再核对。此包不予认可。",
    "What comes after step {number} was not looked at. This package is refused.",
)
NOT_CHECKED: Final[dict[str, Sentence]] = {
    "truth": ("记录所述是否属实", "whether a record is true"),
    "completeness": ("是否有事未记、有记录或其后的修订未列入", "whether anything, or a later revision, was left out"),
    "definitions": ("数据项定义是否恰好选中所列记录", "whether a figure's definition selects just these entries"),
    "withheld": ("未提供内容的记录之日期与数量", "dates and quantities of entries whose content is withheld"),
    "prose": ("报告正文的文字与数字（用 lianze check）", "words and numbers in the report's text"),
    "pack": ("制度包本身，仅列其哈希", "the pack itself, of which only the hash is listed"),
    "other": ("中位数等不可重算的数据项", "medians and other figures that cannot be recomputed"),
    "clock": ("时间由本单位声明，除非有见证签名", "times, which are the organisation's word unless witnessed"),
}


def render_step(step: Step, english: bool) -> str:
    """One line for a step: title, outcome, and what was found."""
    title = _pick(TITLES.get(step.name, (step.name, step.name)), english)
    outcome = _pick(OUTCOMES[step.outcome], english)
    colon, stop = (": ", ". ") if english else ("：", "。")
    return f"{step.number}. {title}{colon}{outcome}{stop}{_finding(step, english)}"


def _finding(step: Step, english: bool) -> str:
    if step.outcome is Outcome.REFUSED:
        return render_reason(step.reason, str(step.detail.get("detail", "")), english)
    code = step.reason or (f"{step.name}.open" if step.outcome is Outcome.OPEN else step.name)
    sentence = _pick(FINDINGS.get(code, (code, code)), english)
    none = "none" if english else "无"
    return sentence.format_map({name: printable(str(value)) or none for name, value in step.detail.items()})


def render_reason(code: str, detail: str, english: bool) -> str:
    """Why something was refused, with its code for the documentation."""
    sentence = _pick(REASONS.get(code, (code, code)), english)
    shown = printable(detail)
    return f"{sentence} [{code}{' ' if shown else ''}{shown}]"


def render_not_checked(codes: Mapping[str, Sentence], english: bool) -> list[str]:
    """The lines of what no outcome says anything about."""
    return [_pick(sentence, english) for sentence in codes.values()]


def render_ending(verdict: Verdict, english: bool) -> str:
    """The last line, which claims no step that was not taken."""
    skipped = [str(step.number) for step in verdict.steps if step.outcome is Outcome.OPEN]
    if verdict.exit_code == EXIT_PROVED and skipped:
        return _pick(SKIPPED, english).format(numbers=(", " if english else "、").join(skipped))
    last = verdict.steps[-1]
    if verdict.exit_code == EXIT_REFUSED and last.name != list(TITLES)[-1]:
        return _pick(CUT_OFF, english).format(number=last.number)
    return _pick(ENDINGS[verdict.exit_code], english)


def printable(text: str) -> str:
    """Text from a package, short and without control characters, so that it cannot write over a terminal."""
    return "".join(letter if letter.isprintable() else "�" for letter in text[:200])


def _pick(sentence: Sentence, english: bool) -> str:
    return sentence[english]
