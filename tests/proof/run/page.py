"""The page for an auditor: what was tried, how often, what was found, and what that does not say."""

from __future__ import annotations

from html import escape
from pathlib import Path
from string import Template

from tests.proof.run.figures import Figures, Lane
from tests.proof.run.words import ACCOUNTS, NOT_MODELLED, Account, Both

SHOWN = 100  # of a long list
TOO_FEW = 3

_PAGE = Template(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))


def render(found: Figures) -> str:
    parts = (
        _verdict(found),
        _head("做了什么、多少次、发现什么", "What was tried, how often, what was found"),
        _tried(found),
        _head("正向对照：检查看得见缺陷吗", "Positive controls: does the proof see a fault?"),
        _controls(found),
        _head("零失败意味着什么", "What zero failures mean"),
        _bounds(found),
        _head("没有建模的", "What was not modelled"),
        _list(NOT_MODELLED),
        _head("违反", "Violations"),
        _violations(found),
        _head("遇到的故障", "Faults that came up"),
        _seen(found),
        _head("机器、版本、种子", "Machine, versions, seeds"),
        _setting(found),
    )
    return _PAGE.substitute(body="\n".join(parts))


def _both(words: Both) -> str:
    return f'{escape(words.zh)}<div class="en">{escape(words.en)}</div>'


def _head(zh: str, en: str) -> str:
    return f'<h2>{zh} <span class="en">{en}</span></h2>'


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]], numbers: frozenset[int] = frozenset()) -> str:
    def row(cells: tuple[str, ...]) -> str:
        return "".join(
            f"<td{' class=n' if place in numbers else ''}>{cell}</td>" for place, cell in enumerate(cells)
        )

    head = "".join(f"<th>{one}</th>" for one in heads)
    return f"<table><tr>{head}</tr>{''.join(f'<tr>{row(one)}</tr>' for one in rows)}</table>"


def _list(all_words: tuple[Both, ...]) -> str:
    return f"<ul>{''.join(f'<li>{_both(one)}</li>' for one in all_words)}</ul>"


def _verdict(found: Figures) -> str:
    if not found.holds:
        kind, words = "bad", Both("不成立：见“违反”。", "Does not hold: see the violations below.")
    elif not any(one.ran for one in found.provers):
        kind, words = "none", Both("什么都没有运行。", "Nothing was run.")
    else:
        kind, words = (
            "good",
            Both("在所做的范围内未发现违反。", "Within what was tried, no violation was found."),
        )
    notes = (
        [] if found.is_whole else [Both("尚未结束，或被中止。", "Still running, or stopped before its end.")]
    )
    if found.not_run:
        titles = [ACCOUNTS[name].title for name in found.not_run]
        zh, en = "、".join(one.zh for one in titles), ", ".join(one.en for one in titles)
        notes.append(Both(f"未运行：{zh}。", f"Not run: {en}."))
    more = "".join(f'<p class="none">{_both(one)}</p>' for one in notes)
    return f'<div class="verdict {kind}">{_both(words)}</div>{more}'


def _tried(found: Figures) -> str:
    rows = []
    for one in reversed(found.provers):
        account = ACCOUNTS[one.name]
        what = f"<b>{escape(account.title.zh)} {escape(account.title.en)}</b><br>{_both(account.what)}"
        if not one.ran:
            why = escape(one.why_not or "no turn came")
            rows.append((what, '<span class="none">未运行<br>not run</span>', why, ""))
            continue
        count = f"{one.counts.get(account.unit, 0):,}"
        bad = len(one.violations)
        result = f'<span class="{"bad" if bad else "good"}">{bad}</span>'
        rows.append((what, count, result, _pace(one, account)))
    heads = ("什么 what", "次数 times", "违反 violations", "CPU 秒 CPU seconds")
    return _table(heads, rows, frozenset({1, 3}))


def _pace(one: Lane, account: Account) -> str:
    count = one.counts.get(account.unit, 0)
    each = f"<br>{one.cpu_seconds / count:.4f} 每次 each" if count else ""
    return f"{one.cpu_seconds:,.0f}{each}"


