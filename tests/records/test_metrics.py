from qml.records import MetricsWriter, read_metrics


def test_lines_come_back_exactly(run):
    with MetricsWriter(run.metrics_path) as metrics:
        metrics.write(1, {"epoch": 0, "loss": 0.1 + 0.2})
        metrics.write(2, {"epoch": 0, "loss": float("inf")})
    rows = read_metrics(run.metrics_path)
    assert rows == [
        {"step": 1, "epoch": 0, "loss": 0.1 + 0.2},
        {"step": 2, "epoch": 0, "loss": None},
    ]


def test_lines_wait_in_memory_but_not_for_ever(run):
    metrics = MetricsWriter(run.metrics_path)
    metrics.write(1, {"loss": 1.0})
    assert not run.metrics_path.exists()
    for step in range(2, 502):
        metrics.write(step, {"loss": 1.0})
    assert len(read_metrics(run.metrics_path)) >= 500


def test_a_torn_last_line_is_skipped(run):
    run.metrics_path.write_bytes(b'{"step":1,"loss":0.5}\n{"step":2,"lo')
    assert read_metrics(run.metrics_path) == [{"step": 1, "loss": 0.5}]


def test_going_on_from_a_checkpoint_writes_the_file_of_a_run_that_never_stopped(run):
    def write(metrics, steps):
        for step in steps:
            metrics.write(step, {"loss": 1 / step})

    with MetricsWriter(run.metrics_path) as metrics:
        write(metrics, range(1, 11))
    whole = run.metrics_path.read_bytes()
    run.metrics_path.write_bytes(whole[:-7])
    with MetricsWriter(run.metrics_path, after=6) as metrics:
        write(metrics, range(7, 11))
    assert run.metrics_path.read_bytes() == whole


def test_starting_from_the_beginning_forgets_old_lines(run):
    run.metrics_path.write_bytes(b'{"step":1}\n')
    MetricsWriter(run.metrics_path).close()
    assert read_metrics(run.metrics_path) == []
