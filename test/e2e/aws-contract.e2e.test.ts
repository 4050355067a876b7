import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe } from 'vitest';
import { realAws } from '../../src/adapters/aws.ts';
import { localAws } from '../../src/local/run/local-aws.ts';
import { SimAws } from '../../src/sim/aws.ts';
import { MemoryStore } from '../../src/sim/provider/store/memory-store.ts';
import { GLOBAL_REGION } from '../../src/sim/provider/store/store.ts';
import type { SimObject } from '../../src/sim/provider/store/store.ts';
import { pythonProgram } from '../../tools/python-program.ts';
import { seedMoto } from '../contract/seed-moto.ts';
import { awsContract, awsNamesContract, seededBudget, seededNames } from '../contract/aws.ts';
import type { SeededQueue } from '../contract/aws.ts';
import type { NamedKind } from '../../src/ports/aws.ts';

const accountId = '123456789012';
const arnOf = ({ region, name }: SeededQueue): string => `arn:aws:sqs:${region}:${accountId}:${name}`;

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((done) => { server.listen(0, '127.0.0.1', done); });
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => { server.close(done); });
  return port;
};

describe('moto, an emulator of AWS that others wrote', () => {
  const before = { ...process.env };
  let moto: ChildProcess | undefined;
  let endpoint = '';
  /** A call of SQS's query protocol; moto takes the region from the signature's scope and checks no signature. */
  const sqs = async (region: string, fields: Readonly<Record<string, string>>): Promise<void> => {
    const answer = await fetch(endpoint, { method: 'POST', body: new URLSearchParams({ ...fields, Version: '2012-11-05' }), headers: { authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${region}/sqs/aws4_request, SignedHeaders=host, Signature=0` } });
    if (!answer.ok) throw new Error(`${fields['Action'] ?? ''}: ${answer.status} ${await answer.text()}`);
  };

  beforeAll(async () => {
    const port = await freePort();
    endpoint = `http://127.0.0.1:${port}`;
    moto = spawn(await pythonProgram('moto[server]==5.2.5', 'moto_server'), ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    for (let i = 0; ; i += 1) {
      const isUp = await fetch(`${endpoint}/moto-api/`).then(({ ok }) => ok, () => false);
      if (isUp) break;
      if (i > 300 || moto.exitCode !== null) throw new Error('moto did not start');
      await new Promise((done) => { setTimeout(done, 100); });
    }
    Object.assign(process.env, { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_EC2_METADATA_DISABLED: 'true' });
  });
  afterAll(() => {
    moto?.kill();
    process.env = before;
  });

  awsContract(async (queues) => {
    await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
    for (const { region, name, tags } of queues) {
      const tagged = Object.entries(tags).flatMap(([key, value], i) => [[`Tag.${i + 1}.Key`, key], [`Tag.${i + 1}.Value`, value]]);
      await sqs(region, { Action: 'CreateQueue', QueueName: name, ...(Object.fromEntries(tagged) as Record<string, string>) });
    }
    return realAws('us-east-1');
  });
  awsNamesContract(async () => {
    await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
    await seedMoto();
    return realAws('us-east-1');
  });
});

const seeds = Object.entries(seededNames) as readonly (readonly [NamedKind, (typeof seededNames)[NamedKind]])[];

describe('the account in memory', () => {
  awsContract(async (queues) => {
    const aws = new SimAws(accountId);
    aws.resources.push(...queues.map((queue) => ({ arn: arnOf(queue), kind: 'sqs', region: queue.region, tags: queue.tags })));
    return aws;
  });
  awsNamesContract(async () => {
    const aws = new SimAws(accountId);
    const isGlobal = (kind: NamedKind): boolean => /^(iam|route53|s3):/.test(kind);
    for (const [kind, { name, other, state }] of seeds)
      for (const one of [name, other]) aws.byName.push({ kind, name: one, arn: `arn:aws:${kind.replace(':', ':us-east-1:')}/${one}`, state, region: isGlobal(kind) ? 'global' : 'us-east-1' });
    aws.budgets.set(seededBudget.name, { limit: seededBudget.limit, actual: 0, currency: 'USD' });
    return aws;
  });
});

describe('the account of the simulated provider', () => {
  awsContract(async (queues) => {
    const store = new MemoryStore();
    for (const queue of queues) store.put({ type: 'aws_sqs_queue', region: queue.region, id: queue.name, attributes: { arn: arnOf(queue), tags_all: queue.tags }, origin: 'terraform' });
    return localAws(store, accountId, 'aws');
  });
  awsNamesContract(async () => {
    const store = new MemoryStore();
    const put = (type: string, id: string, attributes: Readonly<Record<string, unknown>>, region = 'us-east-1'): void => store.put({ type, region, id, attributes: { arn: `arn:aws:${type.split('_')[1] ?? ''}:${region}:${accountId}:${id}`, ...attributes } as SimObject['attributes'], origin: 'terraform' });
    for (const which of ['name', 'other'] as const) {
      const named = (kind: NamedKind): string => seededNames[kind][which];
      put('aws_eks_cluster', named('eks:cluster'), { name: named('eks:cluster'), status: 'ACTIVE' });
      put('aws_iam_role', named('iam:role'), { name: named('iam:role') }, GLOBAL_REGION);
      put('aws_iam_instance_profile', named('iam:instance-profile'), { name: named('iam:instance-profile') }, GLOBAL_REGION);
      put('aws_kms_key', `key-${which}`, {});
      put('aws_kms_alias', named('kms:alias'), { name: named('kms:alias'), target_key_id: `key-${which}` });
      put('aws_db_instance', named('rds:db'), { identifier: named('rds:db'), status: 'available' });
      put('aws_route53_zone', `Z${which}`, { name: named('route53:hostedzone'), vpc: [{ vpc_id: 'vpc-1' }] }, GLOBAL_REGION);
      put('aws_s3_bucket', named('s3:bucket'), { bucket: named('s3:bucket') });
    }
    put('aws_budgets_budget', seededBudget.name, { name: seededBudget.name, limit_amount: String(seededBudget.limit), limit_unit: 'USD' }, GLOBAL_REGION);
    return localAws(store, accountId, 'aws');
    // Instances are the local world's nodes, not objects of the simulated account.
  }, seeds.map(([kind]) => kind).filter((kind) => kind !== 'ec2:instance'));
});
