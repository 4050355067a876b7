import { describe, expect, it } from 'vitest';
import type { KubeObject } from '../units/kube-object.ts';
import { isSettled } from './applications.ts';
import { fluxStates } from './flux-state.ts';

const ready = (status: string, message = '', type = 'Ready') => ({ type, status, reason: 'Because', message });

const object = (kind: string, name: string, status: Readonly<Record<string, unknown>>, spec: Readonly<Record<string, unknown>> = {}): KubeObject =>
  ({ apiVersion: 'x/v1', kind, metadata: { name, namespace: 'flux-system', generation: 2 }, spec, status }) as KubeObject;

const well = { observedGeneration: 2, lastAppliedRevision: 'main@1', lastAttemptedRevision: 'main@1', conditions: [ready('True')] };
const one = (status: Readonly<Record<string, unknown>>, release?: Readonly<Record<string, unknown>>) => {
  const [state] = fluxStates('dev-01', [object('Kustomization', 'a', status)], release ? [object('HelmRelease', 'a', release)] : []);
  if (!state) throw new Error('no state');
  return state;
};

describe('the state of a Kustomization', () => {
  it('is well when the newest generation is ready', () => {
    expect(one(well)).toMatchObject({ sync: 'Synced', health: 'Healthy', causes: [] });
    expect(isSettled(one(well))).toBe(true);
  });

  it('is not well while an older generation is', () => {
    expect(isSettled(one({ ...well, observedGeneration: 1 }))).toBe(false);
    expect(one({ ...well, conditions: [ready('True'), ready('True', 'new', 'Reconciling')] }).health).toBe('Progressing');
  });

  it('is out of sync when another revision was tried', () => {
    expect(one({ ...well, lastAttemptedRevision: 'main@2' }).sync).toBe('OutOfSync');
  });

  it('tells what its HelmRelease says first', () => {
    const state = one({ ...well, conditions: [ready('Unknown', 'waits')] }, { observedGeneration: 2, conditions: [ready('False', 'chart is not there')] });
    expect(state).toMatchObject({ health: 'Degraded', causes: ['HelmRelease a: Because: chart is not there', 'Kustomization a: Because: waits'] });
  });

  it('says that nobody has looked, that it is stalled, that it is suspended', () => {
    expect(one({})).toMatchObject({ sync: 'Unknown', health: 'Missing', causes: ['Kustomization a: Flux has not looked at it yet'] });
    expect(one({ conditions: [ready('True', 'never', 'Stalled')] }).health).toBe('Degraded');
    expect(fluxStates('dev-01', [object('Kustomization', 'a', {}, { suspend: true })], [])[0]?.health).toBe('Suspended');
  });
});

it('orders by what is waited for, and does not hang in a circle', () => {
  const after = (name: string, ...needs: readonly string[]) => object('Kustomization', name, well, { dependsOn: needs.map((need) => ({ name: need })) });
  expect(fluxStates('dev-01', [after('c', 'b'), after('a'), after('b', 'a'), after('x', 'y'), after('y', 'x')], []).map(({ name, wave }) => `${name}${wave}`).slice(0, 2)).toEqual(['a0', 'b1']);
});
