"""The cable between a terminal and central, to be pulled."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.support.central import RunningCentral
from tools.fault_proxy import FaultProxy


@asynccontextmanager
async def cable(central: RunningCentral) -> AsyncIterator[FaultProxy]:
    proxy = FaultProxy("127.0.0.1", central.port)
    await proxy.start()
    try:
        yield proxy
    finally:
        await proxy.close()


def url_of(proxy: FaultProxy) -> str:
    return f"https://127.0.0.1:{proxy.port}"
