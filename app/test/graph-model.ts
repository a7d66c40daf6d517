/** A tiny graph model that gives zeros whatever it sees: enough to be loaded, and of any shape. */
export function zeroGraphModel({
  input = [-1, 224, 224, 3],
  output = [1, 1001],
}: {
  input?: number[];
  output?: number[];
} = {}): Record<string, string | Uint8Array> {
  const shapeOf = (sizes: number[]) => ({ shape: { dim: sizes.map((size) => ({ size: String(size) })) } });
  const float = { dtype: { type: 'DT_FLOAT' } };
  const node = [
    { name: 'pictures', op: 'Placeholder', attr: { ...float, shape: shapeOf(input) } },
    {
      name: 'zeros',
      op: 'Const',
      attr: { ...float, value: { tensor: { dtype: 'DT_FLOAT', tensorShape: shapeOf(output).shape } } },
    },
    { name: 'logits', op: 'Identity', input: ['zeros', '^pictures'], attr: { T: { type: 'DT_FLOAT' } } },
  ];
  const json = {
    format: 'graph-model',
    modelTopology: { node, versions: { producer: 1 } },
    weightsManifest: [{ paths: ['weights'], weights: [{ name: 'zeros', shape: output, dtype: 'float32' }] }],
  };
  return {
    'model.json': JSON.stringify(json),
    weights: new Uint8Array(output.reduce((a, b) => a * b, 4)),
  };
}
