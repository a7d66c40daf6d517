"""What all peers do with a picture and with a network's answer, as the classifier service does it."""

from io import BytesIO

import numpy as np
from PIL import Image, ImageOps

SIDE = 224


def decode(data):
    """A picture file as float32 [1, 224, 224, 3], RGB from 0 to 1."""
    image = Image.open(BytesIO(data))
    image = ImageOps.exif_transpose(image).convert("RGB").resize((SIDE, SIDE), Image.Resampling.BILINEAR)
    return np.asarray(image, np.float32)[np.newaxis] / np.float32(255)


def top(logits, k=3):
    """The k likeliest classes, the likeliest first; the background, at index 0, is left out."""
    scores = np.asarray(logits, np.float32).reshape(-1)[1:]
    odds = np.exp(scores - scores.max())
    likeliest = np.argsort(scores)[::-1][:k]
    return {"top": [{"class": int(i), "probability": float(odds[i] / odds.sum())} for i in likeliest]}
