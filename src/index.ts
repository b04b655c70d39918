/** Regiograaf as a library: compose the service in your own process. */
export { readConfig, type Config } from './config.js';
export { Fault, type FaultCode, type FaultData, type Place, type Text } from './faults.js';
export { createService, type Service, type ServiceHooks } from './service.js';
export type * from './graph/api.js';
export type { Principal } from './graph/principal.js';
