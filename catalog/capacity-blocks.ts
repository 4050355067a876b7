/**
 * Where instances can be reserved for days in advance (Capacity Blocks for ML), by type. Local Zones are left out. Source: Amazon EC2 user guide,
 * "Capacity Blocks for ML", "Instance Capacity Blocks", read 2026-11-25.
 */
const regionsOf: Readonly<Record<string, readonly string[]>> = {
  'p6-b300.48xlarge': ['us-west-2'],
  'p6-b200.48xlarge': ['us-east-1', 'us-east-2', 'us-west-2'],
  'p5.4xlarge': ['us-east-1', 'us-east-2', 'us-west-2', 'eu-west-2', 'ap-south-1', 'ap-northeast-1', 'ap-southeast-2', 'sa-east-1'],
  'p5.48xlarge': ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'eu-north-1', 'eu-west-2', 'sa-east-1', 'ap-northeast-1', 'ap-south-1', 'ap-southeast-2', 'ap-southeast-3'],
  'p5e.48xlarge': ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'eu-north-1', 'eu-west-2', 'eu-south-2', 'sa-east-1', 'ap-northeast-1', 'ap-northeast-2', 'ap-south-1', 'ap-southeast-3'],
  'p4d.24xlarge': ['us-east-1', 'us-east-2', 'us-west-2'],
  'p4de.24xlarge': ['us-east-1', 'us-west-2'],
  'trn1.32xlarge': ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'eu-north-1', 'ap-south-1', 'ap-southeast-2', 'ap-southeast-4'],
  'trn2.3xlarge': ['ap-southeast-4', 'sa-east-1'],
  'trn2.48xlarge': ['us-east-2'],
};

/** Regions in which Capacity Blocks of a type are sold; empty for a type without. */
export const capacityBlockRegions = (type: string): readonly string[] => regionsOf[type] ?? [];
