import { GuarddutyDetector } from '#bindings/aws/guardduty-detector.js';
import { GuarddutyDetectorFeature } from '#bindings/aws/guardduty-detector-feature.js';
import { Construct } from 'constructs';
import { accepted, because } from './root.ts';

/** Resource name → detector of a region: its features by resource name, with their parts. */
export type ThreatDetectionProps = Readonly<Record<string, {
  readonly region: string;
  readonly features: Readonly<Record<string, { readonly name: string; readonly isOn: boolean; readonly parts: readonly { readonly name: string; readonly isOn: boolean }[] }>>;
}>>;

const statusOf = (isOn: boolean): string => (isOn ? 'ENABLED' : 'DISABLED');

/** GuardDuty. File `guardduty.tf`. */
export class ThreatDetection extends Construct {
  constructor(scope: Construct, detectors: ThreatDetectionProps) {
    super(scope, 'guardduty');
    for (const [place, { region, features }] of Object.entries(detectors)) {
      const detector = accepted(because(new GuarddutyDetector(this, `guardduty-detector.${place}`, { region, enable: true, findingPublishingFrequency: 'FIFTEEN_MINUTES' }),
        'A new detector switches some features on by itself, and one that is no longer named keeps its state: so each is said, on or off.'), { CKV2_AWS_3: 'an organization is not assumed; where there is one, its delegated administrator decides for members' });
      for (const [id, { name, isOn, parts }] of Object.entries(features)) {
        new GuarddutyDetectorFeature(this, `guardduty-detector-feature.${place}_${id}`, {
          region, detectorId: detector.id, name, status: statusOf(isOn), ...(parts.length === 0 ? {} : { additionalConfiguration: parts.map((part) => ({ name: part.name, status: statusOf(part.isOn) })) }),
        });
      }
    }
  }
}
