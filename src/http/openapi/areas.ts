import { checking } from './checking.js';
import type { Area } from './contract.js';
import { datasets } from './datasets.js';
import { reading } from './reading.js';
import { resources } from './resources.js';
import { service } from './service.js';
import { sparql } from './sparql.js';
import { streams } from './streams.js';
import { sync } from './sync.js';
import { versions } from './versions.js';

/** Everything the service answers. A new router adds its area here; a test compares it with what is registered. */
export const areas: readonly Area[] = [reading, resources, sparql, datasets, versions, streams, sync, checking, service];
