import type { Root } from '../../stacks/root.ts';
import { align } from './align.ts';
import { printRoot } from './print-root.ts';
import { fill, guarded, shapeOf, stringsOf, templateOf, withHoles } from './template.ts';
import type { RootFile, Template } from './template.ts';
import type { Backend } from './versions.ts';

/** What one root is made of: its backend, and decided data for the construct of its kind. */
export interface RootData<P> {
  readonly backend: Backend;
  readonly props: P;
}

/** Builds a root of one kind from its data. */
export type Build<P> = (props: P) => Root;

/** Renders one root through cdktn, without a template: the reference for `TemplateCache`. */
export const renderDirectly = <P>(build: Build<P>, data: RootData<P>): readonly RootFile[] => {
  const { props, backend } = guarded(data);
  return printRoot(build(props), backend, false).map(({ name, text }) => ({ name, text: align(text, false) }));
};

/**
 * Renders roots of the same shape through cdktn once, with holes for their strings, and fills the holes for each: cdktn's time
 * depends on how many different clusters there are, not on how many. Same bytes as `renderDirectly`. Keep one for each kind of root.
 */
export class TemplateCache<P> {
  readonly #build: Build<P>;
  readonly #templates = new Map<string, Template>();

  constructor(build: Build<P>) {
    this.#build = build;
  }

  /** How many shapes went through cdktn. */
  get shapes(): number {
    return this.#templates.size;
  }

  render(data: RootData<P>): readonly RootFile[] {
    const shape = shapeOf(data);
    let template = this.#templates.get(shape);
    if (template === undefined) {
      const { props, backend } = withHoles(data);
      template = templateOf(printRoot(this.#build(props), backend, true));
      this.#templates.set(shape, template);
    }
    return fill(template, stringsOf(data));
  }
}
