import type { Panel } from '../../model/component.ts';
import type { Row } from './dashboard.ts';

/** Place in Grafana's grid: 24 columns, rows of 30 pixels. */
export interface GridPos {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface PlacedRow {
  readonly title: string;
  readonly at: GridPos;
  readonly panels: readonly { readonly panel: Panel; readonly at: GridPos }[];
}

/** Columns of Grafana's grid. Source: `#GridPos` of dashboard_kind.cue. */
export const columns = 24;

const heightOf = ({ kind }: Panel): number => (kind === 'stat' ? 4 : 8);

/** Places panels row by row, each line of panels under the tallest of the one before. Pure. */
export const layout = (rows: readonly Row[]): readonly PlacedRow[] => {
  let y = 0;
  return rows.map(({ title, across = 3, panels }) => {
    const at = { x: 0, y, w: columns, h: 1 };
    y += 1;
    const w = columns / across;
    const lines = Array.from({ length: Math.ceil(panels.length / across) }, (_, i) => panels.slice(i * across, (i + 1) * across));
    const placed = lines.flatMap((line) => {
      const h = Math.max(...line.map(heightOf));
      const top = y;
      y += h;
      return line.map((panel, i) => ({ panel, at: { x: i * w, y: top, w, h } }));
    });
    return { title, at, panels: placed };
  });
};
