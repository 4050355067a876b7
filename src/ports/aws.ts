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

/** One AWS account. Failures are thrown as `PortError`. Reads only. */
export interface Aws {
  /** True when the account is simulated; every message says so. */
  readonly simulated: boolean;
  callerIdentity(): Promise<CallerIdentity>;
  /** Objects of a region that carry the tag; `value` absent means any value. Sorted by ARN. Global services answer in us-east-1. */
  tagged(region: string, key: string, value?: string): Promise<readonly TaggedResource[]>;
  /** All there is, tagged or not; only a simulated account can tell. */
  everything?(): Promise<readonly TaggedResource[]>;
}
