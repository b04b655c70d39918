import { Fault } from '../../faults.js';
import { splitLine } from '../../rdf/nquads.js';
import type { TermText } from '../../rdf/termText.js';
import type { Change } from '../changeset.js';
import { ChangesetBuilder } from '../changes/changesetBuilder.js';
import type { Visibility } from '../dataset.js';
import { seenChanges, seenPart } from './catalogueHistory.js';
import { describeEntity, isSkolemText } from '../entityDescription.js';
import { unknownDataset } from '../unknownDataset.js';
import { visibleIris, type ReaderContext } from './readerContext.js';
import { spool, type Spooled } from './readerSpool.js';

/** Every quad of a dataset in canonical order: sorted on disk when there are many. */
export function exportDataset(
  { dataset, visibility }: { readonly dataset: string; readonly visibility: Visibility },
  context: ReaderContext,
): Spooled {
  if (!visibleIris(context, visibility).has(dataset)) throw unknownDataset(dataset);
  using builder = new ChangesetBuilder({ folder: context.folder });
  for (const lines of context.engine.lines(dataset)) for (const line of lines) builder.add('+', line);
  using sorted = builder.build();
  return spool(
    (function* () {
      for (const { line } of sorted.changes(dataset)) yield line;
    })(),
    context.folder,
  );
}

/**
 * The changes of a commit in the datasets a caller sees today, each as `op + line`; with `entity` only those of its
 * description.
 * @throws Fault not-found when the commit has no visible part.
 */
export function changes(
  { number, visibility, entity }: { readonly number: number; readonly visibility: Visibility; readonly entity?: string },
  context: ReaderContext,
): Spooled {
  const visible = visibleIris(context, visibility);
  const header = Number.isSafeInteger(number) && number >= 1 && number <= context.commit ? context.journal.header(number) : undefined;
  const described = visibility.restricted === '*' ? undefined : visible;
  const parts = header?.parts.filter((part) => visible.has(part.dataset) && seenPart(number, part, described, context)) ?? [];
  if (parts.length === 0 && !header?.purged?.some((part) => visible.has(part.dataset))) {
    throw new Fault('not-found', {
      nl: `Er is geen versie ${number}.`,
      en: `There is no version ${number}.`,
    });
  }
  return spool(
    (function* () {
      for (const { dataset } of parts) {
        const all = (): Iterable<Change> => seenChanges(number, dataset, described, context);
        for (const { op, line } of entity === undefined ? all() : changesOf(entity, dataset, all, context)) yield op + line;
      }
    })(),
    context.folder,
  );
}

/**
 * The changes to an entity's description: on itself and on the skolem nodes below it, before (links the commit
 * itself took away or brought) or now.
 */
function* changesOf(entity: string, dataset: string, all: () => Iterable<Change>, { engine, base }: ReaderContext): Generator<Change> {
  const below = new Map<TermText, TermText[]>();
  for (const { line } of all()) {
    const { subject, object } = splitLine(line);
    if (!isSkolemText(object, base)) continue;
    const children = below.get(subject);
    if (children) children.push(object);
    else below.set(subject, [object]);
  }
  const own = new Set<TermText>([`<${entity}>`]);
  for (const line of describeEntity(engine, dataset, entity, base)) own.add(splitLine(line).subject);
  for (const node of own) for (const child of below.get(node) ?? []) own.add(child);
  for (const change of all()) if (own.has(splitLine(change.line).subject)) yield change;
}
