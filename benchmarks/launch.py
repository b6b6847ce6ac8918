"""Run a command, then print its CPU seconds and its peak memory in megabytes."""

import os
import sys


def main(command: list[str]) -> int:
    """Prints both on one line and returns the command's exit code."""
    silence = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=[silence])
    _, status, usage = os.wait4(child, 0)
    peak = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    print(usage.ru_utime + usage.ru_stime, peak)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
