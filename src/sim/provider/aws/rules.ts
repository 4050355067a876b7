import type { Reference, Validator } from '../engine/model.ts';
import type { AwsFault, ProviderProblem } from '../problem.ts';
import type { Attributes } from '../values.ts';

/** Text of `min` to `max` characters that matches the pattern. */
export const textRule = (min: number, max: number, pattern?: RegExp): Validator => (v) => {
  if (typeof v !== 'string') return undefined;
  if (v.length < min || v.length > max) return `expected length of ${min} to ${max} characters, got ${v.length} ("${v}")`;
  return pattern === undefined || pattern.test(v) ? undefined : `invalid value "${v}" (must match ${pattern.source})`;
};

/** One of the given words. */
export const oneOf = (...words: readonly string[]): Validator => (v) =>
  typeof v !== 'string' || words.includes(v) ? undefined : `expected one of [${words.map((w) => `"${w}"`).join(' ')}], got "${v}"`;

/** A number from `min` to `max`. */
export const between = (min: number, max: number): Validator => (v) =>
  typeof v !== 'number' || (v >= min && v <= max) ? undefined : `expected to be in the range (${min} - ${max}), got ${v}`;

/** Network address with a mask of `min` to `max` bits; bits beyond the mask must be zero. */
export const cidrRule = (min = 0, max = 32): Validator => (v) => {
  if (typeof v !== 'string' || v.includes(':')) return undefined;
  const m = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(v);
  const parts = m?.slice(1).map(Number) ?? [];
  const mask = parts[4] ?? 99;
  if (m === null || parts.slice(0, 4).some((p) => p > 255) || mask > 32) return `"${v}" is not a valid IPv4 CIDR block: invalid CIDR address: ${v}`;
  const address = parts.slice(0, 4).reduce((n, p) => n * 256 + p, 0);
  if (address % 2 ** (32 - mask) !== 0) return `"${v}" is not a valid CIDR block; bits beyond the mask must be zero`;
  return mask < min || mask > max ? `expected "${v}" to contain a network Value with between ${min} and ${max} significant bits, got: ${mask}` : undefined;
};

/** JSON text of at most `max` bytes after white space was taken out, as AWS counts it. */
export const jsonRule = (max = Number.POSITIVE_INFINITY): Validator => (v) => {
  if (typeof v !== 'string') return undefined;
  try {
    const size = JSON.stringify(JSON.parse(v)).length;
    return size > max ? `LimitExceeded: the document has ${size} characters, at most ${max} are allowed` : undefined;
  } catch (e) {
    return `contains invalid JSON: ${e instanceof Error ? e.message : String(e)}`;
  }
};

/** An Amazon Resource Name. */
export const arnRule: Validator = (v) => (typeof v !== 'string' || /^arn:[\w-]+:[\w-]+:[\w-]*:(?:\d*|aws):.+/.test(v) ? undefined : `(${v}) is an invalid ARN: arn: invalid prefix`);

/** A fault of EC2's API, which answers 400 to all that it refuses. */
export const ec2Fault = (operation: string, code: string, message: string): AwsFault => ({ service: 'EC2', operation, status: 400, code, message });

/** References that most EC2 objects have. `operation` is the API call that would refuse them. */
export const ec2References = (operation: string) => ({
  vpc: (path: string): Reference => ({ path, type: 'aws_vpc', fault: (v) => ec2Fault(operation, 'InvalidVpcID.NotFound', `The vpc ID '${v}' does not exist`) }),
  subnet: (path: string): Reference => ({ path, type: 'aws_subnet', fault: (v) => ec2Fault(operation, 'InvalidSubnetID.NotFound', `The subnet ID '${v}' does not exist`) }),
  group: (path: string): Reference => ({ path, type: 'aws_security_group', fault: (v) => ec2Fault(operation, 'InvalidGroup.NotFound', `The security group '${v}' does not exist`) }),
  table: (path: string): Reference => ({ path, type: 'aws_route_table', fault: (v) => ec2Fault(operation, 'InvalidRouteTableID.NotFound', `The routeTable ID '${v}' does not exist`) }),
});

/** A write-only argument and its version come together: without a version nobody would notice a new value. */
export const withVersion = (config: Attributes, name: string): ProviderProblem[] => {
  const version = `${name}_version`;
  const [has, hasVersion] = [name, version].map((each) => (config[each] ?? null) !== null);
  return has === hasVersion ? [] : [{ severity: 'error', summary: 'Missing required argument', detail: `"${has ? name : version}": all of \`${name},${version}\` must be specified`, path: [has ? name : version] }];
};
