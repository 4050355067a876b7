/**
 * How a failed sync is tried again: for about an hour, each time with the newest commit. Without `refresh` Argo CD retries the commit
 * that failed until its tries are used up, and a pushed correction waits for as long. Source: Argo CD 3.4,
 * `RetryStrategy`: "if the latest revision should be used on retry instead of the initial one".
 */
export const retry = { limit: 20, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } } as const;
