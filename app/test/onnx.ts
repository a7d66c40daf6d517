/**
 * A tiny ONNX model that gives zeros whatever it sees: enough to be loaded, and of any shape. Written byte by byte, since
 * the format is protocol buffers of a few fields.
 */
export function tinyOnnx({
  input = [1, 224, 224, 3],
  output = [1, 1001],
  type = 'float32',
}: {
  input?: number[];
  output?: number[];
  type?: 'float32' | 'int64';
} = {}): Buffer {
  const code = { float32: 1, int64: 7 }[type];
  const bytes = output.reduce((a, b) => a * b, type === 'float32' ? 4 : 8);
  const zeros = message(
    ...output.map((n) => field(1, n)),
    field(2, code),
    field(8, 'zeros'),
    field(9, Buffer.alloc(bytes)),
  );
  const identity = message(field(1, 'zeros'), field(2, 'logits'), field(4, 'Identity'));
  const graph = message(
    field(1, identity),
    field(2, 'tiny'),
    field(5, zeros),
    field(11, value('pictures', 1, input)),
    field(12, value('logits', code, output)),
  );
  return message(field(1, 8), field(7, graph), field(8, message(field(2, 13))));
}

/** ValueInfoProto: a name, and a tensor's type and shape. */
function value(name: string, type: number, shape: number[]): Buffer {
  const dimensions = message(...shape.map((n) => field(1, message(field(1, n)))));
  return message(field(1, name), field(2, message(field(1, message(field(1, type), field(2, dimensions))))));
}

function message(...fields: Buffer[]): Buffer {
  return Buffer.concat(fields);
}

function field(number: number, content: number | string | Buffer): Buffer {
  if (typeof content === 'number') {
    return Buffer.concat([varint(number << 3), varint(content)]);
  }
  const bytes = Buffer.from(content);
  return Buffer.concat([varint((number << 3) | 2), varint(bytes.length), bytes]);
}

function varint(n: number): Buffer {
  return n < 128 ? Buffer.from([n]) : Buffer.concat([Buffer.from([(n % 128) | 128]), varint(Math.floor(n / 128))]);
}
