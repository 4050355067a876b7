import { addons, isAddonName } from '../../../../catalog/addons.ts';
import type { AddonPin } from '../../../../catalog/addons.ts';
import type { Change } from '../engine/model.ts';
import type { AwsFault } from '../problem.ts';
import { records, text, texts } from '../values.ts';

const invalid = (c: Change, message: string): AwsFault => ({ service: 'EKS', operation: c.prior ? 'UpdateAddon' : 'CreateAddon', status: 400, code: 'InvalidParameterException', message });
const minor = (version: string): number => Number(version.split('.')[1]);

const unlike = (configuration: string, pin: AddonPin | undefined): string | undefined => {
  let values: unknown;
  try {
    values = JSON.parse(configuration);
  } catch {
    return 'the document is neither JSON nor YAML';
  }
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return '$: is not an object';
  const unknown = pin?.closed === true ? Object.keys(values).find((key) => !pin.configurationKeys.includes(key)) : undefined;
  return unknown === undefined ? undefined : `[$.${unknown}: is not defined in the schema and the schema does not allow additional properties]`;
};

/**
 * What EKS refuses of an add-on: names it does not offer, builds for other versions of Kubernetes, configuration it can not read. YAML, which EKS
 * takes too, is not read here. Source: EKS API reference, CreateAddon; the words are those that public issues quote.
 */
export const addonFault = (c: Change): AwsFault | undefined => {
  const name = text(c.planned['addon_name']) ?? '';
  const pin: AddonPin | undefined = Object.values(addons).find((one) => one.name === name);
  const version = text(c.account.store.get('aws_eks_cluster', c.region, text(c.planned['cluster_name']) ?? '')?.attributes['version']) ?? '';
  if (!isAddonName(name)) return invalid(c, `Addon ${name} specified is not supported in ${version} kubernetes version`);
  const range = pin?.kubernetes;
  if (range && version !== '' && (minor(version) < minor(range.from) || (range.to !== undefined && minor(version) > minor(range.to)))) return invalid(c, `Addon ${name} specified is not supported in ${version} kubernetes version`);
  const wrong = unlike(text(c.planned['configuration_values']) || '{}', pin);
  if (wrong !== undefined) return invalid(c, `ConfigurationValue provided in request is not supported: Json schema validation failed with error: ${wrong}`);
  const roles = records(c.planned['pod_identity_association']).flatMap((one) => texts([one['role_arn'] ?? '']));
  const missing = roles.find((role) => !c.account.store.list('aws_iam_role').some((known) => known.attributes['arn'] === role));
  return missing === undefined ? undefined : invalid(c, `Role provided in the request does not exist: ${missing}`);
};
