"""`namro worker`: fire what is due, until a signal asks for the end."""

import signal
from threading import Event, Thread

import click

from engine.worker import work
from web.cli.output import language_option, say
from web.cli.town import require_schema, town_database

ENDINGS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
LOOK = 1.0  # seconds between two looks at the thread


@click.command()
@click.option("--quiet", is_flag=True, hidden=True)
@language_option
def worker(quiet: bool) -> int:
    """Tiến trình nền: nhắc việc, hẹn giờ. Với PostgreSQL có thể chạy nhiều tiến trình."""
    stop = Event()
    with town_database() as database:
        require_schema(database)
        # Taken by sigtimedwait below: a handler that sets `stop` could wait for a lock that its own thread holds.
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)
        thread = Thread(target=work, args=(database, stop), name="worker")
        thread.start()
        if not quiet:
            say("worker-started")
        while thread.is_alive() and signal.sigtimedwait(ENDINGS, LOOK) is None:
            pass
        asked = thread.is_alive()
        stop.set()
        thread.join()
    return 0 if asked else 1
