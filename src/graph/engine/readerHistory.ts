import type { CommitRange, CommitView } from '../api.js';
import type { CommitHeader } from '../commit.js';
import type { Visibility } from '../dataset.js';
import { seenPart } from './catalogueHistory.js';
import { unknownDataset } from '../unknownDataset.js';
import { visibleIris, type ReaderContext } from './readerContext.js';

/** More commits than this are asked for in pages. */
const maxCommits = 1000;
/** Headers read from the log at a time. */
const page = 200;

/** Commits that changed something the caller sees today, newest first. */
export function commits(
  { range, visibility }: { readonly range: CommitRange; readonly visibility: Visibility },
  context: ReaderContext,
): readonly CommitView[] {
  const visible = visibleIris(context, visibility);
  const { dataset, entity } = range;
  if (dataset !== undefined && !visible.has(dataset)) throw unknownDataset(dataset);
  if (visible.size === 0) return [];
  const views: CommitView[] = [];
  const limit = Math.min(range.limit, maxCommits);
  const oldest = range.oldest ?? false;
  let before = Math.min(range.before ?? Infinity, context.commit + 1);
  let after = range.after ?? 0;
  // A page of the log may hold headers nothing of which is visible: read on until the page is full. The log itself
  // filters only where an entity or dataset is asked for: its filter knows parts, and a purge has none.
  while (views.length < limit) {
    const headers = context.journal.headers({
      before,
      after,
      oldest,
      limit: page,
      ...(dataset === undefined ? {} : { dataset }),
      ...(entity === undefined ? {} : { entity, ...(dataset === undefined ? { datasets: [...visible] } : {}) }),
    });
    views.push(...headers.flatMap((header) => viewOf(header, visible, visibility, context) ?? []));
    const last = headers.at(-1);
    if (last === undefined || headers.length < page) break;
    if (oldest) after = last.number;
    else before = last.number;
  }
  return views.slice(0, limit);
}

/** A commit by its number; one without any visible part does not exist for this caller. */
export function commit(
  { number, visibility }: { readonly number: number; readonly visibility: Visibility },
  context: ReaderContext,
): CommitView | undefined {
  if (!Number.isSafeInteger(number) || number < 1 || number > context.commit) return undefined;
  const header = context.journal.header(number);
  return header && viewOf(header, visibleIris(context, visibility), visibility, context);
}

function viewOf(header: CommitHeader, visible: ReadonlySet<string>, visibility: Visibility, context: ReaderContext): CommitView | undefined {
  const { journal } = context;
  const described = visibility.restricted === '*' ? undefined : visible;
  const parts = header.parts.filter((part) => visible.has(part.dataset)).flatMap((part) => seenPart(header.number, part, described, context) ?? []);
  const purged = header.purged?.filter((part) => visible.has(part.dataset)) ?? [];
  if (parts.length === 0 && purged.length === 0) return undefined;
  const whole = header.parts.every((part) => parts.includes(part)) && purged.length === (header.purged?.length ?? 0);
  const { agent, purged: _, ...rest } = header;
  return {
    ...rest,
    parts,
    ...(purged.length === 0 ? {} : { purged }),
    agent: { role: agent.role, ...(agent.organisation === undefined ? {} : { organisation: agent.organisation }) },
    // The message was written about the whole commit: it may speak of what this caller may not see (the seed's does not).
    message: whole || header.source === 'seed' ? (journal.note(header.number)?.message ?? null) : null,
  };
}
