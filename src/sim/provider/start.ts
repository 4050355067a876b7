import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { awsData } from './aws/data.ts';
import { awsEphemeral } from './aws/ephemeral.ts';
import { awsModels } from './aws/models.ts';
import { awsSettings } from './aws/settings.ts';
import { Engine } from './engine/engine.ts';
import type { EngineWorld, Models, ProviderHooks } from './engine/engine.ts';
import type { Account } from './engine/model.ts';
import { HelmEngine, clusterStore, helmHooks } from './helm/engine.ts';
import type { HelmPort } from './helm/release.ts';
import { kubeHostOf, recordingHelm, releaseModel } from './helm/release.ts';
import { loadSchema } from './schema/schema-json.ts';
import { FaultPlan } from './store/faults.ts';
import type { AccountStore, SimObject } from './store/store.ts';
import { tlsModels } from './tls/provider.ts';
import type { Attributes } from './values.ts';
import { pluginMethods } from './wire/methods.ts';
import type { Connection } from './wire/methods.ts';
import { servePlugin } from './wire/plugin-server.ts';

/** Terraform and OpenTofu complete "hashicorp/aws" with different hosts, and look attached providers up by the full address. */
const REGISTRIES = ['registry.terraform.io', 'registry.opentofu.org'] as const;

/** What the local platform does for real when objects of one type come and go. What is thrown becomes a diagnostic. */
export interface TypeHooks {
  /** What it returns replaces computed attributes (endpoint, certificate_authority…). If it throws, the object stays, tainted. */
  afterCreate?(object: SimObject): Promise<Readonly<Record<string, unknown>> | void>;
  afterUpdate?(object: SimObject): Promise<Readonly<Record<string, unknown>> | void>;
  /** If it throws, the object stays. */
  beforeDelete?(object: SimObject): Promise<void>;
}

/** What the simulated providers work on. */
export interface ProvidersOptions {
  readonly store: AccountStore;
  readonly accountId: string;
  /** Default "aws". */
  readonly partition?: string;
  /** For provider configurations that name none; default "us-east-1". */
  readonly region?: string;
  readonly faults?: FaultPlan;
  /** By resource type. */
  readonly hooks?: Readonly<Record<string, TypeHooks>>;
  /** Default: releases are only recorded. */
  readonly helm?: HelmPort;
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number;
}

/** Providers that listen. */
export interface RunningProviders {
  /** Environment of a terraform process that is to use them. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const byType = (hooks: Readonly<Record<string, TypeHooks>>): ProviderHooks => ({
  types: new Set(Object.keys(hooks)),
  afterCreate: async (type, o) => ((await hooks[type]?.afterCreate?.(o)) ?? undefined) as Attributes | undefined,
  afterUpdate: async (type, o) => ((await hooks[type]?.afterUpdate?.(o)) ?? undefined) as Attributes | undefined,
  beforeDelete: async (type, o) => hooks[type]?.beforeDelete?.(o),
});

function awsConnection(models: Models, world: EngineWorld): Connection {
  return {
    unconfigured: new Engine(models, world),
    configure: (config) => {
      const { settings, problems } = awsSettings(config, world.account.accountId, world.account.region);
      return { engine: new Engine(models, { ...world, account: { ...world.account, ...settings } }), problems };
    },
  };
}

function helmConnection(models: Models, world: EngineWorld, helm: HelmPort, now: () => number): Connection {
  const at = (kubeHost: string): Engine =>
    new HelmEngine(models, { ...world, account: { ...world.account, store: clusterStore(world.account.store, kubeHost) }, hooks: helmHooks(helm, kubeHost, now) }, helm, kubeHost);
  return { unconfigured: at(''), configure: (config) => ({ engine: at(kubeHostOf(config)), problems: [] }) };
}

const tlsConnection = (world: EngineWorld): Connection => ({ unconfigured: new Engine(tlsModels(), world), configure: () => ({ engine: new Engine(tlsModels(), world), problems: [] }) });

/**
 * Starts the AWS, helm and tls providers on Unix sockets inside this process. Each provider configuration that Terraform opens (alias,
 * root) has its own connection, region and tags; all share the account in `store`. `stop` ends them; the store stays open.
 */
export async function startProviders(options: ProvidersOptions): Promise<RunningProviders> {
  const { store, accountId, partition = 'aws', region = 'us-east-1', faults = new FaultPlan(), hooks = {}, helm = recordingHelm(), now = Date.now } = options;
  const account: Account = { accountId, partition, region, defaultTags: {}, store, now: () => `${new Date(now()).toISOString().slice(0, 19)}Z` };
  const aws: Models = { schema: loadSchema('aws'), resources: awsModels, data: awsData, ephemeral: awsEphemeral };
  const charts: Models = { schema: loadSchema('helm'), resources: { helm_release: releaseModel }, data: {} };
  const dir = await mkdtemp(join(tmpdir(), 'sim-'));
  const servers = {
    aws: await servePlugin(join(dir, 'aws'), () => pluginMethods(aws, awsConnection(aws, { account, faults, hooks: byType(hooks) }))),
    helm: await servePlugin(join(dir, 'helm'), () => pluginMethods(charts, helmConnection(charts, { account, faults, hooks: {} }, helm, now))),
    tls: await servePlugin(join(dir, 'tls'), () => pluginMethods(tlsModels(), tlsConnection({ account, faults, hooks: {} }))),
  };
  const reattach = Object.fromEntries(Object.entries(servers).flatMap(([name, { socket }]) =>
    REGISTRIES.map((host) => [`${host}/hashicorp/${name}`, { Protocol: 'grpc', ProtocolVersion: 6, Pid: process.pid, Test: true, Addr: { Network: 'unix', String: socket } }])));
  return {
    env: { TF_REATTACH_PROVIDERS: JSON.stringify(reattach), CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
    stop: async () => {
      for (const server of Object.values(servers)) await server.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
