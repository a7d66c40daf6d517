import type * as tfjs from '@tensorflow/tfjs-core';

/** Expansion, output channels, repeats and first stride of each group of blocks, as in the MobileNetV2 paper's Table 2. */
const groups = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

type Layer = (x: tfjs.Tensor4D) => tfjs.Tensor4D;

/**
 * MobileNetV2 1.0 224 with random weights: as much work as the real one, and answers that mean nothing.
 * @param tf the library, its backend set.
 * @param seed gives the same weights each time.
 * @returns the network: float32 [n, 224, 224, 3] from 0 to 1 in, float32 [n, 1001] out.
 */
export function syntheticNetwork(tf: typeof tfjs, seed: number): (pictures: tfjs.Tensor4D) => tfjs.Tensor2D {
  let drawn = 0;
  // He's scaling keeps the size of the numbers from layer to layer: they stay finite, and cost what real ones cost.
  const filter = (shape: [number, number, number, number], inputs: number) => {
    const bound = Math.sqrt(6 / inputs);
    return tf.randomUniform<tfjs.Rank.R4>(shape, -bound, bound, 'float32', seed + drawn++);
  };
  const bias = (channels: number) => tf.zeros<tfjs.Rank.R1>([channels]);

  const convolution = (
    size: number,
    [from, to]: [number, number],
    { stride = 1, activation = 'relu6' }: { stride?: number; activation?: 'relu6' | 'linear' } = {},
  ): Layer => {
    const weights = { filter: filter([size, size, from, to], size * size * from), bias: bias(to) };
    return (x) => tf.fused.conv2d({ x, ...weights, strides: stride, pad: 'same', activation });
  };

  const depthwise = (channels: number, stride: number): Layer => {
    const weights = { filter: filter([3, 3, channels, 1], 9), bias: bias(channels) };
    return (x) => tf.fused.depthwiseConv2d({ x, ...weights, strides: stride, pad: 'same', activation: 'relu6' });
  };

  const block = (from: number, to: number, expansion: number, stride: number): Layer => {
    const wide = from * expansion;
    const layers = [
      ...(expansion === 1 ? [] : [convolution(1, [from, wide])]),
      depthwise(wide, stride),
      convolution(1, [wide, to], { activation: 'linear' }),
    ];
    const body: Layer = (x) => layers.reduce((y, layer) => layer(y), x);
    return stride === 1 && from === to ? (x) => tf.add(x, body(x)) : body;
  };

  let channels = 32;
  const blocks = groups.flatMap(([expansion, to, repeats, firstStride]) =>
    Array.from({ length: repeats }, (_, index) => {
      const made = block(channels, to, expansion, index === 0 ? firstStride : 1);
      channels = to;
      return made;
    }),
  );
  const features = [convolution(3, [3, 32], { stride: 2 }), ...blocks, convolution(1, [channels, 1280])];
  const classify = convolution(1, [1280, 1001], { activation: 'linear' });

  return (pictures) => {
    const scaled = tf.sub<tfjs.Tensor4D>(tf.mul(pictures, 2), 1);
    const pooled = tf.mean<tfjs.Tensor4D>(
      features.reduce((x, layer) => layer(x), scaled),
      [1, 2],
      true,
    );
    return tf.reshape(classify(pooled), [-1, 1001]);
  };
}
