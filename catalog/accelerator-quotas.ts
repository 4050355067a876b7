/** A quota of EC2, counted in vCPUs of running instances. */
export interface VcpuQuota {
  /** Absent where none was found: Service Quotas shows it by its name. */
  readonly code?: string;
  readonly name: string;
}

/** Families share a quota by their first letters; each purchase has its own. */
export interface FamilyQuota {
  readonly families: RegExp;
  readonly onDemand: VcpuQuota;
  readonly spot: VcpuQuota;
}

/**
 * Quotas of accelerated instances. A new account has 0 of most of them: ask early, an increase takes days. Source: `aws service-quotas
 * list-service-quotas --service-code ec2`, as printed in public listings (found by code: L-DB2E81BA, L-2C3B7624, L-6B0D517C…), read 2026-11-25.
 */
const quotas: readonly FamilyQuota[] = [
  { families: /^(?:gr?|vt)\d/, onDemand: { code: 'L-DB2E81BA', name: 'Running On-Demand G and VT instances' }, spot: { code: 'L-3819A6DF', name: 'All G and VT Spot Instance Requests' } },
  { families: /^p[234]/, onDemand: { code: 'L-417A185B', name: 'Running On-Demand P instances' }, spot: { code: 'L-7212CCBC', name: 'All P4, P3 and P2 Spot Instance Requests' } },
  // Newer P families have spot quotas of their own, whose codes were in none of the listings.
  { families: /^p\d/, onDemand: { code: 'L-417A185B', name: 'Running On-Demand P instances' }, spot: { name: 'Spot Instance Requests of this P family' } },
  { families: /^inf\d/, onDemand: { code: 'L-1945791B', name: 'Running On-Demand Inf instances' }, spot: { code: 'L-B5D1601B', name: 'All Inf Spot Instance Requests' } },
  { families: /^trn\d/, onDemand: { code: 'L-2C3B7624', name: 'Running On-Demand Trn instances' }, spot: { code: 'L-6B0D517C', name: 'All Trn Spot Instance Requests' } },
];

/** The quotas that an instance type counts against; undefined for a family that none is known of. */
export const quotasOf = (type: string): FamilyQuota | undefined => quotas.find(({ families }) => families.test(type));
