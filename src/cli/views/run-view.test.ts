import { expect, it } from 'vitest';
import type { RunEvent } from '../../ops/events.ts';
import type { RootPlan } from '../../ops/plan-environment.ts';
import { durationText } from './duration.ts';
import { planText } from './plan-view.ts';
import { humanRunView, jsonRunView } from './run-view.ts';

const bare = (text: string): string => text.replace(/\u001b\[[0-9;]*[A-Za-z]/g, '');

const events: readonly RunEvent[] = [
  { format: 1, time: 0, type: 'run-started', run: 'r', kind: 'apply', environment: 'dev', resumed: true, steps: [{ id: 'a', title: 'Applies a', needs: [] }, { id: 'b', title: 'Applies b', needs: ['a'] }] },
  { format: 1, time: 0, type: 'step-started', step: 'a' },
  { format: 1, time: 5, type: 'step-note', step: 'a', text: 'create aws_vpc.main' },
  { format: 1, time: 9, type: 'step-failed', step: 'a', ms: 65_000, diagnostics: [] },
  { format: 1, time: 9, type: 'step-blocked', step: 'b', by: 'a' },
];

it('tells people what ran, for how long, and what was not begun because of what', () => {
  let said = '';
  const view = humanRunView({ say: (t) => (said += t), isLive: false, columns: 80 }, () => 0);
  events.forEach((e) => view.event(e));
  view.close();
  expect(bare(said)).toBe('Continues r.\n▸ Applies a\n✗ Applies a (1 min 05 s)\n· Applies b: not begun, because of: Applies a\n');
});

it('redraws what runs on a live terminal and leaves nothing of it behind', () => {
  let said = '';
  const view = humanRunView({ say: (t) => (said += t), isLive: true, columns: 30 }, () => 1_000);
  events.slice(0, 2).forEach((e) => view.event(e));
  view.event({ format: 1, time: 1_000, type: 'step-done', step: 'a', summary: '3 created', unchanged: false, ms: 1_000 });
  view.close();
  expect(bare(said).trimEnd().split('\n').at(-1)).toBe('✓ Applies a: 3 created (1.0 s)');
});

it('prints one JSON object per event for programs', () => {
  let said = '';
  const view = jsonRunView((t) => (said += t));
  events.forEach((e) => view.event(e));
  expect(said.trim().split('\n').map((l) => JSON.parse(l) as RunEvent)).toEqual(events);
});

it('shows counts per root, everything that is more than a creation, and what is not planned yet', () => {
  const plans: readonly RootPlan[] = [
    {
      root: 'terraform/environments/dev', label: 'dev foundation',
      plan: { format: 1, root: 'terraform/environments/dev', time: 0, destroy: false, configuration: '', state: 'none', summary: { drifted: [], outputsChange: false, changes: [{ address: 'aws_kms_key.a', type: 'aws_kms_key', action: 'create' }, { address: 'aws_vpc.b', type: 'aws_vpc', action: 'replace', forcedBy: ['cidr_block'] }] } },
    },
    { root: 'x', label: 'dev-1/cluster', waitsFor: ['dev foundation'] },
  ];
  expect(bare(planText(plans))).toBe(
    ['  dev foundation: 1 to create, 1 to replace', '    ± replace aws_vpc.b because of cidr_block  holds state', '  dev-1/cluster: not planned yet: needs dev foundation', 'Plan: 1 to create, 1 to replace; 1 roots are planned once what they need is there.'].join('\n'),
  );
});

it('writes durations as people do', () => {
  expect([400, 12_300, 185_000].map(durationText)).toEqual(['0.4 s', '12 s', '3 min 05 s']);
});
