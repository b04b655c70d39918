import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** Folder of the package: where `shapes/`, `vocab/` and `data/` lie, in a checkout as in an installed package. */
export const packageRoot: string = findRoot();

/** Path of a file or folder shipped with the package. */
export function resource(...parts: string[]): string {
  return join(packageRoot, ...parts);
}

/** The version of the package, as `package.json` says. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(resource('package.json'), 'utf8')) as { readonly version: string };
  return version;
}
