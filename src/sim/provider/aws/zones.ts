import regions from '../../../../catalog/regions.json' with { type: 'json' };

