import type { Construct } from 'constructs';
import { AccessAnalyzers } from './access-analyzers.ts';
import type { AccessAnalyzersProps } from './access-analyzers.ts';
import { AccountDefaults } from './account-defaults.ts';
import type { AccountDefaultsProps } from './account-defaults.ts';
import { AccountTrail } from './account-trail.ts';
import type { AccountTrailProps } from './account-trail.ts';
import { AuditStore } from './audit-store.ts';
import type { AuditStoreProps } from './audit-store.ts';
import { ConfigurationRecorder } from './configuration-recorder.ts';
import type { ConfigurationRecorderProps } from './configuration-recorder.ts';
import { Scanners } from './scanners.ts';
import type { ScannersProps } from './scanners.ts';
import { SecurityHub } from './security-hub.ts';
import type { SecurityHubProps } from './security-hub.ts';
import { ThreatDetection } from './threat-detection.ts';
import type { ThreatDetectionProps } from './threat-detection.ts';

/** Security services of an account; each is absent where no environment asks for it. */
export interface AccountSecurityProps {
  readonly defaults?: AccountDefaultsProps;
  readonly records?: { readonly store: AuditStoreProps; readonly trail?: AccountTrailProps; readonly config?: ConfigurationRecorderProps };
  readonly guardDuty?: ThreatDetectionProps;
  readonly hub?: SecurityHubProps;
  readonly scanners?: ScannersProps;
  readonly analyzers?: AccessAnalyzersProps;
}

/** Adds the security services to the root of an account. */
export const addSecurity = (root: Construct, { defaults, records, guardDuty, hub, scanners, analyzers }: AccountSecurityProps): void => {
  if (defaults) new AccountDefaults(root, defaults);
  const store = records && new AuditStore(root, records.store);
  if (store && records.trail) new AccountTrail(root, records.trail, store);
  const recorder = store && records.config ? new ConfigurationRecorder(root, records.config, store) : undefined;
  if (guardDuty) new ThreatDetection(root, guardDuty);
  if (hub) new SecurityHub(root, hub, recorder?.running ?? new Map());
  if (scanners) new Scanners(root, scanners);
  if (analyzers) new AccessAnalyzers(root, analyzers);
};
