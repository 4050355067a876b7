/** Folders in their order: one imports only from those above it. DESIGN: the way of the data has one direction. */
const layers = ['catalog', 'src/diag', 'src/units', 'src/planner', 'src/ports', 'src/config', 'src/model', 'src/checks', 'src/components', 'src/stacks', 'src/emit', 'src/compile', 'src/verify', 'src/ops', 'src/sim', 'src/adapters', 'src/local', 'src/cli'];

const below = (index) => `^(${layers.slice(index + 1).join('|')})/`;

// A test may use the simulation of what it tests.
const testFile = '\\.test\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...layers.slice(0, -1).map((layer, i) => ({
      name: `layers-${layer.replace('src/', '')}`,
      severity: 'error',
      comment: `${layer}/ imports only from the folders above it.`,
      from: { path: `^${layer}/`, pathNot: testFile },
      to: { path: below(i) },
    })),
    { name: 'no-circular', severity: 'error', comment: 'Two files that need one another are one idea.', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } } },
    { name: 'components-apart', severity: 'error', comment: 'Components know one another by id only; the registry alone imports them all.', from: { path: '^src/components/(?!registry)[^/]+\\.ts$', pathNot: '\\.test\\.ts$' }, to: { path: '^src/components/registry' } },
    { name: 'no-tests-in-source', severity: 'error', comment: 'What ships does not import tests.', from: { path: '^(src|catalog)/', pathNot: '\\.test\\.ts$' }, to: { path: '(\\.test\\.ts$|^test/)' } },
    { name: 'cdktn-in-stacks', severity: 'error', comment: 'Terraform is made in src/stacks and printed in src/emit/terraform.', from: { pathNot: '^(src/stacks/|src/emit/terraform|generated/|tools/|node_modules/)' }, to: { path: '^(node_modules/)?(cdktn|constructs)(/|$)', dependencyTypesNot: ['type-only'] } },
    { name: 'sdks-in-adapters', severity: 'error', comment: 'Cloud and cluster SDKs stand behind ports.', from: { path: '^(src|catalog)/', pathNot: '^src/adapters/' }, to: { path: '^(node_modules/)?@aws-sdk/' } },
    { name: 'kubernetes-client-behind-ports', severity: 'error', comment: 'The Kubernetes client stands behind the Kube port; the local platform may also start from it.', from: { path: '^(src|catalog)/', pathNot: '^src/(adapters|local)/' }, to: { path: '^(node_modules/)?@kubernetes/client-node' } },
    { name: 'processes-behind-ports', severity: 'error', comment: 'Programs are started in adapters and in the local platform.', from: { path: '^(src|catalog)/', pathNot: '(^src/(adapters|local)/|\\.test\\.ts$)' }, to: { path: '^(node:)?child_process$' } },
    { name: 'declared-packages', severity: 'error', comment: 'A package that package.json does not name works by accident.', from: { path: '^(src|catalog|bench|tools)/' }, to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] } },
    { name: 'resolvable', severity: 'error', comment: 'The import leads nowhere.', from: { path: '^(src|catalog)/' }, to: { couldNotResolve: true, pathNot: '^#bindings/' } },
  ],
  options: {
    // With TypeScript 7 alone nothing would be read, and success reported; a test plants a violation for that reason.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: '(node_modules|generated)/' },
    exclude: { path: '(^|/)(\\.argoeks|cdktf\\.out)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.mjs', '.js', '.json'] },
  },
};
