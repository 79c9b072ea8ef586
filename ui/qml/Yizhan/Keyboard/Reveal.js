.pragma library

// The nearest list around an item that can be moved.
function viewOf(item) {
    for (let view = item ? item.parent : null; view; view = view.parent) {
        if (view.contentY !== undefined && view.contentHeight !== undefined)
            return view;
    }
    return null;
}

// Moves every list around an item so far that the item can be seen.
function inside(item, margin) {
    for (let view = viewOf(item); view; view = viewOf(view)) {
        const room = Math.min(margin, Math.max(0, (view.height - item.height) / 2));
        const top = item.mapToItem(view, 0, 0).y - room;
        const bottom = top + item.height + 2 * room;
        const most = Math.max(0, view.contentHeight - view.height);
        if (top < 0)
            view.contentY = Math.max(0, view.contentY + top);
        else if (bottom > view.height)
            view.contentY = Math.min(most, view.contentY + Math.min(top, bottom - view.height));
    }
}
