import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { editorStyle } from '../../pages/editorStyle.js';
import type { Vocabulary } from '../vocabulary.js';
import type { Asset } from './asset.js';
import { termList } from './terms.js';

/** What the query page loads when a browser runs scripts, in a folder whose name changes with the content. */
export interface EditorAssets {
  readonly version: string;
  readonly files: ReadonlyMap<string, Asset>;
}

const script = 'text/javascript; charset=utf-8';
const { resolve } = createRequire(import.meta.url);

/* Source maps are not served: a comment that names one would make a browser ask in vain. */
async function source(path: string): Promise<string> {
  return (await readFile(path, 'utf8')).replace(/\n\/\/# sourceMappingURL=\S+\s*$/, '\n');
}

function own(name: string): Promise<string> {
  return source(fileURLToPath(new URL(`../../browser/${name}`, import.meta.url)));
}

async function load(vocabulary: Vocabulary): Promise<EditorAssets> {
  const texts: readonly (readonly [name: string, type: string, text: string])[] = [
    ['yasqe.js', script, await source(resolve('@zazuko/yasqe/build/yasqe.min.js'))],
    ['yasqe.css', 'text/css; charset=utf-8', (await readFile(resolve('@zazuko/yasqe/build/yasqe.min.css'), 'utf8')) + editorStyle],
    ['queryEditor.js', script, await own('queryEditor.js')],
    ['completion.js', script, await own('completion.js')],
    ['syntaxHint.js', script, await own('syntaxHint.js')],
    ['termen.json', 'application/json', JSON.stringify(await termList(vocabulary))],
  ];
  const hash = createHash('sha256');
  for (const [name, , text] of texts) hash.update(`${name}\n${text}\n`);
  return { version: hash.digest('hex').slice(0, 12), files: new Map(texts.map(([name, type, text]) => [name, { type, body: Buffer.from(text) }])) };
}

let loaded: Promise<EditorAssets> | undefined;

/** Read when first asked for, once: all of it comes with the package. */
export function editorAssets(vocabulary: Vocabulary): Promise<EditorAssets> {
  return (loaded ??= load(vocabulary));
}

/** Folder of the assets. */
export async function editorFolder(vocabulary: Vocabulary): Promise<string> {
  return `/assets/editor/${(await editorAssets(vocabulary)).version}`;
}
