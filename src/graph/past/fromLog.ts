import type { DatasetInfo, EntityAnswer, Labels } from '../api.js';
import type { Visibility } from '../dataset.js';
import { visibleDatasets, type DescriptionContext, type ReaderContext } from '../engine/readerContext.js';
import { datasets } from '../engine/readerDatasets.js';
import { entity } from '../engine/readerEntities.js';
import { labels } from '../engine/readerLabels.js';
import { LogState, LogTooLong } from './logState.js';

/** Changes of the log that are read for one question beside the work of today. */
const budget = 200_000;

/** The questions that descriptions alone answer. */
export interface LogJobs {
  readonly entity: { readonly args: { readonly iri: string }; readonly answer: EntityAnswer | { readonly gone: number } | undefined };
  readonly labels: { readonly args: { readonly iris: readonly string[] }; readonly answer: Labels };
  readonly datasets: { readonly args: object; readonly answer: readonly DatasetInfo[] };
}

export type LogQuestion = { readonly [K in keyof LogJobs]: { readonly job: K; readonly args: LogJobs[K]['args'] } }[keyof LogJobs];

/** `beyond`: the log since then is too long. */
export type LogAnswer = { readonly answer: LogJobs[keyof LogJobs]['answer'] } | { readonly beyond: true };

/** Answers a question about an old state from the live replica and the log since. */
export function fromLog(
  { number, question, visibility }: { readonly number: number; readonly question: LogQuestion; readonly visibility: Visibility },
  context: ReaderContext,
): LogAnswer {
  try {
    const today = new Map(visibleDatasets(context, visibility).map((dataset) => [dataset.iri, dataset.visibility]));
    const engine = new LogState({ context, number, today, budget });
    return { answer: answered(question, visibility, { ...context, engine, commit: number }) };
  } catch (error) {
    if (error instanceof LogTooLong) return { beyond: true };
    throw error;
  }
}

function answered(question: LogQuestion, visibility: Visibility, context: DescriptionContext): LogJobs[keyof LogJobs]['answer'] {
  switch (question.job) {
    case 'entity':
      return entity({ ...question.args, visibility }, context);
    case 'labels':
      return labels({ ...question.args, visibility }, context);
    case 'datasets':
      return datasets({ visibility }, context);
  }
}
