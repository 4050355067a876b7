import { describe, expect, it } from 'vitest';
import { overlay } from './overlay.ts';
import { parseBindings } from './parse-bindings.ts';
import { blockOf } from './to-block.ts';

const bindings = `
export interface ThingConfig extends cdktn.TerraformMetaArguments {
  /**
  * Docs at {@link https://host/docs/resources/thing#name Thing#name}
  */
  readonly name: string;
  /**
  * part block
  *
  * Docs at {@link https://host/docs/resources/thing#part Thing#part}
  */
  readonly part?: ThingPart;
}
export interface ThingPart {
  /**
  * Docs at {@link https://host/docs/resources/thing#ids Thing#ids}
  */
  readonly ids?: string[];
}
export class ThingPartOutputReference extends cdktn.ComplexObject {
  // ids - computed: false, optional: true, required: false
  public get ids() {
    return cdktn.Fn.tolist(this.getListAttribute('ids'));
  }
}
export class ThingItemOutputReference extends cdktn.ComplexObject {
  // size - computed: true, optional: false, required: false
  public get size() {
    return this.getNumberAttribute('size');
  }
}
export class Thing extends cdktn.TerraformResource {
  // items - computed: true, optional: false, required: false
  private _items = new ThingItemList(this, "items", false);
  // name - computed: false, optional: false, required: true
  public get name() {
    return this.getStringAttribute('name');
  }
  // secret_wo - computed: false, optional: true, required: false
  /**
  * @deprecated Write-only: never returned
  */
  public get secretWo() {
    return this.getStringAttribute('secret_wo');
  }
  // tags_all - computed: true, optional: false, required: false
  private _tagsAll = new cdktn.StringMap(this, "tags_all");
  // part - computed: false, optional: true, required: false
  private _part = new ThingPartOutputReference(this, "part");
  // SYNTHESIS
  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      part: {
        value: thingPartToHclTerraform(this._part.internalValue),
        isBlock: true,
        type: "list",
        storageClassType: "ThingPartList",
      },
    };
  }
}
`;

describe('reading a schema from bindings', () => {
  const block = blockOf(parseBindings(bindings), 'Thing', false);

  it('tells attributes, their types and flags', () => {
    expect(block.attributes).toEqual({
      items: { type: ['list', ['object', { size: 'number' }]], computed: true },
      name: { type: 'string', required: true },
      secret_wo: { type: 'string', optional: true, write_only: true },
      tags_all: { type: ['map', 'string'], computed: true },
    });
  });

  it('tells blocks from attributes, and counts', () => {
    expect(block.block_types).toEqual({ part: { nesting_mode: 'list', max_items: 1, block: { attributes: { ids: { type: ['set', 'string'], optional: true } } } } });
  });

  it('takes what bindings do not carry from the printed schema, and nothing else', () => {
    const theirs = { version: 3, block: { attributes: { name: { type: 'string', optional: true, sensitive: true }, gone: { type: 'string' } } } } as const;
    const both = overlay({ version: 0, block }, theirs);
    expect(both.version).toBe(3);
    expect(both.block.attributes?.['name']).toEqual({ type: 'string', required: true, sensitive: true });
    expect(both.block.attributes?.['gone']).toBeUndefined();
  });

  it('takes a block that bindings type as any from the printed schema, without the statements that hold statements', () => {
    const ours = { version: 0, block: { attributes: { name: { type: 'string' }, statement: { type: 'dynamic', optional: true } } } } as const;
    const rate = { nesting_mode: 'list', block: { attributes: { limit: { type: 'number' } }, block_types: { scope_down_statement: { nesting_mode: 'list', block: {} } } } } as const;
    const theirs = { version: 0, block: { block_types: { statement: { nesting_mode: 'list', min_items: 1, block: { block_types: { rate, not_statement: { nesting_mode: 'list', block: {} } } } } } } } as const;
    expect(overlay(ours, theirs).block).toEqual({
      attributes: { name: { type: 'string' } },
      block_types: { statement: { nesting_mode: 'list', min_items: 1, block: { block_types: { rate: { nesting_mode: 'list', block: { attributes: { limit: { type: 'number' } }, block_types: {} } } } } } },
    });
  });

  it('stops at a member of an unknown shape', () => {
    expect(() => blockOf(parseBindings(bindings.replace("this.getStringAttribute('name')", 'this.somethingElse()')), 'Thing', false)).toThrow('no known accessor');
  });
});
