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

const traces = 'CDKTN_DISABLE_CREATION_STACK';

/** Builds and prints without cdktn's record of where each token was made: a quarter of the time, and nobody reads it. */
const print = <P>(build: Build<P>, { props, backend }: RootData<P>, holes: boolean): readonly RootFile[] => {
  const before = process.env[traces];
  process.env[traces] = '1';
  try {
    return printRoot(build(props), backend, holes);
  } finally {
    if (before === undefined) delete process.env[traces];
    else process.env[traces] = before;
  }
};

/** Renders one root through cdktn, without a template: the reference for `TemplateCache`. */
export const renderDirectly = <P>(build: Build<P>, data: RootData<P>): readonly RootFile[] =>
  print(build, guarded(data), false).map(({ name, text }) => ({ name, text: align(text, false) }));

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
      template = templateOf(print(this.#build, withHoles(data), true));
      this.#templates.set(shape, template);
    }
    return fill(template, stringsOf(data));
  }
}
