"""The embedded servers, real ones, in every place and after every crash that the design names."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psutil
import psycopg2
import pytest

from armstrack.embedded import postgres
from armstrack.embedded.children import processes_in
from armstrack.embedded.places import Places, places_for
from armstrack.embedded.postgres import Postgres, data_major
from armstrack.embedded.problems import EmbeddedProblem
from armstrack.embedded.programs import postgres_programs
from armstrack.embedded.redis_server import rotate
from armstrack.embedded.services import database_url, services_for

from .conftest import ROOT, Holders, sockets_of, wait_gone

pytestmark = pytest.mark.services
Folder = Callable[..., Path]

DEEP = "/".join(["a rather long name of a folder"] * 8)
WHO = [
    pytest.param(False, id="as-started"),
    pytest.param(True, id="ordinary-user", marks=pytest.mark.skipif(not ROOT, reason="an ordinary user already")),
]


@pytest.mark.parametrize("ordinary", WHO)
@pytest.mark.parametrize(
    ("name", "mode"),
    [
        pytest.param("data", 0o755, id="plain"),
        pytest.param("a folder with spaces/and 'quotes'/data", 0o755, id="spaces"),
        pytest.param(f"{DEEP}/data", 0o755, id="deeper-than-a-socket-path"),
        pytest.param("data", 0o700, id="closed-parent"),
    ],
)
def test_they_run_wherever_the_project_lies(
    hold: Holders, folder: Folder, name: str, mode: int, ordinary: bool
) -> None:
    data = folder(name, ordinary=ordinary, mode=mode)
    first = hold(data, ordinary=ordinary)
    assert first.owner and first.seen["answers"]
    assert len(os.fsencode(first.seen["socket"])) <= 107
    assert first.finish() == 0
    wait_gone(first.seen["postgres"], first.seen["redis"], patience=0.1)
    second = hold(data, ordinary=ordinary)
    assert second.seen["rows"] == 2


def test_root_runs_them_as_an_unprivileged_user(hold: Holders, folder: Folder) -> None:
    holder = hold(folder())
    owners = {psutil.Process(holder.seen[name]).uids().real for name in ("postgres", "redis")}
    assert owners == {places_for(Path("/")).account.uid if ROOT else os.geteuid()}  # type: ignore[union-attr]
    assert 0 not in owners


def test_they_listen_on_no_network_port(hold: Holders, folder: Folder) -> None:
    holder = hold(folder())
    for name in ("postgres", "redis"):
        assert psutil.Process(holder.seen[name]).net_connections("inet") == []


def test_two_installations_run_at_once(hold: Holders, folder: Folder) -> None:
    first, second = hold(folder()), hold(folder())
    assert first.owner and second.owner
    assert first.seen["rows"] == second.seen["rows"] == 1


def test_a_second_command_attaches_and_the_owner_waits_for_it(hold: Holders, folder: Folder) -> None:
    data = folder()
    owner, guest = hold(data), hold(data)
    assert owner.owner and not guest.owner
    assert guest.seen["rows"] == 2
    owner.let_go()
    with pytest.raises(subprocess.TimeoutExpired):
        owner.process.wait(1)
    assert psutil.pid_exists(owner.seen["postgres"])
    assert guest.finish() == 0
    assert owner.finish() == 0
    wait_gone(owner.seen["postgres"], owner.seen["redis"], patience=0.1)


def test_of_several_that_start_at_once_one_owns(hold: Holders, folder: Folder) -> None:
    data = folder()
    with ThreadPoolExecutor() as threads:
        holders = list(threads.map(hold, [data] * 3))
    assert sum(holder.owner for holder in holders) == 1
    assert {holder.seen["rows"] for holder in holders} == {1, 2, 3}
    for holder in holders:
        holder.let_go()
    assert [holder.finish() for holder in holders] == [0, 0, 0]


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel ends orphans on Linux alone")
def test_a_killed_owner_takes_them_along_and_the_next_start_works(hold: Holders, folder: Folder) -> None:
    data = folder()
    owner = hold(data)
    owner.kill()
    wait_gone(owner.seen["postgres"], owner.seen["redis"])
    assert hold(data).seen["rows"] == 2


@pytest.mark.parametrize("name", ["postgres", "redis"])
def test_a_killed_server_and_owner_leave_nothing_that_stops_the_next_start(
    hold: Holders, folder: Folder, name: str
) -> None:
    data = folder()
    owner = hold(data)
    os.kill(owner.seen[name], signal.SIGKILL)
    owner.kill()
    assert hold(data).seen["rows"] == 2


def test_what_a_killed_owner_could_not_take_along_is_ended_at_the_next_start(hold: Holders, folder: Folder) -> None:
    """Elsewhere than on Linux the servers outlive a killed owner; here a server started by hand stands for them."""
    data = folder()
    hold(data).finish()
    places = places_for(data)
    orphan = Postgres(places, durable=False)
    orphan.start()
    assert orphan.pid is not None
    following = hold(data)
    assert following.owner and following.seen["rows"] == 2
    wait_gone(orphan.pid, patience=0.1)
    orphan.stop()


def test_a_stale_pid_file_that_names_a_stranger_is_no_obstacle(hold: Holders, folder: Folder) -> None:
    data = folder()
    hold(data).finish()
    stale = places_for(data).postgres / "postmaster.pid"
    account = places_for(data).account
    # A living process of the very user that PostgreSQL runs as: PostgreSQL by itself would refuse to start.
    stranger = subprocess.Popen(["sleep", "60"], user=account.uid if account else None)
    try:
        stale.write_text(f"{stranger.pid}\n{stale.parent}\n0\n5432\n\n\n")
        assert hold(data).seen["rows"] == 2
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_data_of_an_older_major_stops_the_start_and_can_be_upgraded(hold: Holders, folder: Folder) -> None:
    data = folder()
    services = services_for(data, durable=False)
    services.places.make_state()
    services.places.make()
    _make_old_data(services.places)
    with pytest.raises(EmbeddedProblem, match=r"made by PostgreSQL 16.*up --upgrade-data"):
        services.acquire()
    services.acquire(upgrade=True)
    try:
        assert data_major(services.places) == 18
        assert (services.places.home / "postgres-16").is_dir()
    finally:
        services.release()
    assert hold(data).seen["rows"] == 2, "the row that the old server kept, and the holder's own"


def _make_old_data(places: Places) -> None:
    """A data folder of PostgreSQL 16 with one row in the database that armstrack uses."""
    old = postgres_programs(places, 16)
    initdb = [old.path("initdb"), f"--pgdata={places.redis / 'old'}", "--username=armstrack", "--auth=trust"]
    postgres._run([*initdb, "--encoding=UTF8", "--locale=C", "--no-sync"], places, places.logs)
    (places.redis / "old").rename(places.postgres)
    server = Postgres(places)
    server._launch(old)
    server._make_database()
    with closing(psycopg2.connect(database_url(places))) as connection, connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (n int)")
        cursor.execute("INSERT INTO kept VALUES (0)")
    server.stop()


def test_data_of_a_newer_major_stops_the_start(folder: Folder) -> None:
    services = services_for(folder(), durable=False)
    services.places.make_state()
    services.places.make()
    services.places.postgres.mkdir()
    (services.places.postgres / "PG_VERSION").write_text("99\n")
    with pytest.raises(EmbeddedProblem, match=r"made by PostgreSQL 99"):
        services.acquire()
    assert not processes_in(services.places.redis)


@pytest.mark.skipif(not ROOT, reason="only root can be mistaken for the owner of a user's data")
def test_root_does_not_open_a_new_database_beside_a_users_own(hold: Holders, folder: Folder) -> None:
    data = folder(ordinary=True)
    hold(data, ordinary=True).finish()
    with pytest.raises(EmbeddedProblem, match="not as root"):
        services_for(data).acquire()


@pytest.mark.skipif(not ROOT, reason="needs a second user")
def test_a_socket_folder_that_someone_else_made_is_refused(hold: Holders, folder: Folder) -> None:
    data = folder(ordinary=True)
    hold(data, ordinary=True).finish()
    sockets = sockets_of(data)
    sockets.rmdir()
    sockets.mkdir()
    try:
        process = hold.popen(data, ordinary=True)
        _, errors = process.communicate(timeout=30)
        assert "belongs to another user" in errors
    finally:
        sockets.rmdir()


def test_the_log_of_redis_does_not_grow_for_ever(tmp_path: Path) -> None:
    log = tmp_path / "redis.log"
    log.write_text("old" * 10)
    rotate(log, limit=10)
    assert not log.exists()
    assert (tmp_path / "redis.log.1").read_text() == "old" * 10
