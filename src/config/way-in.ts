import { z } from 'zod';

/** How people come to a page of the platform from outside the cluster. */
export const viaSetting = () =>
  z.enum(['load-balancer', 'gateway']).default('load-balancer').meta({ description: '`load-balancer`: one of its own, which needs a certificate of ACM. `gateway`: a route of the shared gateway of `gateway-api`, which ends TLS with its own certificate and says itself who may reach it; the other keys have no meaning then, but for the host.' });
