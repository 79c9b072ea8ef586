pragma ComponentBehavior: Bound

import QtQuick

Loader { // a dialog that is made when it is first opened: no page waits for it
    function open() {
        active = true;
        (item as YDialog).open();
    }

    active: false
    visible: false
}
