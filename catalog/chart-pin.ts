/** Where a pinned chart was read. */
export interface ChartSource {
  /** Public git repository, `owner/name` on GitHub. */
  readonly repo: string;
  readonly path: string;
  /** Tag or file that holds this version. */
  readonly ref: string;
  readonly commit: string;
  /** Date of that commit, ISO. */
  readonly date: string;
}

/** One pinned chart. Which values it knows is in `catalog/values/<id>.json`. */
export interface ChartPin {
  readonly name: string;
  /** Chart repository as the project publishes it; `oci://` for an OCI registry. */
  readonly repository: string;
  readonly version: string;
  readonly appVersion: string;
  readonly kubeVersion?: string;
  readonly source: ChartSource;
  /** Who creates the custom resource definitions of `crds`. `none` means the chart has none or is told not to. */
  readonly crdsBy: 'templates' | 'crds-folder' | 'operator' | 'none';
  /** Names of the definitions; schemas in `catalog/crds/`. */
  readonly crds: readonly string[];
  /** Images that our values make it run. */
  readonly images: readonly string[];
  /** What a real render of this chart with our default values gave. */
  readonly rendered?: { readonly objects: number; readonly on: string };
  /** The project has ended: since when, by its own word, and what to do about it. */
  readonly retired?: { readonly since: string; readonly instead: string; readonly source: string };
  /** What looks right in its values and is not. */
  readonly traps: readonly string[];
}
