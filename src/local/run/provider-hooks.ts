import type { ProviderHooks } from '../../sim/provider/engine/engine.ts';
import type { AccountHooks } from './account-hooks.ts';

/** The simulated provider's hooks: what must happen on this machine when an object of these types comes or goes. */
export const providerHooks = (hooks: AccountHooks): ProviderHooks => ({
  afterCreate: async (type, { attributes }) => {
    if (type === 'aws_eks_cluster') {
      const { endpoint, certificateAuthority } = await hooks.clusterCreated(attributes);
      return { endpoint, certificate_authority: [{ data: certificateAuthority }] };
    }
    if (type === 'aws_eks_node_group') await hooks.nodeGroupCreated(attributes);
    if (type === 'aws_eks_addon') await hooks.addonCreated(attributes);
    return undefined;
  },
  afterUpdate: async (type, { attributes }) => {
    // A tainted or changed group or add-on is brought to what it now says; both are idempotent.
    if (type === 'aws_eks_node_group') await hooks.nodeGroupCreated(attributes);
    if (type === 'aws_eks_addon') await hooks.addonCreated(attributes);
    return undefined;
  },
  beforeDelete: async (type, { attributes }) => {
    if (type === 'aws_eks_cluster') await hooks.clusterDeleted(attributes);
    if (type === 'aws_eks_node_group') await hooks.nodeGroupDeleted(attributes);
    if (type === 'aws_eks_addon') await hooks.addonDeleted(attributes);
  },
});
