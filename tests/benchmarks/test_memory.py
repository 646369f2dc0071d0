import multiprocessing
import os

from benchmarks.memory import peak_megabytes


def _peak(pipe):
    pipe.send(peak_megabytes())


def test_a_child_does_not_answer_with_its_parents_peak():
    """A parent that made gigabytes of input must not be counted as the memory of what is measured."""
    held = b"x" * 300_000_000
    ours, theirs = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_peak, args=(theirs,))
    process.start()
    child = ours.recv()
    process.join()
    assert len(held) / 1_000_000 < peak_megabytes()
    assert 0 < child < 250


def test_another_process_can_be_asked():
    assert peak_megabytes(os.getpid()) > 1
    assert peak_megabytes(2**22 + 1) == 0.0
