import { z } from 'zod';

type Known = Readonly<Record<number, { readonly revision: number }>>;

/** `id`, `id:revision` or `id:latest`, in parts; a revision that is not said is the one that is known, 0 where none is. Pure. */
export const revisionOf = (asked: string | number, known: Known): { readonly id: number; readonly revision: number } => {
  const [id = '', revision = 'latest'] = String(asked).split(':');
  return { id: Number(id), revision: revision === 'latest' ? (known[Number(id)]?.revision ?? 0) : Number(revision) };
};

/** Dashboards of grafana.com. A build has no network, so "latest" can only be a revision that the catalogue knows. */
export const dashboardIds = (known: Known) =>
  z.array(z.union([z.string().regex(/^[1-9]\d*(:([1-9]\d*|latest))?$/, { error: 'is not "<id>", "<id>:<revision>" or "<id>:latest"' }), z.int().positive()])
    .superRefine((asked, context) => {
      const { id, revision } = revisionOf(asked, known);
      if (revision === 0) context.addIssue({ code: 'custom', message: `names no revision, and the newest one of ${id} is not known here: write "${id}:<revision>", with a number of the list "Revisions" on grafana.com/grafana/dashboards/${id}` });
    }))
    .default(['1860', '315']);
