import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md')).map((path) => join('docs', path))];

/** Text without code, in which brackets mean something else. */
const prose = (page: string): string => readFileSync(join(root, page), 'utf8').replace(/^( *)```[^]*?^\1```$/gm, '').replace(/`[^`\n]*`/g, 'code');

/** Anchor of a heading as GitHub makes it: lower case, spaces to hyphens, whatever is neither letter, digit, hyphen nor underscore taken out. */
const anchorsOf = (page: string): ReadonlySet<string> => {
  const text = readFileSync(join(root, page), 'utf8').replace(/^( *)```[^]*?^\1```$/gm, '');
  const seen = new Map<string, number>();
  return new Set([...text.matchAll(/^#{1,6} +(.+?)\s*$/gm)].map(([, heading = '']) => {
    const slug = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').replaceAll(' ', '-');
    const before = seen.get(slug) ?? 0;
    seen.set(slug, before + 1);
    return before === 0 ? slug : `${slug}-${before}`;
  }));
};

interface Link {
  readonly page: string;
  readonly target: string;
}
const links = pages.flatMap((page): readonly Link[] => [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => ({ page, target })));
const inside = links.filter(({ target }) => !/^[a-z]+:/.test(target));
const fileOf = ({ page, target }: Link): string => relative(root, resolve(root, dirname(page), target.split('#')[0] || `../${page}`.split('/').at(-1) || ''));

it('every link leads to a file or a folder that is there', () => {
  expect(inside.length).toBeGreaterThan(50);
  expect(inside.filter((link) => !existsSync(join(root, fileOf(link)))).map(({ page, target }) => `${page}: ${target}`)).toEqual([]);
});

it('every anchor is a heading of its page', () => {
  const anchors = inside.filter(({ target }) => target.includes('#')).map((link) => ({ ...link, file: fileOf(link), anchor: link.target.split('#')[1] ?? '' })).filter(({ file }) => file.endsWith('.md') && statSync(join(root, file)).isFile());
  expect(anchors.filter(({ file, anchor }) => !anchorsOf(file).has(anchor)).map(({ page, target }) => `${page}: ${target}`)).toEqual([]);
});

it('every page can be found from README', () => {
  const found = new Set(['README.md', 'CONTRIBUTING.md']);
  for (const page of found) for (const link of inside.filter((one) => one.page === page)) {
    const target = fileOf(link);
    const below = pages.filter((one) => one === target || (dirname(one) === target));
    for (const one of below) found.add(one);
  }
  expect(pages.filter((page) => !found.has(page))).toEqual([]);
});
