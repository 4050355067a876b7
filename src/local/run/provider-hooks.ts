import type { TypeHooks } from '../../sim/provider/start.ts';
import type { AccountHooks } from './account-hooks.ts';

/** The simulated provider's hooks by type: what must happen on this machine when such an object comes or goes. */
export const providerHooks = (hooks: AccountHooks): Readonly<Record<string, TypeHooks>> => ({
  aws_eks_cluster: {
    afterCreate: async ({ attributes }) => {
      const { endpoint, certificateAuthority } = await hooks.clusterCreated(attributes);
      return { endpoint, certificate_authority: [{ data: certificateAuthority }] };
    },
    beforeDelete: ({ attributes }) => hooks.clusterDeleted(attributes),
  },
  // What was changed is brought to what it now says: making is idempotent.
  aws_eks_node_group: {
    afterCreate: ({ attributes }) => hooks.nodeGroupCreated(attributes),
    afterUpdate: ({ attributes }) => hooks.nodeGroupCreated(attributes),
    beforeDelete: ({ attributes }) => hooks.nodeGroupDeleted(attributes),
  },
  aws_eks_addon: {
    afterCreate: ({ attributes }) => hooks.addonCreated(attributes),
    afterUpdate: ({ attributes }) => hooks.addonCreated(attributes),
    beforeDelete: ({ attributes }) => hooks.addonDeleted(attributes),
  },
});
