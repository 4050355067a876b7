import type { Diagnostic } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';
import type { ComponentEntries } from './component-settings.ts';
import type { ResolvedEnvironment } from './environments.ts';
import type { GitopsEngine } from './gitops-engine.ts';
import { mappingOr } from './plain-data.ts';

/** Settings of a component that belongs to an engine which no cluster of the environment has: they would do nothing, without a word. Code: `config/idle-component`. Pure. */
export const idleComponents = ({ raw, origin }: Pick<ResolvedEnvironment, 'raw' | 'origin'>, entries: ComponentEntries, clusters: readonly { readonly engine: GitopsEngine }[]): readonly Diagnostic[] =>
  Object.entries(mappingOr(raw['components'])).flatMap(([id, own]) => {
    const engine = entries.get(id)?.engine;
    const keys = Object.keys(mappingOr(own)).filter((key) => key !== 'enabled');
    if (engine === undefined || keys.length === 0 || clusters.length === 0 || clusters.some((cluster) => cluster.engine === engine)) return [];
    const found = [...new Set(clusters.map((cluster) => cluster.engine))].join(' and ');
    return [problem('config/idle-component', origin.source.span([...origin.path, 'components', id], 'key'), `${origin.name}.components.${id} sets ${keys.join(', ')}, which do nothing: it is a part of ${engine}, and the clusters are reconciled by ${found}.`, `Remove them, or set gitops_engine: ${engine}.`)];
  });
