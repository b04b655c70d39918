import type { Role } from '../graph/commit.js';
import { Fault } from '../faults.js';
import type { Principal } from '../graph/principal.js';

/** `'*'` or the IRIs of datasets. */
export type DatasetList = '*' | readonly string[];

/** What a new token may do. */
export interface TokenGrant {
  readonly role: Role;
  readonly organisation?: string;
  /** Who holds it; kept here only, so that it can be forgotten (AVG art. 17). */
  readonly name?: string;
  /** Datasets a steward may write. */
  readonly datasets: DatasetList;
  /** Restricted datasets it may see, beside those it may write. */
  readonly restricted: DatasetList;
  readonly createDatasets: boolean;
  /** ISO 8601 time from which it is no longer valid. */
  readonly expires?: string;
}

/** A token as lists show it: never the token itself, which is not kept. */
export interface TokenInfo extends TokenGrant {
  /** Opaque: what the log calls the token. */
  readonly id: string;
  readonly created: string;
  readonly revoked?: string;
}

/** A grant with what its role implies filled in. Fault bad-request when it cannot be meant. */
export function completeGrant(grant: TokenGrant, now: Date): TokenGrant {
  const { expires } = grant;
  if (expires !== undefined && !(Date.parse(expires) > now.getTime())) {
    throw new Fault('bad-request', {
      nl: `De einddatum ${expires} is geen datum in de toekomst. Schrijf bijvoorbeeld 2027-12-31.`,
      en: `The end date ${expires} is no date in the future. Write for instance 2027-12-31.`,
    });
  }
  const until = expires === undefined ? {} : { expires: new Date(expires).toISOString() };
  if (grant.role === 'administrator') return { ...grant, ...until, datasets: '*', restricted: '*', createDatasets: true };
  if (grant.role === 'reader') return { ...grant, ...until, datasets: [], createDatasets: false };
  if (grant.datasets.length === 0 && !grant.createDatasets) {
    throw new Fault('bad-request', {
      nl: 'Een gegevensbeheerder zonder datasets kan niets schrijven. Noem minstens één dataset (--dataset), of geef het recht om er te maken (--create-datasets).',
      en: 'A steward without datasets cannot write anything. Name a dataset (--dataset), or give the right to make them (--create-datasets).',
    });
  }
  return { ...grant, ...until };
}

/** The rights of a token. Who may write a restricted dataset may also see it. */
export function principalOf({ id, role, organisation, datasets, restricted, createDatasets }: TokenInfo): Principal {
  const seen = restricted === '*' || datasets === '*' ? restricted : [...new Set([...restricted, ...datasets])];
  return {
    role,
    ...(organisation === undefined ? {} : { organisation }),
    token: id,
    write: datasets,
    createDatasets,
    visibility: { restricted: seen },
  };
}
