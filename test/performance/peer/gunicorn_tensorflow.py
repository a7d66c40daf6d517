"""An application for gunicorn: the SavedModel's traced graph, called directly. Each worker is a process with threads."""

import json
import os

import tensorflow as tf

from picture import decode, top

# One thread of TensorFlow's for each request at work: parallelism comes from the workers, as many as there are cores.
tf.config.threading.set_intra_op_parallelism_threads(1)
tf.config.threading.set_inter_op_parallelism_threads(1)

loaded = tf.saved_model.load(os.path.join(os.environ["MODEL_DIR"], "saved-model"))
network = loaded.signatures["serving_default"]
(name,) = network.structured_input_signature[1]


def classify(data):
    (logits,) = network(**{name: tf.constant(decode(data))}).values()
    return top(logits.numpy())


with open(os.environ["WARM_UP"], "rb") as warm_up:
    classify(warm_up.read())


def app(environ, start_response):
    if environ["REQUEST_METHOD"] == "GET":
        body = b"ready"
    else:
        body = json.dumps(classify(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))).encode()
    start_response("200 OK", [("content-type", "application/json"), ("content-length", str(len(body)))])
    return [body]
