"""What the auditor reads, in both languages; above all what this examination cannot see."""

from __future__ import annotations

from sync.verify.claims import Claim, Untrue
from sync.verify.journal import Asked, Examined, Gone
from sync.verify.segments import Fault, What

_FAULTS: dict[What, tuple[str, str]] = {
    What.TORN: (
        "最后一条没有写完：断电会留下这样的尾巴，这一条从未给人看过",
        "the last record is torn: a power cut leaves this, and nobody was shown that record",
    ),
    What.LAST_SHUT: (
        "最后一条打不开：被改动，或断电时没有写完，单凭文件分不清",
        "the last record does not open: altered, or torn by a power cut; the file alone cannot tell",
    ),
    What.HEAD: ("段头不是原来写下的", "the head of the segment is not the one written"),
    What.RENAMED: (
        "文件名与段号不符（段头写的是 {detail}）",
        "the file was renamed or renumbered (its head says {detail})",
    ),
    What.SEGMENT_GONE: ("缺少段 {detail}", "segment {detail} is missing"),
    What.LINES_GONE: (
        "从这里起少了记录：后一段记着应有更多",
        "records are missing from here on: the next segment counts more",
    ),
    What.LENGTH: ("这条的长度被改动", "the length of this record was altered"),
    What.MOVED: (
        "次序被调换，或插入了别的记录：该在这里的记录在后面",
        "the order was changed, or a record put in: the one that belongs here stands further on",
    ),
    What.REPEATED: ("前面的一条在这里又出现", "an earlier record stands here once more"),
    What.ALTERED: ("这条被改动", "this record was altered"),
    What.ALTERED_OR_GONE: (
        "这条被改动，或它前面有记录被抽走",
        "this record was altered, or records before it were taken out",
    ),
}
_CLAIMS: dict[Claim, tuple[str, str]] = {
    Claim.LINE: ("看不懂这一行", "this line cannot be read"),
    Claim.KEY: ("密钥文件里没有这台终端这一世的公钥", "the key paper has no key of this life"),
    Claim.OPERATION: ("业务不符", "the operation does not hold"),
    Claim.ACK: ("回执不是中心签的那一份", "the ack is not what central signed"),
    Claim.ACKED_GONE: (
        "中心签过字的业务这里没有（中心有，这里有）",
        "operations that central signed for are not here (central's, ours)",
    ),
}
BLIND: tuple[tuple[str, str], ...] = (
    (
        "既没有凭条、也没有被中心收到的最后几笔若被整条切去，看不出来",
        "newest operations cut off whole, of which there is neither a slip nor central's word",
    ),
    (
        "若签名密钥被偷，用它伪造、而中心尚未收到的业务，看不出来",
        "operations forged with a stolen signing key before central had the true ones",
    ),
    (
        "业务内容当时是否属实（谁在柜前、收了多少现金）看不出来",
        "whether what was recorded was true: who stood there, what cash changed hands",
    ),
    (
        "终端的钟是否准，看不出来；只看得出记下的时间质量",
        "whether the clock was right: only the quality it claims",
    ),
    (
        "不是业务和回执的行（抽屉、草稿、操作员）只受流水密钥保护，有此密钥者可以改写",
        "lines other than operations and acks (till, drafts, operators) rest on the journal's key alone:"
        " whoever has it could rewrite them",
    ),
)
_NO_WITNESS = (
    "没有中心的证词（--witness）：尾部被切、公钥被换都看不出来，请向中心索取",
    "without central's witness (--witness) neither a cut tail nor exchanged keys can be seen: ask central",
)


def _both(zh: str, en: str) -> str:
    return f"{zh} · {en}"


def fault(found: Fault) -> str:
    zh, en = (words.format(detail=found.detail) for words in _FAULTS[found.what])
    place = f"{found.file} 第 {found.n} 行，偏移 {found.offset} · line {found.n}, offset {found.offset}"
    return f"{place}\n    {_both(zh, en)}"


def untrue(found: Untrue) -> str:
    line = found.line
    place = f"{line.file} 第 {line.n} 行，偏移 {line.offset} · line {line.n}, offset {line.offset}"
    return f"{place}\n    {_both(*_CLAIMS[found.claim])}: {found.detail}"


def gone(found: Gone) -> str:
    terminal, incarnation = found.life
    shown, held = found.journal_shows, found.central_holds
    zh = f"{terminal}/{incarnation}：中心有 {held} 笔，流水有 {shown} 笔，尾部被切去或内容不同"
    en = f"central holds {held} operations, the journal shows {shown}: its tail was cut, or they differ"
    return _both(zh, en)


def report(found: Examined, asked: Asked) -> str:
    lines = [f"{found.reading.first_n}+{len(found.reading.lines)} 行 · lines"]
    for life, chain in found.books.chains.items():
        held = found.books.held.get(life, 0)
        zh = f"{life[0]}/{life[1]}：{chain.count} 笔，其中 1 至 {held} 有中心签字"
        lines.append(_both(zh, f"{chain.count} operations, 1 to {held} with central's signature"))
        lines.append(f"    {chain.links[-1].hex()}  {chain.key.kid}")
    if found.reading.first_n > 1:
        lines.append(_begun(found.reading.first_n))
    if found.fault is not None:
        lines.append(f"✗ {fault(found.fault)}")
    if found.untrue is not None:
        lines.append(f"✗ {untrue(found.untrue)}")
    lines += [f"✗ {gone(one)}" for one in found.gone]
    lines += [
        f"✗ {_both('中心不认识这把公钥', 'central does not know this key')}: {k}" for k in found.other_keys
    ]
    for code, what in found.slips:
        true = isinstance(what, int)
        told = _both("凭条属实", "the slip is true") if true else _both("凭条不符", "the slip does not hold")
        lines.append(f"{'✓' if true else '✗'} {told}: {what}" + ("" if true else f"  {code[:40]}"))
    blind = BLIND if asked.witness else (_NO_WITNESS, *BLIND)
    lines.append(_both("这次检查看不出的", "what this examination cannot see"))
    lines += [f"  – {_both(*one)}" for one in blind]
    verdict = ("流水完好", "the journal holds") if found.holds else ("流水不符", "the journal does not hold")
    return "\n".join([*lines, _both(*verdict)])


def _begun(first_n: int) -> str:
    return _both(
        f"流水从第 {first_n} 行重新开始，账本当时的全部内容在前；此前的旧流水应另存在旁",
        f"the journal was begun anew at line {first_n} with all the ledger knew; an older one should be kept",
    )
