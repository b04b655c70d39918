import { streamSubject } from './names.js';
import { testStream, type DeltaStream } from './streams.js';

/** Graph of the consumer's own store. */
function ingestGraph(stream: string): string {
  return `http://mu.semte.ch/graphs/regiograaf/${stream}`;
}

/** Sends what a consumer of the test stream has in its store, to be compared. */
export function compareCommand(base: string): string {
  return [
    "curl -s http://localhost:8890/sparql -H 'Accept: application/n-triples' \\",
    `  --data-urlencode 'query=CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <${ingestGraph(testStream)}> { ?s ?p ?o } }' |`,
    `curl -s ${streamSubject(base, testStream)}/eindtoestand -H 'Content-Type: application/n-triples' --data-binary @-`,
  ].join('\n');
}

/** The variables of the LBLOD delta consumer for one stream, in the order a person reads them. */
function consumerVariables(base: string, { name, closed }: Pick<DeltaStream, 'name' | 'closed'>): readonly (readonly [variable: string, value: string])[] {
  const service = `regiograaf-${name}-consumer`;
  const operation = (what: string): string => `http://redpencil.data.gift/id/jobs/concept/JobOperation/deltas/consumer/${what}/regiograaf-${name}`;
  return [
    ['DCR_SERVICE_NAME', service],
    ['DCR_SYNC_BASE_URL', base.replace(/\/$/, '')],
    ['DCR_SYNC_FILES_PATH', `/sync/${name}/files`],
    ['DCR_SYNC_DATASET_SUBJECT', streamSubject(base, name)],
    ['DCR_INITIAL_SYNC_JOB_OPERATION', operation('initialSync')],
    ['DCR_DELTA_SYNC_JOB_OPERATION', operation('deltaSync')],
    ['DCR_JOB_CREATOR_URI', `http://data.lblod.info/services/id/${service}`],
    ['INGEST_GRAPH', ingestGraph(name)],
    ...(closed ? ([['DCR_SYNC_LOGIN_ENDPOINT', `${base}sync/${name}/login`], ['DCR_SECRET_KEY', 'uw-token']] as const) : []),
  ];
}

function isLocal(base: string): boolean {
  return /^(?:localhost|127\.[\d.]+|\[::1\])$/u.test(new URL(base).hostname);
}

/** To paste into a docker-compose file. */
export function composeText(base: string, stream: Pick<DeltaStream, 'name' | 'closed'>): string {
  const service = `regiograaf-${stream.name}-consumer`;
  return [
    `# Regiograaf, stroom "${stream.name}": wat uitgelegd wordt op ${base}sync/${stream.name}`,
    ...(isLocal(base) ? [`# In een container is localhost die container zelf: geef als DCR_SYNC_BASE_URL het adres waarop Regiograaf van daaruit te bereiken is.`] : []),
    'services:',
    `  ${service}:`,
    '    image: lblod/delta-consumer:0.1.4',
    '    environment:',
    ...consumerVariables(base, stream).map(([variable, value]) => `      ${variable}: ${JSON.stringify(value)}`),
    '    links:',
    '      - database:database',
    '    restart: always',
    '',
  ].join('\n');
}

/** The same as a file of variables. */
export function envText(base: string, stream: Pick<DeltaStream, 'name' | 'closed'>): string {
  return `${consumerVariables(base, stream)
    .map(([variable, value]) => `${variable}=${value}`)
    .join('\n')}\n`;
}
