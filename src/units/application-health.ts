/** Key of `argocd-cm` under which Argo CD looks for the health of Applications. */
export const applicationHealthKey = 'resource.customizations.health.argoproj.io_Application';

/**
 * Health of an Application as its parent sees it, in Lua. Argo CD has none since 1.8, without which the waves of an app-of-apps wait for
 * nothing. Healthy means synced and healthy: a wave opens only when what it needs runs. Source: Argo CD documentation, "Health assessment
 * of Argo CD applications", with the sync state added, since an Application without objects counts as healthy before its first sync.
 * A degraded one is waited for: as degraded it would end its parent's sync, and with it the waves behind, instead of holding them.
 */
export const applicationHealthLua = `hs = { status = "Progressing", message = "" }
if obj.status ~= nil and obj.status.health ~= nil and obj.status.sync ~= nil then
  if obj.status.health.message ~= nil then
    hs.message = obj.status.health.message
  end
  if obj.status.health.status == "Healthy" and obj.status.sync.status == "Synced" then
    hs.status = "Healthy"
  elseif obj.status.health.status == "Suspended" then
    hs.status = "Suspended"
  end
end
return hs
`;
