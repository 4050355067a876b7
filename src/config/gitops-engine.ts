import { z } from 'zod';
import type { Diagnostic, Span } from '../diag/diagnostic.ts';
import { problem } from '../diag/problem.ts';

/** What may reconcile a cluster. A cluster has one engine for everything on it: an order or an owner can't span two. */
export const gitopsEngine = z.enum(['argocd', 'flux']);
export type GitopsEngine = z.infer<typeof gitopsEngine>;

interface Engined {
  readonly name: string;
  readonly engine: GitopsEngine;
  readonly at: Span;
}

/** Argo CD reaches its clusters from the hub: without it there, nobody reconciles them. Code: `config/engine-without-hub`. Pure. */
export const withoutHub = (hub: string, clusters: readonly Engined[]): readonly Diagnostic[] =>
  clusters.some(({ name, engine }) => name === hub && engine === 'flux')
    ? clusters.filter(({ engine }) => engine === 'argocd').map(({ name, at }) => problem('config/engine-without-hub', at, `The cluster ${name} is reconciled by Argo CD, but its hub ${hub} runs Flux.`, `Set gitops_engine: flux in its spec too, or gitops_engine: argocd in the spec of ${hub}.`))
    : [];
