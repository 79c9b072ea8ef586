"""Writes for qmllint what QML may know of the screen's Python classes: `App/qmldir`, `App/app.qmltypes`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QMetaMethod, QMetaObject, QMetaProperty, QObject

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def classes() -> list[type[QObject]]:
    """Every class that pages bind to: the frame, the page's base, and each page's view-model."""
    from ui.frame import Frame
    from ui.keyboard import Keyboard
    from ui.pages import PAGES
    from ui.reader import Reader
    from ui.rows import Rows
    from ui.viewmodels.base import PageModel

    models = {spec.model.load() for spec in PAGES.values()}  # type: ignore[attr-defined]
    frames = [kind for kind in Frame.__mro__ if kind.__module__.startswith("ui.")]
    return [*frames, Keyboard, Reader, Rows, PageModel, *sorted(models, key=lambda m: m.__name__)]


def quoted(name: str) -> str:
    return '"' + name + '"'


def property_text(p: QMetaProperty) -> str:
    kind, pointer = str(p.typeName()).removesuffix("*"), str(p.typeName()).endswith("*")
    parts = [f"name: {quoted(p.name())}", f"type: {quoted(kind)}"]
    if kind == "QObject":
        parts[1] = f"type: {quoted('Rows' if p.isConstant() else 'PageModel')}"
    parts += ["isPointer: true"] if pointer else []
    parts += ["isReadonly: true"] if not p.isWritable() else []
    if p.isConstant():
        parts.append("isPropertyConstant: true")
    elif p.hasNotifySignal():
        parts.append(f"notify: {quoted(bytes(p.notifySignal().name().data()).decode())}")
    return f"        Property {{ {'; '.join(parts)} }}"


def method_text(m: QMetaMethod) -> str:
    word = "Signal" if m.methodType() == QMetaMethod.MethodType.Signal else "Method"
    kinds = [bytes(t.data()).decode() for t in m.parameterTypes()]
    names = [bytes(n.data()).decode() or f"a{i}" for i, n in enumerate(m.parameterNames())]
    parameters = "".join(
        f" Parameter {{ name: {quoted(n)}; type: {quoted(k)} }}" for n, k in zip(names, kinds, strict=True)
    )
    return f"        {word} {{ name: {quoted(bytes(m.name().data()).decode())};{parameters} }}"


def component(kind: type[QObject]) -> str:
    meta: QMetaObject = kind.staticMetaObject
    above = meta.superClass()
    assert above is not None
    name = meta.className()
    properties = [meta.property(i) for i in range(meta.propertyOffset(), meta.propertyCount())]
    methods = [meta.method(i) for i in range(meta.methodOffset(), meta.methodCount())]
    body = [property_text(p) for p in properties] + [method_text(m) for m in methods]
    head = (
        f"    Component {{\n        name: {quoted(name)}\n        prototype: {quoted(above.className())}\n"
        f'        accessSemantics: "reference"\n        exports: ["App/{name} 1.0"]\n'
        "        isCreatable: false\n        exportMetaObjectRevisions: [256]\n"
    )
    return head + "\n".join(body) + "\n    }\n"


def main() -> int:
    folder = Path(sys.argv[1]) / "App"
    folder.mkdir(parents=True, exist_ok=True)
    head = "module App\ntypeinfo app.qmltypes\ndepends QtQml\ndepends QtQuick\n"
    (folder / "qmldir").write_text(head, encoding="utf-8")
    components = "".join(component(kind) for kind in classes())
    text = f"import QtQuick.tooling 1.2\nModule {{\n{components}}}\n"
    (folder / "app.qmltypes").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
