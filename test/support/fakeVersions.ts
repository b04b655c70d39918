import { splitLine } from '../../src/rdf/nquads.js';
import { mergedScope, type EntityVersion, type VersionFilter } from '../../src/publication/versions/contract.js';

const skolem = '<http://localhost:3000/.well-known/genid/';

/** Versions of a small graph in memory: each commit replaces all triples. */
export class FakeVersions {
  readonly generation = 'eerste';
  commit = 0;
  readonly #versions: EntityVersion[] = [];
  #descriptions = new Map<string, readonly string[]>();

  /** The triples are now these, all at once. */
  set(lines: Iterable<string>): void {
    this.commit += 1;
    const descriptions = described([...lines]);
    const changed = [...new Set([...this.#descriptions.keys(), ...descriptions.keys()])].toSorted().filter((entity) => (this.#descriptions.get(entity) ?? []).join() !== (descriptions.get(entity) ?? []).join());
    changed.forEach((entity, index) => {
      const now = descriptions.get(entity) ?? [];
      this.#versions.push({
        sequence: this.commit * 2 ** 24 + index + 1,
        commit: this.commit,
        time: new Date(Date.UTC(2026, 0, 1) + this.commit * 1000).toISOString(),
        lastOfCommit: index === changed.length - 1,
        scope: mergedScope,
        entity,
        collections: [],
        kind: now.length === 0 ? 'delete' : this.#descriptions.has(entity) ? 'update' : 'create',
        lines: now,
      });
    });
    this.#descriptions = descriptions;
  }

  after({ scope }: VersionFilter, sequence: number, limit: number): readonly EntityVersion[] {
    return this.#versions.filter((version) => version.scope === scope && version.sequence > sequence).slice(0, limit);
  }
}

/** The description of each entity: its triples and those of the skolem nodes below it. */
function described(lines: readonly string[]): Map<string, readonly string[]> {
  const bySubject = new Map<string, string[]>();
  for (const line of lines) {
    const { subject } = splitLine(line);
    bySubject.set(subject, [...(bySubject.get(subject) ?? []), line]);
  }
  const descriptions = new Map<string, readonly string[]>();
  for (const entity of bySubject.keys()) {
    if (entity.startsWith(skolem)) continue;
    const seen = new Set([entity]);
    for (const node of seen) for (const line of bySubject.get(node) ?? []) if (splitLine(line).object.startsWith(skolem)) seen.add(splitLine(line).object);
    descriptions.set(entity.slice(1, -1), [...seen].flatMap((node) => bySubject.get(node) ?? []).toSorted());
  }
  return descriptions;
}
