gcc -Os -static -o "$OUT/pause" pause.c
