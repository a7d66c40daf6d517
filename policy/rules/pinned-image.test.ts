import { expect, it } from 'vitest';
import { container, deployment, podSpec } from '../test-stack/compliant.ts';
import { pinnedImage } from './pinned-image.ts';

const faults = (image: string | undefined) =>
  pinnedImage.check(deployment(podSpec({ containers: [container({ image })] })));

it.each(['web:1', 'host:5000/web:v1.2-a', `web@sha256:${'0'.repeat(64)}`, `web:latest@sha256:${'a'.repeat(64)}`])(
  'takes %s',
  (image) => {
    expect(faults(image)).toEqual([]);
  },
);

it.each(['web', 'web:latest', 'host:5000/web', 'web@sha256:0', ''])('refuses "%s"', (image) => {
  expect(faults(image)).toEqual([`container web: give the image ${image} a tag other than latest, or a digest`]);
});

it('refuses a container without an image', () => {
  expect(faults(undefined)).toHaveLength(1);
});
