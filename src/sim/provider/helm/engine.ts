import { Engine } from '../engine/engine.ts';
import type { Answer, EngineWorld, Models, ProviderHooks } from '../engine/engine.ts';
import type { AccountStore, SimObject } from '../store/store.ts';
import { GLOBAL_REGION } from '../store/store.ts';
import { text } from '../values.ts';
import type { Attributes } from '../values.ts';
import type { HelmPort } from './release.ts';
import { releaseOf } from './release.ts';

/** The account's store as one cluster sees it: releases of other clusters have the same ids, so the API server's address takes the place of the region. */
export function clusterStore(store: AccountStore, kubeHost: string): AccountStore {
  const place = (region: string): string => (region === GLOBAL_REGION ? kubeHost : region);
  return {
    get: (type, region, id) => store.get(type, place(region), id),
    list: (type) => store.list(type).filter((o) => o.region === kubeHost),
    all: () => store.all(),
    put: (object) => store.put({ ...object, region: place(object.region) }),
    delete: (type, region, id) => store.delete(type, place(region), id),
    close: () => store.close(),
  };
}

/** Installs and removes releases through the port as their objects come and go. */
export function helmHooks(helm: HelmPort, kubeHost: string, now: () => number): ProviderHooks {
  const install = async (object: SimObject): Promise<Attributes> => {
    const release = releaseOf(object.attributes, kubeHost);
    const { status, version, manifest } = await helm.install(release);
    const at = Math.floor(now() / 1000);
    const revision = Number(object.attributes['revision'] ?? 1);
    return {
      status, version, manifest: manifest ?? '',
      metadata: { app_version: '', chart: release.chart.split('/').at(-1) ?? '', first_deployed: at, last_deployed: at, name: release.name, namespace: release.namespace, notes: '', revision, values: '', version },
    };
  };
  return {
    afterCreate: (_type, object) => install(object),
    afterUpdate: (_type, object) => install(object),
    beforeDelete: (_type, object) => helm.uninstall(releaseOf(object.attributes, kubeHost)),
  };
}

/** The engine of the helm provider: a release that the cluster no longer has is gone. */
export class HelmEngine extends Engine {
  readonly #helm: HelmPort;
  readonly #kubeHost: string;
  readonly #store: AccountStore;

  constructor(models: Models, world: EngineWorld, helm: HelmPort, kubeHost: string) {
    super(models, world);
    this.#helm = helm;
    this.#kubeHost = kubeHost;
    this.#store = world.account.store;
  }

  override async read(type: string, state: Attributes): Promise<Answer<Attributes | null>> {
    const found = await super.read(type, state);
    if (found.value === null || found.problems.length > 0 || (await this.#helm.read(releaseOf(found.value, this.#kubeHost)))) return found;
    this.#store.delete(type, GLOBAL_REGION, text(state['id']) ?? '');
    return { value: null, problems: [] };
  }
}
