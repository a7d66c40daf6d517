import { containerRule } from './rule.ts';

export const pinnedImage = containerRule(
  'pinned-image',
  'Every image is named with a tag other than latest, or with a digest.',
  ({ image = '' }) => {
    if (/@sha256:[0-9a-f]{64}$/.test(image)) return false;
    // A colon before the last slash belongs to the port of a registry.
    const tag = /^[^@]+:([^/:@]+)$/.exec(image)?.[1];
    return (tag === undefined || tag === 'latest') && `give the image ${image} a tag other than latest, or a digest`;
  },
);
