import type { Absent, Panel } from '../../model/component.ts';
import type { ComponentPlan } from '../../model/plan.ts';
import { apiServer } from './content/api-server.ts';
import { argocdSyncs } from './content/argocd.ts';
import { ciliumHubble } from './content/cilium.ts';
import { cluster } from './content/cluster.ts';
import { cost } from './content/cost.ts';
import { fluxWork } from './content/flux.ts';
import { gpu } from './content/gpu.ts';
import { ingress } from './content/ingress.ts';
import { karpenterNodes } from './content/karpenter.ts';
import { nodes } from './content/nodes.ts';
import { overview } from './content/overview.ts';
import { slo } from './content/slo.ts';
import type { Dashboard, Row } from './dashboard.ts';

/** Dashboards of the platform itself, in the order in which one looks at them. */
export const areas: readonly Dashboard[] = [overview, cluster, nodes, ciliumHubble, karpenterNodes, argocdSyncs, fluxWork, apiServer, ingress, cost, gpu, slo];

type Planned = Pick<ComponentPlan, 'id' | 'dashboards'>;

const given = (panels: readonly Panel[] | Absent): readonly Panel[] => ('absent' in panels ? [] : panels);

const ownRow = ({ id, dashboards }: Planned): readonly Row[] => {
  const panels = given(dashboards);
  return panels.length === 0 ? [] : [{ title: `Component ${id}`, panels }];
};

const ofComponent = (planned: Planned): readonly Dashboard[] => {
  const rows = ownRow(planned);
  return rows.length === 0 ? [] : [{ id: planned.id, title: planned.id, folder: 'Components', description: `What component ${planned.id} shows of itself.`, rows, needs: [planned.id] }];
};

/**
 * Every dashboard of a platform: its areas, each with the panels of the components it speaks of, then one for each further component that has panels.
 * `planned` holds each component once; panels are the same on every cluster by contract (`Panel.expr`). Pure.
 */
export const platformDashboards = (planned: readonly Planned[]): readonly Dashboard[] => {
  const byId = new Map(planned.map((one) => [one.id, one]));
  const shown = areas.filter(({ needs = [] }) => needs.every((id) => byId.has(id)));
  const claimed = new Set(shown.flatMap(({ components = [] }) => components));
  const withOwn = shown.map((area) => ({ ...area, rows: [...area.rows, ...(area.components ?? []).flatMap((id) => ownRow(byId.get(id) ?? { id, dashboards: [] }))] }));
  return [...withOwn, ...planned.toSorted((a, b) => (a.id < b.id ? -1 : 1)).filter(({ id }) => !claimed.has(id)).flatMap(ofComponent)];
};
