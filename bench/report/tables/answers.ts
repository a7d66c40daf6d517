import type { Summary, TargetSummary } from '../../summary/index.ts';
import { number } from '../format.ts';
import { none, type Table } from './table.ts';

/** More rows than anybody reads would only make the page large. */
const mostPhotos = 100;

/** What each target took the photos for before anything was measured. */
export function answersTable(summary: Summary): Table {
  const all = [...new Set(summary.targets.flatMap(({ answers }) => answers.map(({ photo }) => photo)))];
  const photos = all.slice(0, mostPhotos);
  const cell = ({ answers }: TargetSummary, photo: string): string => {
    const answer = answers.find((each) => each.photo === photo);
    if (answer === undefined) return none;
    if (answer.label !== undefined) return `${answer.label} (${number((answer.probability ?? 0) * 100)} %)`;
    return answer.error ?? `status ${answer.status ?? none}`;
  };
  return {
    title: 'What the targets saw',
    caption: `The first label for each photo sent, before anything was measured: the same answers mean the same work.${photos.length < all.length ? ` The first ${photos.length} of ${number(all.length)} photos; events.jsonl has them all.` : ''}`,
    alike: true,
    columns: ['Photo', ...summary.targets.map(({ name }) => name)],
    rows: photos.map((photo) => [photo, ...summary.targets.map((target) => cell(target, photo))]),
  };
}
