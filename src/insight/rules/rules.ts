import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BadRule, readRule, type Rule } from './rule.js';

/** Part of the digest: raise it when the same rules would derive something else. */
const method = 1;

/** The rules in force. */
export interface Rules {
  readonly rules: readonly Rule[];
  /** Differs when any rule does; the same for every BASE_IRI. */
  readonly digest: string;
}

/** Reads every rule of a folder. @throws BadRule that names the file and says what is wrong. */
export function readRules(folder: string, base: string): Rules {
  const files = readdirSync(folder).filter((file) => file.endsWith('.rq')).toSorted();
  const hash = createHash('sha256').update(String(method));
  const rules = files.map((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    hash.update(`\0${file}\0${text}`);
    return readRule(file.slice(0, -3), text, base);
  });
  refuseOverlap(rules);
  return { rules, digest: hash.digest('hex') };
}

/** Rules run on their own and in any order, so they share no predicate and read nothing that one of them derives. */
function refuseOverlap(rules: readonly Rule[]): void {
  const derivedBy = new Map<string, string>();
  for (const { name, derives } of rules) {
    for (const predicate of derives) {
      const other = derivedBy.get(predicate);
      if (other !== undefined) throw new BadRule(`vocab/rules/${name}.rq: ${predicate} is derived by ${other} already`);
      derivedBy.set(predicate, name);
    }
  }
  for (const { name, reads } of rules) {
    for (const { predicate } of reads) {
      const other = predicate === undefined ? undefined : derivedBy.get(predicate);
      if (other !== undefined) throw new BadRule(`vocab/rules/${name}.rq: it reads ${predicate}, which ${other} derives`);
    }
  }
}
