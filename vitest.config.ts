import { defineConfig } from 'vitest/config';

const everywhere = ['**/node_modules/**', '**/.argoeks/**', 'generated/**', 'terraform/**', 'kubernetes/**'];

/** Two projects: `unit` is fast and works without network or programs; `e2e` starts real programs, one file after the other. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...everywhere, '**/*.e2e.test.ts'],
          sequence: { shuffle: true },
          // Sources hold no state that tests change; loading them anew for each file took half of the time.
          isolate: false,
          // In CI colours are on by themselves.
          env: { NO_COLOR: '1' },
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['**/*.e2e.test.ts'],
          exclude: everywhere,
          fileParallelism: false,
          sequence: { shuffle: false },
          // Real programs on a machine that others may load: one more try tells a slow moment from a fault.
          retry: 1,
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
    ],
  },
});
