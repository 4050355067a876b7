/** Price of a gp3 volume in us-east-1, USD per GiB and month. List price of General Purpose SSD (gp3) from memory: compare with the Amazon EBS pricing page. */
export const usdPerGibMonth = 0.08;
