/** Price of a gp3 volume in us-east-1, USD per GiB and month. Source: Amazon EBS pricing, General Purpose SSD (gp3), read 2026-11-24. */
export const usdPerGibMonth = 0.08;
