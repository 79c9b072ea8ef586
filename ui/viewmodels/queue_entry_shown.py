"""One operation of the queue in the operator's words: what to do, what it rests on, who carries it."""

from __future__ import annotations

from kiosk.bilingual import Lang, Text, same
from kiosk.services import counsel, moments
from kiosk.services.business import Detail, Entry
from ui.viewmodels import entries_shown
from ui.viewmodels.base import PairRow

STATE, TO_DO, WHY = Text("状态", "State"), Text("怎么办", "What to do"), Text("原因", "Reason")
CASE, RESTS_ON = Text("待办编号", "Case"), Text("相关业务", "Belongs to")
FOLLOWED_BY, CORRECTS = Text("后续业务", "Followed by"), Text("更正的是", "Corrects")
CORRECTED_BY, CARRIED = Text("已由另一笔更正", "Corrected by"), Text("优盘", "Courier")
REMARK, DECIDED, BY = Text("说明", "Note"), Text("结果时间", "Decided"), Text("经办", "Operator")
NAMED = Text("{title}（{words}）", "{title} ({words})")


def standing(detail: Detail, lang: Lang) -> tuple[PairRow, ...]:
    """What became of it and what is to be done."""
    entry = detail.entry
    carried = entry.carried
    rows: list[tuple[Text, Text | None]] = [
        (STATE, entry.words),
        (WHY, entry.reason),
        (TO_DO, detail.todo),
        (CASE, same(entry.case_number) if entry.case_number else None),
        (CARRIED, counsel.CARRIED.with_params({"at": moments.show(carried)}) if carried else None),
        (RESTS_ON, _named(detail.depends_on)),
        *((FOLLOWED_BY, _named(one)) for one in detail.dependents),
        (CORRECTS, _named(detail.supersedes)),
        (CORRECTED_BY, _named(detail.superseded_by)),
        *((REMARK, text) for text in detail.remarks),
        (DECIDED, moments.show(detail.final_at) if detail.final_at else None),
        (BY, same(detail.operator) if detail.operator else None),
    ]
    return tuple(PairRow(label.of(lang), text.of(lang)) for label, text in rows if text is not None)


def facts(detail: Detail, lang: Lang) -> tuple[PairRow, ...]:
    return entries_shown.pairs(detail.facts, lang)


def _named(entry: Entry | None) -> Text | None:
    return NAMED.with_params({"title": entry.title, "words": entry.words}) if entry else None
