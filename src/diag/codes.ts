import type { Severity } from './diagnostic.ts';

/** What stands in the catalogue for one code. */
export interface CodeEntry {
  readonly severity: Severity;
  /** A few words, for lists. */
  readonly title: string;
  /** Whole sentences: what is wrong, why it matters, what to do. Becomes the code's page. */
  readonly explanation: string;
}

const error = (title: string, explanation: string): CodeEntry => ({ severity: 'error', title, explanation });
const warning = (title: string, explanation: string): CodeEntry => ({ severity: 'warning', title, explanation });
const note = (title: string, explanation: string): CodeEntry => ({ severity: 'note', title, explanation });

/** Every code there is. The key is the only spelling; a code that was released is never renamed. Sorted by area, then by subject. */
export const codes = {
  'config/missing-file': error('A configuration file is missing', 'The platform is described by configuration/platform.yaml and by registries in configuration/clusters/. `argoeks init` writes a first version of each. A file that stands there but cannot be read (a directory, a dead link, no permission) counts as missing too.'),
  'config/empty-file': error('A configuration file says nothing', 'The file is empty or holds only comments. Fill it in, or delete it if it is a registry that is not needed.'),
  'config/not-text': error('A configuration file is not text', 'The file holds bytes that cannot occur in YAML, such as zero bytes. It was probably overwritten or is not a configuration file at all. Restore it from git.'),
  'config/too-large': error('A configuration file is too large', 'One file may hold 2 MiB, which is about ten thousand clusters. Registries can be divided into as many files as you like.'),
  'config/yaml-syntax': error('A file is not valid YAML', 'The parser cannot make sense of the file at this place. Common causes: tabs in the indentation, a missing space after a colon, an unclosed quote or bracket, a merge conflict left in the file.'),
  'config/duplicate-key': error('A key is written twice', 'YAML forbids the same key twice in one mapping, because one of the values would silently be lost. Keep one of them.'),
  'config/too-many-aliases': error('Aliases expand to too much', 'Nested aliases (`*name`) multiply; beyond twenty thousand expansions the file is refused so that it cannot exhaust memory. Write the values out.'),
  'config/several-documents': error('More documents than one', 'platform.yaml and tags.yaml are one document each. Only registries may hold several, divided by `---`.'),
  'config/unknown-key': error('A key does not exist', 'Unknown keys are refused because a misspelt setting would silently have no effect. The nearest existing key is named where there is one.'),
  'config/missing-key': error('A key is missing', 'The key has no sensible default, so it must be written.'),
  'config/wrong-type': error('A value has the wrong type', 'For example text where a number is expected. YAML reads 1.30 as a number and 012 as twelve: quote versions and account ids.'),
  'config/wrong-value': error('A value is not allowed', 'The value has the right type but is outside what the key allows.'),
  'config/contradiction': error('Two places contradict each other', 'The same thing is said twice with different values, so one of them would silently be ignored. Keep one, or make them agree.'),
  'config/placeholder': warning('A placeholder is still there', 'The value comes from an example and would be used for real. Nothing is refused, because the local platform works without a real value, but a real deployment needs yours.'),
  'config/unknown-component': error('A component does not exist', 'Only components of this version can be switched or set. The nearest existing one is named where there is one.'),
  'config/unknown-environment': error('An environment does not exist', 'Something refers to an environment that platform.yaml does not define below `envs`.'),
  'config/unknown-region': error('A region is not known', 'The name is not one of the AWS regions in catalog/regions.json. It is misspelt, or newer than this version.'),
  'config/region-partition': error('A region lies in another partition', 'AWS partitions (aws, aws-cn, aws-us-gov) share nothing: accounts, roles and networks of one do not exist in another.'),
  'config/too-few-zones': error('A region has too few zones', 'The region has fewer availability zones than `network.zones` asks for.'),
  'config/no-environment-label': error('A cluster has no environment', 'Each cluster of a registry says by its label `environment` which environment of platform.yaml it belongs to.'),
  'config/no-cluster': error('An environment has no cluster', 'An environment without a cluster cannot run anything. Register a cluster with its label, remove the environment, or set `features.infrastructure.eks: false`.'),
  'config/no-hub': error('An environment has no hub', 'One cluster of each environment runs Argo CD for all of them. It carries the label `hub: "true"`.'),
  'config/several-hubs': error('An environment has several hubs', 'Two Argo CD instances would both own the same objects and undo each other\'s work. Only one cluster may carry the label `hub: "true"`.'),
  'config/duplicate-cluster': error('A cluster is registered twice', 'The same file lists the name twice. Cluster names are unique in the whole platform, because IAM roles and state keys are made from them. Two different files may speak of the same cluster; what they say is merged.'),
  'config/cluster-name': error('A cluster name does not work', 'The name becomes the EKS cluster, the Cilium cluster name (at most 32 characters), a DNS label, a Kubernetes label and part of IAM role names; it begins with the environment\'s `cluster_name_prefix`.'),
  'config/bad-cidr': error('An address block does not work', 'A block is written a.b.c.d/n with no bits set behind the prefix, lies in a private range (10/8, 172.16/12, 192.168/16, 100.64/10) and is large enough for at least one cluster.'),
  'config/overlapping-cidr': error('Address blocks overlap', 'Blocks of two environments, or two blocks of one, share addresses. Peering, transit gateways and cluster meshes are impossible between overlapping networks, and cannot be added later without rebuilding the clusters.'),
  'config/open-endpoint': error('The API server would be open to the world', '`kubernetes.api.public_cidrs` names who may reach the public endpoint. Blocks larger than /8 are refused: list the addresses of your offices, VPN or CI runners.'),
  'config/endpoint-stays-private': warning('The public endpoint is asked for but open to nobody', '`kubernetes.api.public` is true and `public_cidrs` is empty. The endpoint is kept private until blocks are named.'),
  'config/closed-endpoint': error('Nobody could reach the API server', 'With `kubernetes.api.private: false` and no public endpoint, neither nodes nor people could reach the control plane.'),
  'config/node-counts': error('Node counts contradict each other', 'The managed node group needs min ≤ desired ≤ max.'),
  'config/architecture': error('Instance types do not fit the image', 'All instance types of a node group must have the processor family of its `ami_type`; Graviton types (such as m7g) need an ARM image.'),
  'verify/no-second-region': warning('A list is for a second region that is not there', 'Lists that end in `_secondary` are for the second region of an environment. All clusters of this environment lie in one region, so the list makes nothing. Register a cluster in a second region, or move the list.'),
  'config/illegal-tag': error('A tag would be refused by AWS', 'Tags are put on every object, so they must be legal for the strictest service. IAM compares keys ignoring case and allows letters, digits, spaces and _ . : / = + - @ only (no commas); keys have at most 128 characters, values 256; `aws:` and `argoeks:` are reserved; 40 tags are the limit.'),
  'config/unknown-tag': error('A required tag is not defined', '`resource_tags` lists tags that resources of a kind must carry, but neither `common` nor the environment defines this one.'),
  'lock/corrupt': error('The lock file cannot be read', 'argoeks.lock.yaml holds the address block and mesh id of each cluster. It is refused rather than repaired by guessing, because a wrong block would replace a VPC. Restore it from git; only if no cluster exists yet may it be deleted and written anew by `argoeks build`.'),
  'lock/unmerged': error('The lock file holds a merge conflict', 'Both sides added or changed clusters. Keep the lines of both sides, delete the conflict markers and run `argoeks build`: it sorts the file and names what both sides took.'),
  'lock/collision': error('Two clusters hold the same addresses or mesh id', 'Two branches gave the same free block (or Cilium cluster id) to different clusters. The one that does not exist in AWS yet must take another: `argoeks build --reallocate <cluster>`.'),
  'lock/outside-base': error('A locked block lies outside the environment\'s addresses', 'The block in argoeks.lock.yaml is not inside `base_cidr`. Existing VPCs cannot be moved, so nothing is changed silently. Put `base_cidr` back (a list of blocks is allowed), or re-allocate a cluster that does not exist yet.'),
  'lock/exhausted': error('No address block is free', 'Every block of the wanted size in `base_cidr` is taken. Add a second block to `base_cidr`, or give new clusters smaller VPCs with `network.vpc_prefix`.'),
  'lock/prefix-kept': warning('A cluster keeps the size of its VPC', '`network.vpc_prefix` differs from the block in argoeks.lock.yaml. A VPC cannot change its size, so the cluster keeps its block. Re-allocate it only if it does not exist yet.'),
  'lock/chart-moved': note('A chart moves to another version', 'This version of ArgoEKS pins another version of the chart than argoeks.lock.yaml. `argoeks build` writes the new pin; review it like any change.'),
  'lock/no-mesh-id': warning('No Cilium cluster id is free', 'Cilium knows 511 clusters in one mesh. Further clusters of the environment work, but cannot join its mesh.'),
  'cost/over-budget': warning('An environment is estimated to cost more than its budget', 'What the configuration asks for costs more in a month than `budgets.amount`, before anything runs on it: the budget\'s notices would come every month. Raise the budget or save; `argoeks cost` shows what costs how much, and from which prices.'),
  'order/cycle': error('Components require one another in a circle', 'Each component is brought up after those it requires are healthy; in a circle none could ever start. The path is shown. Remove one requirement, or disable one of the components.'),
  'order/later-layer': error('A component requires one of a later layer', 'Layers come up in the order network, platform, observability, mlops, serving. A component may only require components of its own or an earlier layer.'),
  'order/disabled-requirement': error('A required component is disabled', 'A component that is enabled on a cluster requires another one that is not. Enable the required one, or disable the one that requires it.'),
  'order/unknown-requirement': error('A required component does not exist', 'The component names a requirement that this version does not know. This is a mistake in the component, not in your configuration.'),
  'verify/unknown-kubernetes': error('EKS does not offer this Kubernetes version', 'The version is not in the release calendar of EKS that this version of ArgoEKS knows (catalog/kubernetes.ts). Newer versions come with newer versions of ArgoEKS, because charts and schemas are checked for each.'),
  'verify/expired-kubernetes': error('Standard support of the Kubernetes version is over', 'With `kubernetes.upgrade_policy: standard` EKS upgrades such a cluster by itself, at a time it chooses, and the next plan would want to go back. Choose a newer version, or pay for extended support.'),
  'verify/extended-kubernetes': warning('The Kubernetes version is in extended support', 'The control plane costs six times as much per hour, and at the end of extended support EKS upgrades by itself.'),
  'verify/unsupported-kubernetes': error('A chart does not support the Kubernetes version', 'The project of a pinned chart names the Kubernetes versions it supports or tests, and this one is not among them. Outdated charts and too new clusters fail in ways that only show at run time.'),
  'functions/no-package': error('The code of a function cannot be packed', 'Each function of `functions` has its code in a folder, or is an archive made elsewhere (`package`). `argoeks functions package` makes the archives; planning and applying do it too, so that what is uploaded is always what the folder holds.'),
  'verify/same-name': error('Two environments of one account give one name', 'Names of Lambda functions and of ECR repositories are unique in an account and region, so the second environment could not create its own.'),
  'verify/no-copy-region': warning('Copies of backups have nowhere to go', '`backup.copy` keeps a copy of every backup in another region, so that backups survive the loss of the region they protect. The environment lives in one region and `backup.copy_region` names no other.'),
  'verify/two-owners': error('An object has two owners', 'Two releases of one cluster make the same object, so each would undo what the other does. Keep it in one of them.'),
  'verify/two-files': error('Two rendered files have one name', 'Names must also differ when case is ignored, because some file systems do not tell them apart.'),
  'verify/missing-path': error('An Application reads what is not rendered', 'Argo CD would report a path that does not exist. This is a mistake in ArgoEKS.'),
  'verify/refused-by-kubernetes': error('A cluster would refuse or ignore this', 'A chart value that the pinned chart does not know, a field that the API server refuses, or a pod that its namespace forbids. Checked before anything is applied, against the catalogue.'),
  'lock/unknown-cluster': error('A cluster to re-allocate does not exist', '`argoeks build --reallocate` takes the name of a registered cluster.'),
  'verify/shared-differs': error('Shared values differ between clusters', 'What clusters share of a release is rendered once, so a difference would silently give a cluster another one\'s values. The component has to put what depends on the cluster into `clusterValues` or `clusterManifests`.'),
  'verify/foreign-file': error('A file of yours stands where output belongs', 'The file lacks the first line that rendered files have, so it is not overwritten. Move it away, or delete it if it is a copy of rendered output.'),
  'verify/foreign-account': error('The output names an AWS account that is not configured', 'An ARN or a registry address in the rendered files holds an account id that no environment has. It was probably copied from elsewhere; the deployment would reach into another account.'),
  'ops/application-not-healthy': error('An application did not become healthy', 'Argo CD could not bring the application to Synced and Healthy in time. Its own message, the first thing to read, is quoted.'),
  'ops/conflict': error('Somebody else changed the same thing', 'Two writers met. Nothing was lost; continue with --resume.'),
  'ops/deadline': error('Something took too long', 'Every wait has a deadline. What was seen last is quoted: it is the cause in most cases.'),
  'ops/denied': error('The identity used may not do this', 'AWS or the cluster refused the request. Check which identity is used and what it may do.'),
  'ops/failed': error('A step failed', 'The cause is quoted. Mend it and continue with --resume: steps that are done are not repeated.'),
  'ops/hopeless': error('Waiting makes no sense any more', 'What is waited for has failed for good, so the wait was given up before its deadline.'),
  'ops/leftover': error('Something is left after the teardown', 'The sweep found objects that carry the environment\'s tags after everything was destroyed. Each is named; they may cost money.'),
  'ops/local-failed': error('The local platform could not do something', 'What was attempted and why it failed is quoted, with the next step. Nothing outside this machine is involved.'),
  'ops/local-occupied': error('The local platform runs another environment', 'One environment runs at a time in a checkout. Stop it with `argoeks local down`, or use a second checkout.'),
  'ops/unknown-fault': error('The fault to inject does not exist', 'Faults are for trying out how a run fails and resumes on the local platform. The known ones are listed.'),
  'ops/unknown-program': error('There is no such program', 'The local platform has no program of this name. The running ones are listed.'),
  'ops/locked': error('Another command works on this environment', 'Two runs would undo each other\'s work. The holder is named; the lock of a process that no longer lives is taken over.'),
  'ops/missing': error('Something that should be there is not', 'The step before it probably did not run, or somebody removed its result.'),
  'ops/not-approved': error('The plan was not approved', 'Nothing was changed.'),
  'ops/not-confirmed': error('The confirmation is missing or wrong', 'Destroying, and changing production, needs the name of the environment, typed in or given on the command line. Nothing was changed.'),
  'ops/not-ready': error('A workload or definition is not ready', 'A live check found less than the build asked for.'),
  'ops/not-rendered': error('A Terraform root is not rendered', 'The directory does not exist. Run `argoeks build` and commit the result.'),
  'ops/nothing-to-resume': error('There is nothing to resume', 'No run of this kind was cut off or failed. Start one without --resume.'),
  'ops/protected': error('An object is protected against deletion', 'AWS refuses to delete it while its deletion protection is on. Nothing was drained or destroyed. Name its address with --allow-destroy if it shall be lost; the destroy then turns the protection off, through Terraform, before it destroys it.'),
  'ops/protection-not-alone': error('Turning deletion protection off would change more', 'The account is not what the configuration says, so the plan that turns the protection off holds other changes too. Nothing of that root was changed. Apply the environment, then continue the destroy.'),
  'ops/root-missing': error('A root that is needed was never applied', 'The selection leaves out a root on which another one depends. Apply without --region, or that root first.'),
  'ops/stale-plan': error('A saved plan is out of date', 'Apply executes exactly what was shown. State or rendered files changed since, so the plan must be made and read again.'),
  'ops/stateful-loss': error('Something that holds data would be destroyed', 'Replacing or destroying databases, buckets, volumes, keys and clusters needs --allow-destroy with the address. Nothing was changed.'),
  'ops/throttled': error('The service asks to slow down', 'Too many requests in a short time. Continue with --resume, perhaps with a lower --parallelism.'),
  'ops/unreachable': error('Something cannot be reached', 'There is no way to it from here, or it does not run. Check network, VPN and endpoint.'),
  'ops/wrong-account': error('The credentials belong to another account', 'The environment names an account and the credentials belong to a different one. Nothing was changed.'),
  'terraform/init-failed': error('terraform init failed', 'Terraform refused while preparing its directory; its own message is quoted, with the next step where the cause is known.'),
  'terraform/validate-failed': error('terraform validate failed', 'Terraform refused while checking its files; its own message is quoted, with the next step where the cause is known.'),
  'terraform/plan-failed': error('terraform plan failed', 'Terraform refused while planning; its own message is quoted, with the next step where the cause is known.'),
  'terraform/apply-failed': error('terraform apply failed', 'Terraform refused while applying; its own message is quoted, with the next step where the cause is known.'),
  'terraform/output-failed': error('terraform output failed', 'Terraform refused while reading its outputs; its own message is quoted, with the next step where the cause is known.'),
  'terraform/state-failed': error('terraform state failed', 'Terraform refused while reading its state; its own message is quoted, with the next step where the cause is known.'),
} as const satisfies Readonly<Record<string, CodeEntry>>;

/** A spelling that exists in the catalogue. */
export type Code = keyof typeof codes;

/** The entry of a code, or undefined for one that is not in the catalogue. */
export const entryOf = (code: string): CodeEntry | undefined => (Object.hasOwn(codes, code) ? codes[code as Code] : undefined);
