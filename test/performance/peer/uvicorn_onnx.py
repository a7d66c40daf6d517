"""An application for uvicorn: ONNX Runtime in a process for each core, pictures decoded and classified on threads."""

import os

import onnxruntime
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

from picture import decode, top

options = onnxruntime.SessionOptions()
options.intra_op_num_threads = 1
options.inter_op_num_threads = 1
session = onnxruntime.InferenceSession(
    os.path.join(os.environ["MODEL_DIR"], "onnx", "mobilenet_v2.onnx"), options, providers=["CPUExecutionProvider"]
)
name = session.get_inputs()[0].name


def classify(data):
    (logits,) = session.run(None, {name: decode(data)})
    return top(logits)


async def answer(request):
    return JSONResponse(await run_in_threadpool(classify, await request.body()))


async def ready(_request):
    return PlainTextResponse("ready")


with open(os.environ["WARM_UP"], "rb") as warm_up:
    classify(warm_up.read())
app = Starlette(routes=[Route("/", answer, methods=["POST"]), Route("/_/health", ready, methods=["GET"])])
