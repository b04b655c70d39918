import type { Role } from './commit.js';
import type { Visibility } from './dataset.js';

/** Who is asking, after the token was checked. Rights are data, decided once, passed down. */
export interface Principal {
  readonly role: Role;
  readonly organisation?: string;
  /** Opaque token id; absent for anonymous callers. */
  readonly token?: string;
  /** Datasets this caller may write. */
  readonly write: '*' | readonly string[];
  /** May describe (create) a dataset that does not exist yet. */
  readonly createDatasets: boolean;
  readonly visibility: Visibility;
}

export const anonymous: Principal = {
  role: 'reader',
  write: [],
  createDatasets: false,
  visibility: { restricted: [] },
};

/** Every right: an administrator, and whoever works on the data folder itself. */
export const allRights: Principal = {
  role: 'administrator',
  write: '*',
  createDatasets: true,
  visibility: { restricted: '*' },
};
