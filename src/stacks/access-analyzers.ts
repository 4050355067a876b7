import { AccessanalyzerAnalyzer } from '#bindings/aws/accessanalyzer-analyzer.js';
import { Construct } from 'constructs';
import { because } from './root.ts';

/** Who may look for open doors, and for those that nobody uses. */
export interface AccessAnalyzersProps {
  readonly externalName: string;
  /** Resource name → region. */
  readonly external: Readonly<Record<string, string>>;
  readonly unused?: { readonly region: string; readonly name: string; readonly ageDays: number };
}

/** IAM Access Analyzer. File `access-analyzer.tf`. */
export class AccessAnalyzers extends Construct {
  constructor(scope: Construct, { externalName, external, unused }: AccessAnalyzersProps) {
    super(scope, 'access-analyzer');
    for (const [place, region] of Object.entries(external)) new AccessanalyzerAnalyzer(this, `accessanalyzer-analyzer.${place}`, { region, analyzerName: externalName, type: 'ACCOUNT' });
    if (!unused) return;
    because(new AccessanalyzerAnalyzer(this, 'accessanalyzer-analyzer.unused_access', {
      region: unused.region, analyzerName: unused.name, type: 'ACCOUNT_UNUSED_ACCESS', configuration: { unusedAccess: { unusedAccessAge: unused.ageDays } },
    }), 'Once: what it finds is the same in every region, and each analyzer is billed.');
  }
}
