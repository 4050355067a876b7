import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { defaultClusters } from '../../../test/fixtures/network-plans.ts';
import type { Plan } from '../../model/plan.ts';
import { architecturePage } from './architecture-page.ts';

const clusters = defaultClusters();
const environments = [...new Set(clusters.map(({ environment }) => environment))];
const [first] = environments;
if (!first) throw new Error('no environment');
const plan = { platform: { name: 'argoeks', environments, gitops: {} }, environments: environments.map((environment) => ({ environment, clusters: clusters.filter((one) => one.environment === environment) })) } as unknown as Plan;
const page = architecturePage(plan);
const diagrams = [...page.matchAll(/```mermaid\n([^]*?)\n```/g)].map(([, text = '']) => text.split('\n'));

describe('the page of the architecture', () => {
  it('draws each thing once, and names whom it holds for', () => {
    expect(diagrams.length).toBeGreaterThan(5);
    expect(new Set(diagrams.map((lines) => lines.join('\n'))).size).toBe(diagrams.length);
  });

  it('has diagrams of nodes with quoted labels and arrows between them, and nothing else', () => {
    const id = '[A-Za-z]\\w*';
    const label = '\\["[^"]+"\\]';
    for (const [head, ...lines] of diagrams) {
      expect(head).toBe('graph LR');
      for (const line of lines) expect(line).toMatch(new RegExp(`^  ${id}(${label})?( --> ${id}(${label})?)?$`));
    }
  });

  it('shows every release of a hub, in the wave it is in', () => {
    for (const { cluster, components } of clusters.filter(({ cluster: { hub } }) => hub))
      for (const { waves } of components)
        for (const [release, wave] of Object.entries(waves)) expect(diagrams.some((lines) => lines.some((line) => line.startsWith(`  w${wave}[`) && line.includes(`<br/>${release}`))), `${cluster.name} ${release}`).toBe(true);
  });

  it('grows with environments, not with clusters', () => {
    const many = { ...plan, environments: plan.environments.map((one) => ({ ...one, clusters: [...one.clusters, ...one.clusters.filter(({ cluster }) => !cluster.hub)] })) };
    expect(architecturePage(many)).toBe(page);
  });
});

it('alerts lead to runbooks that are there', async () => {
  const { readFileSync } = await import('node:fs');
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const text = readFileSync(`${root}docs/reference/alerts.md`, 'utf8');
  const named = [...text.matchAll(/\]\(\.\.\/runbooks\/([\w.-]+)\)/g)].map(([, file = '']) => file);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((file) => !existsSync(`${root}docs/runbooks/${file}`))).toEqual([]);
});
