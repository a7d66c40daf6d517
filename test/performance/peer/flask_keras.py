"""Flask's own server with a Keras model that is called eagerly for each picture, as the student report had it."""

import os

import keras
from flask import Flask, jsonify, request

from picture import decode, top

model = keras.Sequential(
    [keras.layers.TFSMLayer(os.path.join(os.environ["MODEL_DIR"], "saved-model"), call_endpoint="serving_default")]
)
app = Flask(__name__)


@app.post("/")
def classify():
    answer = model.predict(decode(request.get_data()), verbose=0)
    return jsonify(top(next(iter(answer.values()))))


@app.get("/_/health")
def ready():
    return "ready"


if __name__ == "__main__":
    model.predict(decode(open(os.environ["WARM_UP"], "rb").read()), verbose=0)
    app.run(host="127.0.0.1", port=int(os.environ["PORT"]))
