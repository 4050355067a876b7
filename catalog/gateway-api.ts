import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { chartCrds } from './chart-crds.ts';
import { definitionOf, type KeptDefinition } from './definition.ts';

/**
 * The Gateway API as the pinned Cilium wants it: exactly these kinds of exactly this version, there before its operator starts. Source: cilium/cilium v1.19.6
 * `Documentation/network/servicemesh/gateway-api/installation.rst` and `operator/pkg/gateway-api/cell.go` (`requiredGVKs`, `checkCRDs`). Definitions:
 * kubernetes-sigs/gateway-api v1.4.1 `config/crd/standard`, commit 477d172e6ac5eccb82b65781ddb8f924afec4170. Read on 2026-11-25.
 */
export const gatewayApi = { version: 'v1.4.1', channel: 'standard', crds: chartCrds['gateway-api'] } as const;

const read = (name: string): KeptDefinition => JSON.parse(gunzipSync(readFileSync(new URL(`crds/${name}.json.gz`, import.meta.url))).toString('utf8')) as KeptDefinition;

let definitions: readonly ReturnType<typeof definitionOf>[] | undefined;

/** The definitions as they are applied: with all rules, without prose. Reads the catalogue at the first call; the same objects ever after. */
export const gatewayApiDefinitions = (): readonly ReturnType<typeof definitionOf>[] =>
  (definitions ??= gatewayApi.crds.map((name) => definitionOf(read(name), 'gateway-api', { 'gateway.networking.k8s.io/bundle-version': gatewayApi.version, 'gateway.networking.k8s.io/channel': gatewayApi.channel })));
