"""`lianze serve`: the web application on this machine, behind any proxy or for itself."""

import socket
from importlib import import_module

import click

from lianze.cli.failing import fail
from lianze.cli.init import make_data_folder
from lianze.cli.language import choose
from lianze.cli.office import start

THREADS = 4


def serve_on(host: str, port: int, workers: int = 2) -> None:
    """Serves until stopped."""
    from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]

    class Server(BaseApplication):  # type: ignore[misc]
        """gunicorn, set up here instead of by a file."""

        def load_config(self) -> None:
            for name, value in (
                ("bind", f"{host}:{port}"),
                ("workers", workers),
                ("threads", THREADS),
                ("worker_tmp_dir", None),
                ("timeout", 120),
                ("accesslog", None),
                ("loglevel", "warning"),
                ("forwarded_allow_ips", "127.0.0.1,::1"),
                ("control_socket_disable", True),
            ):
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> object:
            # By name, as every WSGI server does: the command line knows that there is a web application, not what is in it.
            return getattr(import_module("lianze.web.wsgi"), "application")  # noqa: B009

    Server().run()


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there yet."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def first_free(host: str, port: int, most: int = 20) -> int:
    """The first port from `port` on that nobody listens on; `port` itself when none of `most` is free."""
    return next((found for found in range(port, port + most) if is_free(host, found)), port)


@click.command(help=choose("在本机提供网页服务", "Serve the web application."))
@click.option("--host", default="127.0.0.1", help=choose("监听地址", "address to listen on"))
@click.option("--port", default=8000, help=choose("端口", "port"))
@click.option("--workers", default=2, help=choose("进程数", "processes"))
def serve_command(host: str, port: int, workers: int) -> None:
    """Prints the address and serves until stopped with Ctrl+C."""
    start()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError, ProgrammingError

    from lianze.ledger.first_run import has_account
    from lianze.ledger.setup_code import make_setup_code
    from lianze.settings import secret_key

    make_data_folder(settings.DATA)
    settings.SECRET_KEY = secret_key()  # made just now, where it was missing
    try:
        call_command("migrate", verbosity=0, interactive=False)
        page = "" if has_account() else f"setup/?code={make_setup_code()}"
    except (OperationalError, ProgrammingError) as error:
        fail(
            choose(f"数据库不可用，先运行 lianze init：{error}", f"no usable database; run lianze init first: {error}")
        )
    if not is_free(host, port):
        fail(choose(f"端口 {port} 已被占用，用 --port 换一个", f"port {port} is in use; name another with --port"))
    click.echo(
        choose(
            f"廉责已启动：http://{host}:{port}/{page} （Ctrl+C 停止）",
            f"Lianze serves http://{host}:{port}/{page} (Ctrl+C stops it)",
        )
    )
    serve_on(host, port, workers)
