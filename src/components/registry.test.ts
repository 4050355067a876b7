import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { componentFiles, registryText } from '../../tools/gen-registry.ts';
import { layers } from '../model/component.ts';
import { components } from './registry.ts';

const byId = new Map(components.map((component) => [component.id, component]));

describe('registry', () => {
  it('is what the folder says; run `npm run gen` after adding a component', () => {
    expect(readFileSync(join(import.meta.dirname, 'registry.ts'), 'utf8')).toBe(registryText(componentFiles()));
  });

  it('names every component as its file', () => {
    expect(components.map((component) => component.id)).toEqual(componentFiles());
  });

  it.each(components.map((component) => [component.id, component] as const))('%s requires only what exists, in its own layer or an earlier one', (_, component) => {
    for (const id of component.requires ?? []) {
      const required = byId.get(id);
      expect(required, id).toBeDefined();
      if (required) expect(layers.indexOf(required.layer)).toBeLessThanOrEqual(layers.indexOf(component.layer));
    }
  });

  it.each(components.map((component) => [component.id, component] as const))('%s has settings that are complete without the user, and documented', (_, component) => {
    expect(() => component.settings.parse({})).not.toThrow();
    for (const [key, schema] of Object.entries(component.settings.shape as Readonly<Record<string, { description?: string }>>)) expect(schema.description, key).toBeTruthy();
  });
});