def _controls(found: Figures) -> str:
    figures, rows = found.figures, []
    lost, of = figures["control_lost"], figures["control_cuts"]
    what = Both(
        "同样的断电，但降低了持久性设置（日志不同步、synchronous=NORMAL）：必须丢失。",
        "The same cuts with lowered durability (journal not synced, synchronous=NORMAL): it must lose.",
    )
    if of:
        kind = "good" if lost else "bad"
        rows.append((_both(what), f'<span class="{kind}">{lost} / {of}</span>'))
    else:
        rows.append((_both(what), '<span class="none">未运行 not run</span>'))
    mutants = next((one for one in found.provers if one.name == "mutants"), None)
    caught = ACCOUNTS["mutants"].what
    if mutants is None or not mutants.ran:
        rows.append((_both(caught), '<span class="none">未运行 not run</span>'))
        return _table(("对照 control", "结果 result"), rows, frozenset({1}))
    killed, tried = mutants.counts.get("mutants_killed", 0), mutants.counts.get("mutants", 0)
    untried = mutants.counts.get("mutants_not_tried", 0)
    left = f"<br>没轮到 no time for {untried}" if untried else ""
    kind = "good" if killed == tried else "bad"
    rows.append((_both(caught), f'<span class="{kind}">{killed} / {tried}</span>{left}'))
    names = "\n".join(escape(row[:200]) for row in mutants.rows)
    table = _table(("对照 control", "结果 result"), rows, frozenset({1}))
    return f"{table}<details><summary>全部缺陷 all of them</summary><pre>{names}</pre></details>"


def _bounds(found: Figures) -> str:
    words = Both(
        "若在 N 次相互独立的运行中一次失败也没有，则可以 95 % 的把握说：本模型按其概率抽取一次而失败的"
        "概率低于 3/N。"
        "这只是关于模型的话，不能推及现场。同一段录制上的各次断电、同一套文件上的各次杀进程并不独立，"
        "故 N 取录制数、文件套数。",
        "No failure in N runs drawn independently of each other says with 95 % certainty: the chance "
        "that one more "
        "run drawn from this model fails is below 3/N. It speaks of the model alone and must not be "
        "carried over to "
        "the field. Cuts of one recording, and kills on one set of files, are not independent of each "
        "other, so "
        "recordings and sets of files are what is counted as N; 3/(cuts) would say more than is known.",
    )
    rows = []
    for one in reversed(found.provers):
        account = ACCOUNTS[one.name]
        if not one.ran:
            continue
        title = f"{escape(account.title.zh)} {escape(account.title.en)}"
        if account.draws is None:
            none = "不是抽样，不说上限 not drawn by chance: no bound is said"
            rows.append((title, "", none))
        elif one.violations:
            rows.append((title, "", '<span class="bad">有失败 there were failures</span>'))
        elif n := one.counts.get(account.draws, 0):
            drawn = f"{n:,} {escape(account.draw.zh)} {escape(account.draw.en)}"
            bound = f"&lt; {3 / n:.2g}" if n > TOO_FEW else "太少，什么也没说 too few to say anything"
            rows.append((title, drawn, bound))
    heads = ("什么 what", "N", "95 % 上限 upper bound, per draw from the model")
    return f"<p>{_both(words)}</p>{_table(heads, rows)}"


def _violations(found: Figures) -> str:
    if not found.violations:
        return '<p class="good">无 none</p>'
    rows = [
        (escape(name), f"{escape(one.what)}<pre>{escape(one.again)}</pre>")
        for name, one in found.violations[:SHOWN]
    ]
    more = len(found.violations) - SHOWN
    rest = f"<p>… 另有 {more}，见 proof.json and {more} more, in proof.json</p>" if more > 0 else ""
    return _table(("谁 by", "什么，如何重现 what, and how to see it again"), rows) + rest


def _seen(found: Figures) -> str:
    parts = []
    for one in found.provers:
        if one.seen:
            lines = "\n".join(f"{count:10,}  {escape(name)}" for name, count in sorted(one.seen.items()))
            title = ACCOUNTS[one.name].title
            parts.append(
                f"<details><summary>{title.zh} {title.en}: {len(one.seen)}</summary>"
                f"<pre>{lines}</pre></details>"
            )
    return "".join(parts) or "<p>–</p>"


def _setting(found: Figures) -> str:
    run = found.run
    minutes = f"{found.seconds / 60:.1f} / {run.minutes:g}"
    rows = [("种子 seed", str(run.seed)), ("开始 began (UTC)", run.began), ("分钟 minutes", minutes)]
    rows += [("同时 at once", str(run.lanes)), *run.setting.items()]
    for one in found.provers:
        if one.seeds:
            spans = ", ".join(
                f"{first}–{last}" if last != first else str(first) for first, last in one.seeds[:SHOWN]
            )
            rows.append((f"种子 seeds: {one.name}", spans))
        if one.stopped:
            rows.append((f"中止的轮次 turns stopped: {one.name}", str(one.stopped)))
    again = f"make proof MINUTES={run.minutes:g} SEED={run.seed}"
    rows.append(("重做 again", f"{again} （所到之处取决于速度 how far it comes depends on speed）"))
    return _table(("", ""), [(escape(name), escape(value)) for name, value in rows])
