import { expect, it } from 'vitest';
import { SimClock } from '../../sim/clock.ts';
import { SimDisk } from '../../sim/disk.ts';
import { terraformObjects } from './terraform-objects.ts';

const state = (type: string, ...ids: readonly string[]): string => JSON.stringify({ version: 4, resources: [{ mode: 'managed', type, instances: ids.map((id) => ({ attributes: { id } })) }, { mode: 'data', type: 'aws_vpc', instances: [{ attributes: { id: 'read' } }] }] });

it('knows the managed objects of every state', async () => {
  const records = new SimDisk();
  records.files.set('state/dev.tfstate', state('aws_kms_key', 'k'));
  records.files.set('state/dev/c/cluster.tfstate', state('aws_subnet', 'a', 'b'));
  records.files.set('state/dev/c/bootstrap.tfstate', '');
  records.files.set('state/dev/d/cluster.tfstate', JSON.stringify({ resources: [{ mode: 'managed', type: 'aws_lb', instances: [{ attributes: { arn: 'x' } }] }] }));
  expect([...(await terraformObjects(records, 'state', new SimClock()))].sort()).toEqual(['aws_kms_key k', 'aws_lb *', 'aws_subnet a', 'aws_subnet b']);
});

it('waits until a terraform that outlived us has written its state', async () => {
  const records = new SimDisk();
  const clock = new SimClock();
  records.files.set('state/.dev.tfstate.lock.info', '{}');
  const asked = terraformObjects(records, 'state', clock);
  await clock.sleep(1_000);
  records.files.set('state/dev.tfstate', state('aws_kms_key', 'k'));
  records.files.delete('state/.dev.tfstate.lock.info');
  expect([...(await asked)]).toEqual(['aws_kms_key k']);
});
