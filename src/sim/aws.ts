import type { Aws, CallerIdentity, NamedKind, NamedResource, Spent, TaggedResource } from '../ports/aws.ts';

/** An account in memory. */
export class SimAws implements Aws {
  readonly simulated = true;
  readonly resources: TaggedResource[] = [];
  /** By region; of global kinds, in `global`. */
  readonly byName: (NamedResource & { readonly region: string })[] = [];
  readonly budgets = new Map<string, Spent>();
  readonly #accountId: string;

  constructor(accountId: string) {
    this.#accountId = accountId;
  }

  async callerIdentity(): Promise<CallerIdentity> {
    return { accountId: this.#accountId, arn: `arn:aws:iam::${this.#accountId}:user/simulated` };
  }

  async tagged(region: string, key: string, value?: string): Promise<readonly TaggedResource[]> {
    return this.resources.filter((r) => r.region === region && key in r.tags && (value === undefined || r.tags[key] === value)).sort((a, b) => (a.arn < b.arn ? -1 : 1));
  }

  async named(region: string, kind: NamedKind, prefix: string): Promise<readonly NamedResource[]> {
    return this.byName.filter((one) => one.kind === kind && (one.region === region || one.region === 'global') && one.name.startsWith(prefix))
      .map(({ name, arn, state }) => ({ kind, name, arn, state })).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  async spent(budget: string): Promise<Spent | undefined> {
    return this.budgets.get(budget);
  }
}
