/** Patch of the Applications of an ApplicationSet: in prod, and where the tier is not known, nothing is deleted because a file went: people do that. */
export const guardProd = `spec:
  syncPolicy:
    automated:
      prune: {{ has (index .metadata.annotations "argoeks.io/tier") (list "dev" "qa" "sandbox") }}
      selfHeal: true
`;
