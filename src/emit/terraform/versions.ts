import type { BodyPrinter } from './hcl-body.ts';

/** Where a root's state lives: one bucket per account, one key per root. */
export interface Backend {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
}

/** Oldest Terraform that every root needs: `use_lockfile` of the S3 backend is stable since 1.11. Source: Terraform 1.11 changelog. */
export const requiredTerraform = '>= 1.11';

/** Providers in use with the versions the bindings and the schema in `catalog/schema` were made from. */
export const providerPins: Readonly<Record<string, { readonly source: string; readonly version: string }>> = {
  aws: { source: 'registry.terraform.io/hashicorp/aws', version: '~> 6.66' },
  helm: { source: 'registry.terraform.io/hashicorp/helm', version: '~> 3.1' },
};

const pinOf = (name: string) => {
  const pin = providerPins[name];
  if (pin === undefined) throw new Error(`provider ${name} has no pin`);
  return pin;
};

/** The `terraform` block: versions, fully qualified provider sources, and the S3 backend with its lock file. `encrypt` without a key would ask S3 for its own key; left out, the bucket's default, our key, holds. */
export const versionsBlock = (print: BodyPrinter, backend: Backend, providers: readonly string[]): string =>
  print.block('terraform', [
    print.line('required_version', requiredTerraform, '  '),
    '',
    print.block('required_providers', [...new Set(providers)].sort().map((name) => print.line(name, pinOf(name), '    ')), '  '),
    '',
    print.block('backend "s3"', [
      print.line('bucket', backend.bucket, '    '),
      print.line('key', backend.key, '    '),
      print.line('region', backend.region, '    '),
      print.line('use_lockfile', true, '    '),
    ], '  '),
  ], '');
