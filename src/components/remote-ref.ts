/** What an ExternalSecret reads from the store, with every default said: Argo CD compares lists whole and would report one left out for ever. */
export const remoteRef = (key: string, property?: string) => ({ key, ...(property === undefined ? {} : { property }), conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' }) as const;
