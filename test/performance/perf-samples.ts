/** What the service's CPU works on. */
export const parts = [
  'network',
  'decode and resize',
  'JavaScript and Node.js, main thread',
  'JavaScript and Node.js, other threads',
  'C library and kernel',
] as const;
export type Part = (typeof parts)[number];

/** One sample of a thread. */
export interface Sample {
  part: Part;
  /** Names of functions, the outermost first. */
  stack: string[];
}

interface Frame {
  symbol: string;
  /** The file whose code it is. */
  file: string;
}

/**
 * Reads what `perf script -F comm,tid,ip,sym,dso` prints: for each sample a line of the thread, then its frames, the
 * innermost first.
 * @param pid of the process, which is its main thread's id too.
 */
export function readSamples(text: string, pid: number): Sample[] {
  return text.split('\n\n').flatMap((block) => {
    const [head = '', ...lines] = block.trim().split('\n');
    const frames = lines.map(readFrame);
    const [innermost] = frames;
    if (innermost === undefined) return [];
    const main = Number(/(\d+)\s*$/.exec(head)?.[1]) === pid;
    return [{ part: partOf(innermost.file, main, frames), stack: frames.map(({ symbol }) => symbol).reverse() }];
  });
}

function readFrame(line: string): Frame {
  const [, symbol = 'unknown', file = ''] = /^\s*[0-9a-f]+ (.*) \((.*)\)\s*$/.exec(line) ?? [];
  return { symbol, file };
}

function partOf(file: string, main: boolean, frames: readonly Frame[]): Part {
  if (/onnxruntime|libtensorflow|tfjs_binding/.test(file)) return 'network';
  if (/libvips|sharp/.test(file)) return 'decode and resize';
  const compiled = /perf-\d+\.map|\[JIT\]/.test(file);
  // Node.js names all JavaScript that it compiles. WebAssembly is named by numbers, and what a network's library compiles
  // for itself has no name.
  if (!main && compiled && /wasm|^\[unknown\]$/i.test(frames[0]?.symbol ?? '')) return 'network';
  if (compiled || /\/node$/.test(file)) {
    return main ? 'JavaScript and Node.js, main thread' : 'JavaScript and Node.js, other threads';
  }
  return 'C library and kernel';
}

/** The part of all samples that each has, from 0 to 1. */
export function shares(samples: readonly Sample[]): Map<Part, number> {
  return new Map(parts.map((part) => [part, samples.filter((each) => each.part === part).length / samples.length]));
}

/** Every stack that was met and how often, as viewers of flame graphs read it: `outermost;…;innermost count`. */
export function folded(samples: readonly Sample[]): string {
  const counts = new Map<string, number>();
  for (const { stack } of samples) {
    const line = stack.map((name) => name.replaceAll(';', ',')).join(';');
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts].map(([line, count]) => `${line} ${count}\n`).join('');
}
