#!/bin/sh
# Runs a program that knows nothing of its parent's IPC channel (descriptor 3), and ends it when that channel does: the
# parent is gone then. SIGTERM lets the program finish what it has, as SIGUSR1 tells HAProxy.
"$@" 3<&- &
program=$!
trap 'kill -USR1 "$program"' TERM
{ cat <&3 >/dev/null; kill -USR1 "$program"; } 2>/dev/null &
exec 3<&-
# A signal ends a wait before the program has ended.
while kill -0 "$program" 2>/dev/null; do
  wait "$program"
  status=$?
done
exit "${status:-1}"
