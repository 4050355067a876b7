import type { Values } from '../../model/workload.ts';
import { applicationHealthKey, applicationHealthLua } from '../../units/application-health.ts';

const lua = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** A policy that the operator found faulty protects nobody. Source: Cilium 1.19, `pkg/k8s/apis/cilium.io/v2`, `PolicyConditionValid`. */
const ciliumPolicy = lua([
  'hs = { status = "Healthy", message = "" }',
  'if obj.status ~= nil and obj.status.conditions ~= nil then',
  '  for _, condition in ipairs(obj.status.conditions) do',
  '    if condition.type == "Valid" and condition.status == "False" then',
  '      hs.status = "Degraded"',
  '      hs.message = condition.message',
  '    end',
  '  end',
  'end',
  'return hs',
]);

/** A policy whose expressions the API server finds faulty fails on every request it looks at. Source: Kubernetes, "Validating Admission Policy", type checking. */
const admissionPolicy = lua([
  'hs = { status = "Healthy", message = "" }',
  'if obj.status ~= nil and obj.status.typeChecking ~= nil and obj.status.typeChecking.expressionWarnings ~= nil then',
  '  for _, warning in ipairs(obj.status.typeChecking.expressionWarnings) do',
  '    hs.status = "Degraded"',
  '    hs.message = warning.fieldRef .. ": " .. warning.warning',
  '  end',
  'end',
  'return hs',
]);

const key = (group: string, kind: string): string => `resource.customizations.health.${group}_${kind}`;

/**
 * Health of kinds that Argo CD 3.4 knows nothing of. It brings its own for cert-manager, External Secrets, Karpenter, KEDA and the Prometheus operator (`resource_customizations/`), which are left
 * as they are.
 */
export const healthChecks: Values = {
  [applicationHealthKey]: applicationHealthLua,
  [key('admissionregistration.k8s.io', 'ValidatingAdmissionPolicy')]: admissionPolicy,
  [key('cilium.io', 'CiliumClusterwideNetworkPolicy')]: ciliumPolicy,
  [key('cilium.io', 'CiliumNetworkPolicy')]: ciliumPolicy,
};
