import type { Panel } from '../../model/component.ts';

/** Lists above a dashboard by which what it shows is narrowed. Data source and clusters are above every one. */
export type Filter = 'namespace' | 'node';

/** Panels under one heading, side by side. */
export interface Row {
  readonly title: string;
  /** How many fit beside one another: a divisor of 24. Three when absent. */
  readonly across?: 1 | 2 | 3 | 4 | 6 | 8;
  readonly panels: readonly Panel[];
}

/** One dashboard as the platform describes it; `grafana-json.ts` writes it as Grafana reads it. */
export interface Dashboard {
  /** Part of its address: bookmarks and links keep working for as long as it stays. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Folder it is shown in. */
  readonly folder: 'Platform' | 'Components';
  readonly filters?: readonly Filter[];
  readonly rows: readonly Row[];
  /** Components without which there is nothing to show; where no cluster has one of them there is no such dashboard. */
  readonly needs?: readonly string[];
  /** Components whose own panels are shown here, under a heading of their own, and not in a dashboard of theirs. */
  readonly components?: readonly string[];
}
