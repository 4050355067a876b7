import { AcmpcaCertificate } from '#bindings/aws/acmpca-certificate.js';
import { AcmpcaCertificateAuthority } from '#bindings/aws/acmpca-certificate-authority.js';
import { AcmpcaCertificateAuthorityCertificate } from '#bindings/aws/acmpca-certificate-authority-certificate.js';
import { AcmpcaPermission } from '#bindings/aws/acmpca-permission.js';
import { Construct } from 'constructs';
import { because } from './root.ts';

/** A root CA of the environment's own. */
export interface PrivateCaProps {
  readonly name: string;
  readonly region: string;
  readonly commonName: string;
  readonly organization: string;
  readonly keyAlgorithm: string;
  readonly signingAlgorithm: string;
  readonly validityYears: number;
  /** Days in which a deleted CA can be brought back, 7 to 30. */
  readonly restorableDays: number;
  /** The template of a root CA's own certificate. */
  readonly templateArn: string;
}

/** Private root CA with its certificate installed; ACM may issue and renew from it. File `private-ca.tf`. */
export class PrivateCa extends Construct {
  /** ARN of the CA, known once it can issue. */
  readonly arn: string;

  constructor(scope: Construct, props: PrivateCaProps) {
    super(scope, 'private-ca');
    const { region, signingAlgorithm } = props;
    const authority = because(new AcmpcaCertificateAuthority(this, 'acmpca-certificate-authority.root', {
      region, type: 'ROOT', usageMode: 'GENERAL_PURPOSE', permanentDeletionTimeInDays: props.restorableDays, tags: { Name: props.name },
      certificateAuthorityConfiguration: { keyAlgorithm: props.keyAlgorithm, signingAlgorithm, subject: { commonName: props.commonName, organization: props.organization } },
    }), 'ACM can\'t issue from a CA in the cheaper mode for short-lived certificates.');
    const own = new AcmpcaCertificate(this, 'acmpca-certificate.root', {
      region, certificateAuthorityArn: authority.arn, certificateSigningRequest: authority.certificateSigningRequest, signingAlgorithm, templateArn: props.templateArn, validity: { type: 'YEARS', value: `${props.validityYears}` },
    });
    const installed = because(new AcmpcaCertificateAuthorityCertificate(this, 'acmpca-certificate-authority-certificate.root', {
      region, certificateAuthorityArn: authority.arn, certificate: own.certificate, certificateChain: own.certificateChain,
    }), 'Until its certificate is installed, the CA issues nothing.');
    new AcmpcaPermission(this, 'acmpca-permission.acm', { region, certificateAuthorityArn: authority.arn, principal: 'acm.amazonaws.com', actions: ['IssueCertificate', 'GetCertificate', 'ListPermissions'] });
    this.arn = installed.certificateAuthorityArn;
  }
}
