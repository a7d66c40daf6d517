-- What the other clients send.
wrk.method = "POST"
wrk.body = string.rep("x", 200)
