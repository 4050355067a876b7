import { AcmCertificate } from '#bindings/aws/acm-certificate.js';
import { AcmCertificateValidation } from '#bindings/aws/acm-certificate-validation.js';
import { Route53Record } from '#bindings/aws/route53-record.js';
import { TerraformLocal } from 'cdktn';
import { Construct } from 'constructs';
import { expression } from './expression.ts';
import { publish } from './published.ts';
import { accepted } from './root.ts';

/** A certificate, decided; either with `proof` or with `authorityArn` or from the environment's own CA. */
export interface CertificateProps {
  readonly name: string;
  readonly region: string;
  readonly domain: string;
  readonly alternativeNames: readonly string[];
  /** Only public ones: the zone that proves the names, and resource name → position of the name among `domain` and `alternativeNames`. */
  readonly proof?: { readonly zoneId: string; readonly records: Readonly<Record<string, number>> };
  /** An existing CA that issues it. */
  readonly authorityArn?: string;
  readonly parameter: string;
}

/** Certificates of ACM, their proofs, and their ARNs in Parameter Store. File `certificates.tf`. */
export class Certificates extends Construct {
  /** Resource name → ARN of the certificate, once it is valid. */
  readonly arns: Readonly<Record<string, string>>;

  /** `ownCa` is the ARN of the environment's own CA, once it can issue. */
  constructor(scope: Construct, each: Readonly<Record<string, CertificateProps>>, ownCa: string | undefined) {
    super(scope, 'certificates');
    this.arns = Object.fromEntries(Object.entries(each).map(([id, props]) => {
      const arn = this.#issue(id, props, ownCa);
      publish(this, `certificate_${id}`, { region: props.region, name: props.parameter, description: `Certificate of ${props.domain}` }, arn);
      return [id, arn];
    }));
  }

  #issue(id: string, props: CertificateProps, ownCa: string | undefined): string {
    const { region, domain, alternativeNames, proof } = props;
    const authority = props.authorityArn ?? ownCa;
    const certificate = new AcmCertificate(this, `acm-certificate.${id}`, {
      region, domainName: domain, subjectAlternativeNames: [domain, ...alternativeNames], tags: { Name: props.name }, lifecycle: { createBeforeDestroy: true },
      ...(proof === undefined && authority !== undefined ? { certificateAuthorityArn: authority } : { validationMethod: 'DNS' }),
    });
    accepted(certificate, { CKV2_AWS_71: 'a wildcard is what the configuration names' });
    if (proof === undefined) return certificate.arn;
    new TerraformLocal(this, `local.${id}_names`, [domain, ...alternativeNames]);
    const records = Object.entries(proof.records).map(([key, at]) => {
      const option = (attribute: string): string =>
        expression(`one([for option in aws_acm_certificate.${id}.domain_validation_options : option.${attribute} if option.domain_name == local.${id}_names[${at}]])`);
      return new Route53Record(this, `route53-record.${id}_${key}`, {
        zoneId: proof.zoneId, name: option('resource_record_name'), type: option('resource_record_type'), records: [option('resource_record_value')], ttl: 300, allowOverwrite: true,
      });
    });
    return new AcmCertificateValidation(this, `acm-certificate-validation.${id}`, { region, certificateArn: certificate.arn, validationRecordFqdns: records.map((record) => record.fqdn) }).certificateArn;
  }
}
