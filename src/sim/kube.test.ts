import { describe } from 'vitest';
import { kubeContract } from '../../test/contract/kube.ts';
import { SimKube } from './kube.ts';

describe('Kubernetes in memory', () => kubeContract(async () => new SimKube()));
