import type { ProviderProblem } from '../problem.ts';
import { first, text, textMap, texts } from '../values.ts';
import type { Attributes } from '../values.ts';

/** What one provider block settles. */
export interface AwsSettings {
  readonly region: string;
  readonly defaultTags: Readonly<Record<string, string>>;
}

/**
 * Reads a provider block; `region` is for blocks that name none. `assume_role` is accepted and ignored: there is one simulated
 * account. Source: hashicorp/terraform-provider-aws internal/provider/sdkv2/provider.go, internal/conns/awsclient.go. Pure.
 */
export function awsSettings(config: Attributes, accountId: string, region: string): { settings: AwsSettings; problems: readonly ProviderProblem[] } {
  const settings: AwsSettings = { region: text(config['region']) ?? region, defaultTags: textMap(first(config['default_tags'])?.['tags']) };
  const allowed = texts(config['allowed_account_ids']);
  const isRefused = (allowed.length > 0 && !allowed.includes(accountId)) || texts(config['forbidden_account_ids']).includes(accountId);
  return { settings, problems: isRefused ? [{ severity: 'error', summary: `AWS account ID not allowed: ${accountId}`, detail: 'The simulated account is not among allowed_account_ids of the provider block.' }] : [] };
}
