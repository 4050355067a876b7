/**
 * Writes catalog/schema/<provider>-<version>.json.gz: the true schema of the types listed in catalog/schema/types.json.
 * Needs npm, tar and Go (it downloads published bindings and one Go module into a temporary folder) and about half a minute.
 * Usage: node tools/extract-schema/main.ts [folder to download into and reuse]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { PROVIDER_VERSIONS, schemaFile } from '../../src/sim/provider/schema/schema-json.ts';
import type { ProviderName, ProviderSchema, Schema } from '../../src/sim/provider/schema/schema-json.ts';
import { overlay } from './overlay.ts';
import type { PrintedSchema } from './overlay.ts';
import { parseBindings } from './parse-bindings.ts';
import type { Bindings } from './parse-bindings.ts';
import { blockOf, providerBlock } from './to-block.ts';

/** Published bindings of each provider, and whether its nested attributes are protocol 6's. */
const BINDINGS: Record<ProviderName, { pkg: string; version: string; protocol6: boolean }> = {
  aws: { pkg: '@cdktn/provider-aws', version: '25.7.0', protocol6: false },
  helm: { pkg: '@cdktf/provider-helm', version: '12.1.2', protocol6: true },
  tls: { pkg: '@cdktf/provider-tls', version: '11.0.1', protocol6: false },
};
const OVERLAY = { module: 'github.com/upbound/provider-aws/v2', version: 'v2.5.0', file: 'config/schema.json', provider: '6.34.0' };

type Types = Record<ProviderName, { resources: string[]; dataSources: string[] }>;
interface Printed {
  provider: PrintedSchema;
  resource_schemas: Record<string, PrintedSchema>;
  data_source_schemas: Record<string, PrintedSchema>;
}

function unpack(work: string, { pkg, version }: { pkg: string; version: string }): string {
  const cwd = join(work, `${pkg.replace(/\W+/g, '-')}-${version}`);
  if (!existsSync(join(cwd, 'package', 'lib'))) {
    mkdirSync(cwd, { recursive: true });
    const archive = execFileSync('npm', ['pack', `${pkg}@${version}`, '--silent'], { cwd, encoding: 'utf8' }).trim();
    // The description of all bindings for other languages is 153 MB and not needed.
    execFileSync('tar', ['-xzf', archive, '--exclude=*.jsii'], { cwd });
  }
  return join(cwd, 'package', 'lib');
}

/** The TypeScript that a published file was compiled from: it is in the source map at its end. */
function typescriptOf(file: string): string {
  const map = /sourceMappingURL=data:application\/json[^,]*,(.*)/.exec(readFileSync(file, 'utf8'))?.[1];
  if (map === undefined) throw new Error(`${file} has no inline source map`);
  return (JSON.parse(Buffer.from(map, 'base64').toString('utf8')) as { sourcesContent: string[] }).sourcesContent.join('\n');
}

function bindingsOf(lib: string, folder: string): Bindings {
  const structs = join(lib, folder, 'index-structs');
  const more = existsSync(structs) ? readdirSync(structs).filter((f) => f.endsWith('.js')).map((f) => join(structs, f)) : [];
  return parseBindings([...more, join(lib, folder, 'index.js')].map(typescriptOf).join('\n'));
}

function olderAwsSchema(): Printed {
  const { module, version, file } = OVERLAY;
  const cwd = mkdtempSync(join(tmpdir(), 'argoeks-overlay-'));
  try {
    const said = JSON.parse(execFileSync('go', ['mod', 'download', '-json', `${module}@${version}`], { cwd, encoding: 'utf8' })) as { Dir: string };
    const { provider_schemas } = JSON.parse(readFileSync(join(said.Dir, file), 'utf8')) as { provider_schemas: Record<string, Printed> };
    const [printed] = Object.values(provider_schemas);
    if (printed === undefined) throw new Error(`${file} holds no provider`);
    return printed;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

function extractProvider(name: ProviderName, work: string, types: Types[ProviderName]): Omit<ProviderSchema, 'ephemeral_resources'> {
  const from = BINDINGS[name];
  const lib = unpack(work, from);
  const printed = name === 'aws' ? olderAwsSchema() : undefined;
  const folder = (type: string): string => type.slice(name.length + 1).replaceAll('_', '-');
  const one = (dir: string, theirs: PrintedSchema | undefined): Schema => {
    const bindings = bindingsOf(lib, dir);
    return overlay({ version: 0, block: blockOf(bindings, bindings.main, from.protocol6) }, theirs);
  };
  const own = bindingsOf(lib, 'provider');
  const resources = types.resources.toSorted().map((t) => [t, one(folder(t), printed?.resource_schemas[t])] as const);
  const data = types.dataSources.toSorted().map((t) => [t, one(`data-${name}-${folder(t)}`, printed?.data_source_schemas[t])] as const);
  const overlaid = printed ? `; sensitive, deprecated, counts and state versions from the Go module ${OVERLAY.module} ${OVERLAY.version} (${OVERLAY.file}, provider ${OVERLAY.provider})` : '';
  return {
    source: `Schema of the Terraform provider ${name} ${PROVIDER_VERSIONS[name]}, read from the published bindings ${from.pkg} ${from.version}${overlaid}. Cut to the types of catalog/schema/types.json. Written by tools/extract-schema; do not edit.`,
    name,
    version: PROVIDER_VERSIONS[name],
    provider: overlay({ version: 0, block: providerBlock(own, own.main, from.protocol6) }, printed?.provider),
    resources: Object.fromEntries(resources),
    data_sources: Object.fromEntries(data),
  };
}

function main(): void {
  const given = process.argv[2];
  const work = given ?? mkdtempSync(join(tmpdir(), 'argoeks-schema-'));
  const types = JSON.parse(readFileSync(new URL('../../catalog/schema/types.json', import.meta.url), 'utf8')) as Types;
  try {
    for (const name of Object.keys(BINDINGS) as ProviderName[]) {
      const schema = extractProvider(name, work, types[name]);
      const packed = gzipSync(JSON.stringify(schema), { level: 9 });
      // Byte 9 of a gzip header names the operating system; zeroed time is Node's default. Both fixed: same bytes everywhere.
      packed[9] = 255;
      writeFileSync(schemaFile(name), packed);
      console.log(`${name} ${schema.version}: ${types[name].resources.length} resources, ${types[name].dataSources.length} data sources, ${packed.length} bytes`);
    }
  } finally {
    if (given === undefined) rmSync(work, { recursive: true, force: true });
  }
}

main();
