import type { AwsFault, ProviderProblem } from '../problem.ts';
import type { AccountStore, SimObject } from '../store/store.ts';
import type { Attributes, Value } from '../values.ts';

/** The account as one provider configuration sees it. */
export interface Account {
  readonly accountId: string;
  readonly partition: string;
  /** Region of the provider configuration. */
  readonly region: string;
  readonly defaultTags: Readonly<Record<string, string>>;
  readonly store: AccountStore;
  /** ISO 8601, seconds. */
  now(): string;
}

/** One object about to be made or changed. */
export interface Change {
  readonly type: string;
  /** Region of the object. */
  readonly region: string;
  /** Planned attributes; what is computed may be unknown. */
  readonly planned: Attributes;
  /** Undefined on create. */
  readonly prior: Attributes | undefined;
  /** Write-only arguments that AWS has: those of this change, or of an earlier one. */
  readonly writeOnly: Attributes;
  readonly account: Account;
  /** Digits and letters that are the same for the same configuration, e.g. hex(17); different for different `salt`. */
  hex(length: number, salt?: string): string;
  /** Like `hex`, of A–Z and 0–9. */
  letters(length: number, salt?: string): string;
  /** Makes an object that AWS makes along with this one. It vanishes with it. */
  spawn(type: string, id: string, attributes: Attributes): void;
}

/** Says in one sentence fragment what is wrong with a value, or nothing. */
export type Validator = (value: Value) => string | undefined;

/** What the path of a value must point at. */
export interface Reference {
  /** Dotted path of the values, e.g. "vpc_config.subnet_ids". */
  readonly path: string;
  readonly type: string;
  /** Attribute of the target that the value names; default "id". */
  readonly by?: string;
  /** Global services, or another region than the object's. */
  readonly anywhere?: boolean;
  fault(value: string): AwsFault;
}

/** What the schema does not say of one resource type. */
export interface ResourceModel {
  /** Where the facts of this table were read. */
  readonly source: string;
  /** "EC2 VPC": what the provider calls it in its errors. */
  readonly label: string;
  /** Computed attribute that names the object, for types without `id`. */
  readonly idAttribute?: string;
  /** Dotted paths whose change replaces the object. */
  readonly forceNew?: readonly string[];
  /** Paths that force a replacement only for some changes. */
  forceNewIf?(prior: Attributes, planned: Attributes): readonly string[];
  /** Defaults of optional arguments, by dotted path. */
  readonly defaults?: Readonly<Record<string, Value>>;
  /** Optional blocks that AWS fills when they are not written. */
  readonly computedBlocks?: readonly string[];
  /** Computed attributes that change when one of the given arguments ("*": any but tags) does. */
  readonly recompute?: Readonly<Record<string, readonly string[]>>;
  /** Checks of single known values, by dotted path. */
  readonly rules?: Readonly<Record<string, Validator>>;
  readonly conflicts?: readonly (readonly string[])[];
  readonly exactlyOne?: readonly (readonly string[])[];
  /** Checks of the whole configuration; values may be unknown. */
  validate?(config: Attributes): readonly ProviderProblem[];
  readonly references?: readonly Reference[];
  /** IAM keeps keys that differ only in case apart nowhere; default rules are those of most services. */
  readonly tagRules?: 'iam' | 'default';
  /** What the user knows the object by in errors; default: the name, else the id. */
  name?(attributes: Attributes): string;
  /** Refusals that need the rest of the account. */
  refuse?(change: Change): AwsFault | undefined;
  /** Computed attributes. `id` must be among them on create. On update it is called again with the same id in `planned`. */
  compute(change: Change): Attributes;
  /** Refusals of deletion. */
  blockers?(object: SimObject, account: Account): AwsFault | undefined;
  /** Objects that Terraform only adopts: deleting the resource leaves the object. */
  readonly isAdopted?: boolean;
  /** True where a second create of the same id changes the object and is not refused (tags, default security group…). */
  readonly isShared?: boolean;
}

/** Answers of one data source. Throws an `Error` with the provider's words when it finds nothing. */
export interface DataModel {
  readonly source: string;
  /** `config` is wholly known. Gives all attributes that were not configured. */
  read(config: Attributes, account: Account): Attributes;
  validate?(config: Attributes): readonly ProviderProblem[];
}

/** Answers of one ephemeral resource. Throws an `Error` with the provider's words when there is no answer. */
export interface EphemeralModel {
  readonly source: string;
  /** `config` is wholly known. Gives all attributes that were not configured. */
  open(config: Attributes, account: Account): Attributes;
  validate?(config: Attributes): readonly ProviderProblem[];
}
