/**
 * Settings of the Go runtime for programs of the local platform: memory is spent to save time. While definitions arrive, the API server and Argo CD's
 * controller build and read the whole API schema again for each, which leaves little but garbage; below the limit it is collected a quarter as often.
 * Source: Go, "A Guide to the Go Garbage Collector".
 */
export const goMemory = { GOGC: '400', GOMEMLIMIT: '1200MiB' } as const;
