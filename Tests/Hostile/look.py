"""What Pillow finds in a picture beside its pixels, one name a line; nothing when there is nothing: look.py FILE"""
import sys

from PIL import Image

with Image.open(sys.argv[1]) as image:
    image.load()
    found = [*image.getexif(), *(name for name in image.info if name not in ("loop", "background", "timestamp", "duration"))]
print(*found, sep="\n", end="")
