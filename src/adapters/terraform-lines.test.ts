import { describe, expect, it } from 'vitest';
import { planSummaryOf, problemsOf, readLine, stateVersionOf } from './terraform-lines.ts';

describe('lines of terraform -json', () => {
  it('reads progress and problems and ignores the rest', () => {
    expect(readLine('{"type":"apply_progress","hook":{"resource":{"addr":"aws_vpc.main"},"action":"create","elapsed_seconds":10}}')).toEqual({ progress: { phase: 'running', address: 'aws_vpc.main', action: 'create', elapsedS: 10 } });
    expect(readLine('{"type":"version","terraform":"1.11.4"}')).toEqual({});
    expect(readLine('not json')).toEqual({});
    const line = '{"type":"diagnostic","diagnostic":{"severity":"error","summary":"Bad","detail":"Because.","address":"aws_vpc.main","range":{"filename":"network.tf","start":{"line":3,"column":5}},"snippet":{"values":[{"statement":"secret"}]}}}';
    expect(readLine(line)).toEqual({ problem: { severity: 'error', summary: 'Bad', detail: 'Because.', address: 'aws_vpc.main', at: { file: 'network.tf', line: 3, column: 5 } } });
  });

  it('finds the error in plain text when Terraform died before speaking JSON', () => {
    expect(problemsOf('', '╷\n│ Error: Could not load plugin\n│ \n│ It is missing.\n╵', 1)).toEqual([{ severity: 'error', summary: 'Could not load plugin', detail: 'It is missing.' }]);
    expect(problemsOf('', '', 137)).toEqual([{ severity: 'error', summary: 'Terraform ended with exit code 137.', detail: '' }]);
  });

  it('keeps actions of a plan and none of its values', () => {
    const change = (address: string, actions: readonly string[], more: object = {}) => ({ address, type: address.split('.')[0], mode: 'managed', change: { actions, before: { password: 'secret' }, after: { password: 'secret' }, ...more } });
    const plan = {
      resource_changes: [
        change('b.made', ['create']),
        change('a.swapped', ['delete', 'create'], { replace_paths: [['subnet', 0, 'id']] }),
        { ...change('c.broken', ['delete', 'create']), action_reason: 'replace_because_tainted' },
        change('d.same', ['no-op']),
        { ...change('e.read', ['read']), mode: 'data' },
      ],
      resource_drift: [{ address: 'a.swapped' }],
      output_changes: { id: { actions: ['no-op'] } },
    };
    const summary = planSummaryOf(JSON.stringify(plan));
    expect(summary).toEqual({
      changes: [
        { address: 'a.swapped', type: 'a', action: 'replace', forcedBy: ['subnet[0].id'] },
        { address: 'b.made', type: 'b', action: 'create' },
        { address: 'c.broken', type: 'c', action: 'replace', tainted: true },
      ],
      drifted: ['a.swapped'],
      outputsChange: false,
    });
    expect(JSON.stringify(summary)).not.toContain('secret');
  });

  it('counts the managed objects of a state; an empty one was never applied', () => {
    expect(stateVersionOf('\n')).toBeUndefined();
    expect(stateVersionOf(JSON.stringify({ lineage: 'l', serial: 4, resources: [{ mode: 'managed', instances: [{}, {}] }, { mode: 'data', instances: [{}] }] }))).toEqual({ lineage: 'l', serial: 4, resources: 2, protected: [] });
  });

  it('names what AWS refuses to delete, in every spelling of the provider', () => {
    const one = (type: string, name: string, attributes: object, more: object = {}) => ({ mode: 'managed', type, name, instances: [{ attributes, ...more }] });
    const resources = [
      one('aws_eks_cluster', 'main', { deletion_protection: true }),
      one('aws_eks_cluster', 'open', { deletion_protection: false }),
      one('aws_dynamodb_table', 'features', { deletion_protection_enabled: true }, { index_key: 'online' }),
      { ...one('aws_lb', 'edge', { enable_deletion_protection: true }), module: 'module.web' },
      { ...one('aws_eks_cluster', 'read', { deletion_protection: true }), mode: 'data' },
    ];
    expect(stateVersionOf(JSON.stringify({ lineage: 'l', serial: 1, resources }))?.protected).toEqual(['aws_dynamodb_table.features["online"]', 'aws_eks_cluster.main', 'module.web.aws_lb.edge']);
  });
});
