import type { Aws, CallerIdentity, TaggedResource } from '../ports/aws.ts';

/** An account in memory. */
export class SimAws implements Aws {
  readonly simulated = true;
  readonly resources: TaggedResource[] = [];
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
}
