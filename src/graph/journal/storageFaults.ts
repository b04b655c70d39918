import { Fault } from '../../faults.js';

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/**
 * The fault behind an error of SQLite (result codes) or of the file system (errno): a full disk and a disk that
 * takes no writes stop writing only, so each has its own code. Undefined for any other error.
 */
export function storageFault(error: unknown): Fault | undefined {
  const code = codeOf(error);
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT') {
    return new Fault(
      'storage-full',
      {
        nl: 'Er is geen plaats meer op de schijf. Er is niets gewijzigd; lezen blijft werken. Maak plaats en probeer opnieuw.',
        en: 'There is no room left on the disk. Nothing was changed; reading still works. Make room and try again.',
      },
      { cause: error },
    );
  }
  if (/^SQLITE_(READONLY|IOERR|CANTOPEN|PERM)/.test(code) || ['EROFS', 'EACCES', 'EPERM', 'EIO', 'EFBIG'].includes(code)) {
    return new Fault(
      'read-only',
      {
        nl: 'De gegevensmap aanvaardt geen schrijfbewerkingen. Er is niets gewijzigd; lezen blijft werken. Kijk de schijf en de rechten op de map na.',
        en: 'The data folder takes no writes. Nothing was changed; reading still works. Check the disk and the rights on the folder.',
      },
      { cause: error },
    );
  }
  return undefined;
}

/** Runs `action`; errors of the storage come out as faults. */
export function orStorageFault<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw storageFault(error) ?? error;
  }
}
