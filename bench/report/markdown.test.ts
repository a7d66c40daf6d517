import { expect, test } from 'vitest';
import { makeManifest } from '../../test/double/run.ts';
import { renderMarkdown } from './markdown.ts';

const table = (title: string) => ({ title, caption: 'of <b>', columns: ['A', 'B'], rows: [['1', '2']] });
const verdict = { sentence: 'Serve it.', doubts: ['Too few.'], reasons: ['Because.'], cautions: [] };
const text = renderMarkdown(makeManifest(), verdict, { open: [table('First')], folded: [table('Second')] });

test('the verdict comes first, and what stands against it is set apart', () => {
  expect(text).toContain(
    '# Faceoff: server or serverless?\n\n**Serve it.**\n\n> [!WARNING]\n> - Too few.\n\n- Because.',
  );
});

test('one table is open, the others fold with the empty lines that GitHub needs', () => {
  expect(text).toContain('## First\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n\nof \\<b\\>');
  expect(text).toContain('<details>\n<summary>Second</summary>\n\n| A | B |');
  expect(text.match(/<details>/g)).toHaveLength(1);
});

test('there is no picture and no link that would be broken elsewhere', () => {
  expect(text).not.toMatch(/!\[|\]\(|<img/);
});
