import type { ConfigConfigurationRecorderStatus } from '#bindings/aws/config-configuration-recorder-status.js';
import { SecurityhubAccount } from '#bindings/aws/securityhub-account.js';
import { SecurityhubStandardsSubscription } from '#bindings/aws/securityhub-standards-subscription.js';
import { Construct } from 'constructs';

/** Resource name of the region → its hub: standards by resource name. */
export type SecurityHubProps = Readonly<Record<string, { readonly region: string; readonly standards: Readonly<Record<string, string>> }>>;

/** Security Hub and the standards it checks. File `security-hub.tf`. */
export class SecurityHub extends Construct {
  /** `recording`: recorders by the resource name of their region; controls fail where nothing is recorded. */
  constructor(scope: Construct, hubs: SecurityHubProps, recording: ReadonlyMap<string, ConfigConfigurationRecorderStatus>) {
    super(scope, 'security-hub');
    for (const [place, { region, standards }] of Object.entries(hubs)) {
      const recorder = recording.get(place);
      const account = new SecurityhubAccount(this, `securityhub-account.${place}`, {
        region, enableDefaultStandards: false, autoEnableControls: true, controlFindingGenerator: 'SECURITY_CONTROL', ...(recorder ? { dependsOn: [recorder] } : {}),
      });
      for (const [id, standardsArn] of Object.entries(standards)) new SecurityhubStandardsSubscription(this, `securityhub-standards-subscription.${place}_${id}`, { region, standardsArn, dependsOn: [account] });
    }
  }
}
