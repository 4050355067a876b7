import { describe, expect, it } from 'vitest';
import { exampleCluster, objectsOf, planned } from '../../test/fixtures/planned-components.ts';
import { validateObject } from '../verify/kubernetes/schemas.ts';
import { fits, poolsOf } from './karpenter-pool.ts';
import { karpenter } from './karpenter.ts';

const dev = exampleCluster('dev');
const objects = (pools: unknown) => objectsOf(planned('karpenter', dev, { pools }), 'karpenter-pools');
const object = (pools: unknown, kind: string, name: string) => objects(pools).find((one) => one.kind === kind && one.metadata.name === name);
const refusal = (pool: unknown): string => (karpenter.settings.safeParse({ pools: { general: pool } }).error?.issues ?? []).map(({ path, message }) => `${path.join('.')} ${message}`).join('; ');

/** Everything that can be said of a pool. */
const whole = {
  capacity_types: ['on-demand'], architectures: ['arm64'], families: ['m8g', 'c8g'], exclude_families: ['c8gd'], sizes: ['4xlarge', '8xlarge'], newer_than_generation: 7, cpus: { min: 8, max: 64 },
  zones: [dev.zones[0]], labels: { team: 'science' }, taints: [{ key: 'team', value: 'science' }], limits: { cpu: 100, memory_gib: 400 }, weight: 20, consolidation: 'WhenEmpty', consolidate_after_minutes: 30,
  budgets: [{ nodes: '0', schedule: '0 8 * * mon-fri', hours: 10 }, { nodes: '2', reasons: ['Empty'] }], expire_after_hours: 'never', ami: 'bottlerocket@v1.40.0', volume: { size_gib: 200, iops: 4000, throughput: 250 },
};

describe('pools of nodes', () => {
  it('are general and gpu, which stay when another comes and go when told', () => {
    const names = (pools: unknown) => objects(pools).filter(({ kind }) => kind === 'NodePool').map(({ metadata }) => metadata.name);
    expect(names({})).toEqual(['general', 'gpu']);
    expect(names({ batch: { capacity_types: ['spot'] }, general: { weight: 5 } })).toEqual(['general', 'gpu', 'batch']);
    expect(names({ gpu: { enabled: false } })).toEqual(['general']);
  });

  it('are objects that the definitions of Karpenter allow, whatever is said of them', () => {
    for (const one of [...objects({}), ...objects({ science: whole, trainers: { ...whole, nvidia: true, architectures: ['amd64'], families: ['p5'], expire_after_hours: 24 } })]) expect(validateObject(one), one.metadata.name).toEqual([]);
  });

  it('say everything that the configuration says', () => {
    expect(object({ science: whole }, 'NodePool', 'science')?.['spec']).toMatchObject({
      weight: 20,
      limits: { cpu: '100', memory: '400Gi' },
      disruption: { consolidationPolicy: 'WhenEmpty', consolidateAfter: '30m', budgets: [{ nodes: '0', schedule: '0 8 * * mon-fri', duration: '10h' }, { nodes: '2', reasons: ['Empty'] }] },
      template: {
        metadata: { labels: { team: 'science' } },
        spec: {
          expireAfter: 'Never', nodeClassRef: { name: 'science' }, taints: [{ key: 'team', value: 'science', effect: 'NoSchedule' }],
          requirements: expect.arrayContaining([
            { key: 'karpenter.k8s.aws/instance-family', operator: 'In', values: ['m8g', 'c8g'] },
            { key: 'karpenter.k8s.aws/instance-family', operator: 'NotIn', values: ['c8gd'] },
            { key: 'karpenter.k8s.aws/instance-size', operator: 'In', values: ['4xlarge', '8xlarge'] },
            { key: 'karpenter.k8s.aws/instance-cpu', operator: 'Gte', values: ['8'] },
            { key: 'karpenter.k8s.aws/instance-cpu', operator: 'Lte', values: ['64'] },
            { key: 'topology.kubernetes.io/zone', operator: 'In', values: [dev.zones[0]] },
          ]) as object[],
        },
      },
    });
    // Bottlerocket's containers are on its second volume.
    expect(object({ science: whole }, 'EC2NodeClass', 'science')?.['spec']).toMatchObject({ amiSelectorTerms: [{ alias: 'bottlerocket@v1.40.0' }], blockDeviceMappings: [{ deviceName: '/dev/xvdb', ebs: { volumeSize: '200Gi', iops: 4000, throughput: 250, encrypted: true } }] });
  });

  it('keep pods off GPUs that ask for none, in pools of one\'s own too', () => {
    const spec = object({ trainers: { nvidia: true, families: ['p5'] } }, 'NodePool', 'trainers')?.['spec'] as { template: { spec: { taints: readonly { key: string }[] } }; limits: object };
    expect(spec.template.spec.taints.map(({ key }) => key)).toEqual(['nvidia.com/gpu', 'workload-type']);
    expect(spec.limits).toEqual({ 'nvidia.com/gpu': '100' });
    expect(JSON.stringify(object({ batch: {} }, 'NodePool', 'batch'))).toContain('{"key":"karpenter.k8s.aws/instance-gpu-count","operator":"DoesNotExist"}');
  });

  it('are refused where they would hold nodes for ever, name what EC2 has not, or ask a volume for what it can not do', () => {
    expect(refusal({ budgets: [{ nodes: '0' }] })).toContain('a share above zero');
    expect(refusal({ budgets: [{ nodes: '0%', schedule: '@daily', hours: 24 }] })).toContain('a share above zero');
    expect(refusal({ budgets: [{ nodes: '0', schedule: '0 * * * *', hours: 1 }] })).toContain('a share above zero');
    expect(refusal({ budgets: [{ nodes: '0', schedule: '@daily', hours: 23 }] })).toBe('');
    expect(refusal({ budgets: [{ nodes: '5', hours: 3 }] })).toContain('needs both');
    expect(refusal({ families: ['m77i'] })).toContain('is not an instance family of EC2');
    expect(refusal({ families: ['m7i'], categories: ['m'] })).toContain('families alone say it');
    expect(refusal({ volume: { iops: 3000, throughput: 1000 } })).toContain('more than gp3 can do');
    expect(refusal({ ami: 'al2@v1' })).toContain('is not a release of an image');
  });

  it('fit types as Karpenter reads their names', () => {
    const pool = (said: object) => poolsOf(karpenter.settings.parse({ pools: { one: said } })).find(({ name }) => name === 'one') ?? expect.fail();
    const type = (name: string, gpus = 0) => ({ type: name, vcpus: 4, memoryGib: 16, usdPerHour: 1, gpus });
    expect(fits(pool({}), type('m7g.xlarge'))).toBe(true);
    expect(fits(pool({}), type('m5.xlarge'))).toBe(false);
    expect(fits(pool({ architectures: ['amd64'] }), type('c7gn.xlarge'))).toBe(false);
    expect(fits(pool({ architectures: ['arm64'] }), type('r8g.xlarge'))).toBe(true);
    expect(fits(pool({ architectures: ['amd64'], families: ['u7in-16tb'] }), type('u7in-16tb.224xlarge'))).toBe(true);
    expect(fits(pool({ nvidia: true, categories: ['g'] }), type('gr6.4xlarge', 1))).toBe(false);
    expect(fits(pool({ nvidia: true, families: ['gr6'] }), type('gr6.4xlarge', 1))).toBe(true);
  });
});
