/**
 * Takes generated binding classes (their TypeScript) apart into tables, without judging them yet.
 * The shapes looked for are those that the binding generator of cdktf and cdktn writes; a member in an unknown
 * shape throws, so that nothing is lost silently.
 */

/** What the interface of a configuration says of one argument. */
export interface InputField {
  readonly name: string;
  readonly optional: boolean;
  /** The documentation comment says that it is a real block and not an attribute. */
  readonly isBlock: boolean;
}

/** Entry of the table that drives HCL output: the container and what it holds. */
export interface HclField {
  readonly type: 'simple' | 'list' | 'set' | 'map' | 'struct' | 'any';
  readonly storage: string;
}

/** One `// name - computed: …` member of a class, with the text of its accessor. */
export interface Member {
  readonly name: string;
  readonly computed: boolean;
  readonly optional: boolean;
  readonly required: boolean;
  readonly text: string;
}

/** A binding file as tables, each by the name of the struct ("EksClusterVpcConfig"; the resource itself: "EksCluster"). */
export interface Bindings {
  readonly main: string;
  readonly inputs: ReadonlyMap<string, readonly InputField[]>;
  readonly hcl: ReadonlyMap<string, ReadonlyMap<string, HclField>>;
  readonly members: ReadonlyMap<string, readonly Member[]>;
}

const DECLARATION = /^export (?:interface|class|function) .*?^\}/gms;

function parseInputs(body: string): InputField[] {
  const fields: InputField[] = [];
  for (const m of body.matchAll(/\/\*\*((?:(?!\*\/).)*)\*\/\s*readonly (\w+)(\??):/gs)) {
    const doc = m[1] ?? '';
    const name = /#(\w+) \w+#\w+\}/.exec(doc)?.[1];
    if (name === undefined) throw new Error(`no argument name in the documentation of ${m[2]}`);
    fields.push({ name, optional: m[3] === '?', isBlock: new RegExp(`^\\s*\\* ${name} block\\.?\\s*$`, 'm').test(doc) });
  }
  return fields;
}

function parseHcl(body: string): Map<string, HclField> {
  const fields = new Map<string, HclField>();
  const entry = /^\s+(\w+): \{\s+value: .*?isBlock: \w+,\s+type: "(\w+)",\s+storageClassType: "(\w*)",/gms;
  for (const m of body.matchAll(entry)) {
    fields.set(m[1] ?? '', { type: m[2] as HclField['type'], storage: m[3] ?? '' });
  }
  return fields;
}

function parseMembers(body: string): Member[] {
  const marks = [...body.matchAll(/^\s*\/\/ (\S+) - computed: (\w+), optional: (\w+), required: (\w+)$/gm)];
  return marks.map((m, i) => ({
    name: m[1] ?? '',
    computed: m[2] === 'true',
    optional: m[3] === 'true',
    required: m[4] === 'true',
    text: body.slice(m.index, marks[i + 1]?.index ?? body.length),
  }));
}

/** Splits the text of one binding file. Throws if it holds no resource, data source, ephemeral resource or provider class. */
export function parseBindings(text: string): Bindings {
  const inputs = new Map<string, InputField[]>();
  const hcl = new Map<string, Map<string, HclField>>();
  const members = new Map<string, Member[]>();
  let main = '';
  for (const [declaration] of text.matchAll(DECLARATION)) {
    const head = declaration.slice(0, declaration.indexOf('{'));
    const [, kind, name = ''] = /^export (\w+) (\w+)/.exec(head) ?? [];
    if (kind === 'interface') inputs.set(name, parseInputs(declaration));
    else if (kind === 'function' && name.endsWith('ToHclTerraform')) {
      const struct = name.slice(0, -'ToHclTerraform'.length);
      hcl.set(struct.charAt(0).toUpperCase() + struct.slice(1), parseHcl(declaration));
    } else if (kind === 'class' && /extends \w+\.Terraform(Resource|DataSource|EphemeralResource|Provider)\b/.test(head)) {
      main = name;
      members.set(name, parseMembers(declaration.slice(0, declaration.indexOf('// SYNTHESIS'))));
      hcl.set(name, parseHcl(declaration.slice(declaration.indexOf('synthesizeHclAttributes()'))));
      const config = inputs.get(`${name}Config`);
      if (config !== undefined) inputs.set(name, config);
    } else if (kind === 'class' && name.endsWith('OutputReference')) {
      members.set(name.slice(0, -'OutputReference'.length), parseMembers(declaration));
    }
  }
  if (main === '') throw new Error('no resource class in the binding file');
  return { main, inputs, hcl, members };
}
