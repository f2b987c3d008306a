"""Draws docs/images/timeline.png, the README's picture: four threads that share two locks.

Usage: ``.venv/bin/python tools/draw_readme_picture.py [FILE]``, from the root of the course.
"""

import sys
import threading
import time
from pathlib import Path

from helpers import run, timeline

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "timeline.png"
WIDTH_PX = 1600


def bakery() -> None:
    """Four bakers share one oven and one scale; two of them need the scale before the oven."""
    oven, scale = threading.Lock(), threading.Lock()

    def bake(start_s: float, bake_s: float) -> None:
        time.sleep(start_s)
        with oven:
            time.sleep(bake_s)

    def weigh_and_bake(start_s: float, bake_s: float) -> None:
        time.sleep(start_s)
        with scale:
            time.sleep(0.04)
        bake(0.01, bake_s)

    plans = {
        "Ana": (bake, 0.0, 0.08),
        "Ben": (weigh_and_bake, 0.0, 0.05),
        "Chen": (weigh_and_bake, 0.005, 0.04),
        "Dina": (bake, 0.13, 0.05),
    }
    bakers = [threading.Thread(target=plan, args=times, name=name) for name, (plan, *times) in plans.items()]
    for baker in bakers:
        baker.start()
    for baker in bakers:
        baker.join()


def main(arguments: list[str]) -> int:
    """Runs the program, draws what its threads did and keeps the picture."""
    picture = Path(arguments[0]) if arguments else PICTURE
    figure = timeline(run(bakery)).figure
    picture.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(picture, dpi=WIDTH_PX / figure.get_figwidth())
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
