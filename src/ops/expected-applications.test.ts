import { expect, it } from 'vitest';
import { SimDisk } from '../sim/disk.ts';
import { expectedApplications } from './expected-applications.ts';

const application = (name: string, wave: number): string => `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: ${name}\n  annotations: {argocd.argoproj.io/sync-wave: "${wave}"}\n`;

it('the applications of a cluster in waves, and last the one that holds them', async () => {
  const tree = new SimDisk();
  tree.files.set('kubernetes/clusters/c/applications/b.yaml', application('c-b', 2));
  tree.files.set('kubernetes/clusters/c/applications/a.yaml', `${application('c-a', 0)}---\nkind: Other\n`);
  tree.files.set('kubernetes/clusters/d/applications/a.yaml', application('d-a', 0));
  expect(await expectedApplications(tree, 'c')).toEqual([{ name: 'c-a', wave: 0 }, { name: 'c-b', wave: 2 }, { name: 'c-platform', wave: 3 }]);
});

it('a cluster without applications has nothing to wait for', async () => expect(await expectedApplications(new SimDisk(), 'c')).toEqual([]));
