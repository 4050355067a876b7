export interface CallerIdentity {
  readonly accountId: string;
  readonly arn: string;
}

/** An object in the account, found by its tags. */
export interface TaggedResource {
  readonly arn: string;
  /** CloudFormation-like kind, for example `ec2:network-interface`: service and resource part of the ARN. */
  readonly kind: string;
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Kinds of objects that are looked up by name, with their state: AWS's search by tag either does not know them or goes on naming them when they are gone. */
export type NamedKind = 'ec2:instance' | 'eks:cluster' | 'iam:instance-profile' | 'iam:role' | 'kms:alias' | 'rds:db' | 'route53:hostedzone' | 's3:bucket';

/** An object found by its name. */
export interface NamedResource {
  readonly kind: NamedKind;
  /** Of an instance, its id; of a hosted zone, its domain without the last dot; of an alias, with `alias/`. */
  readonly name: string;
  readonly arn: string;
  /** As AWS spells it: of a cluster `ACTIVE`, of an instance `running`, of the key behind an alias `PendingDeletion`, of a database `available`; of a zone `private` or `public`; `present` where the kind has none. */
  readonly state: string;
}

/** What a budget has seen this month, in its currency. */
export interface Spent {
  readonly limit: number;
  readonly actual: number;
  /** Undefined until AWS has seen enough of the month. */
  readonly forecast?: number;
  readonly currency: string;
}

/** One AWS account. Failures are thrown as `PortError`. Reads only. */
export interface Aws {
  /** True when the account is simulated; every message says so. */
  readonly simulated: boolean;
  callerIdentity(): Promise<CallerIdentity>;
  /** Objects of a region that carry the tag; `value` absent means any value. Sorted by ARN. Global services answer in us-east-1. */
  tagged(region: string, key: string, value?: string): Promise<readonly TaggedResource[]>;
  /** Objects of one kind whose name begins so, sorted by name; instances, by the name of their cluster. Kinds of global services answer the same in every region. */
  named(region: string, kind: NamedKind, prefix: string): Promise<readonly NamedResource[]>;
  /** Spending under a budget; undefined where there is no budget of this name. */
  spent(budget: string): Promise<Spent | undefined>;
  /** All there is, tagged or not; only a simulated account can tell. */
  everything?(): Promise<readonly TaggedResource[]>;
}
