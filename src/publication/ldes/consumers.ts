import { paths } from './hypermedia.js';

/** How a stream of version objects is read with a known client, to paste. */
export interface ConsumerRecipe {
  readonly client: string;
  readonly text: string;
}

/** What Virtuoso refuses, and ends a consumer: geometries with a coordinate system, durations. */
const sanitized = String.raw`<http://www.opengis.net/def/crs/[^>]*> |\\^\\^<http://www.w3.org/2001/XMLSchema#(?:duration|yearMonthDuration)>`;

/** Recipes for the clients this service is tried with. `root` is the address of the stream, `first` the name of its first page. */
export function consumerRecipes(root: string, first: string): readonly ConsumerRecipe[] {
  const { of, time } = paths.versies;
  return [
    { client: 'ldes-client (npm)', text: `npx ldes-client ${root} -s ./state -f --poll-interval 10000` },
    {
      client: 'LDIO (VSDS, OpenLDES)',
      text: ['name: regiograaf', 'input:', '  name: Ldio:LdesClient', '  config:', `    urls: [ "${root}" ]`, '    source-format: text/turtle', 'outputs:', '  - name: Ldio:ConsoleOut'].join('\n'),
    },
    {
      client: 'redpencilio/ldes-consumer-service',
      text: [
        'services:',
        '  ldes-consumer:',
        '    image: redpencil/ldes-consumer:0.12.2',
        '    environment:',
        `      LDES_ENDPOINT_VIEW: "${root}"`,
        '      INGEST_MODE: "MATERIALIZE"',
        '      LDES_POLLING_INTERVAL: "10000"',
        `      LDES_SANITIZE_CONTENTS_REGEX: "${sanitized}"`,
        '    restart: always',
      ].join('\n'),
    },
    {
      client: 'lblod/ldes-client',
      text: [
        'services:',
        '  ldes-client:',
        '    image: lblod/ldes-client',
        '    environment:',
        `      LDES_BASE: "${root}/keten/p/"`,
        `      FIRST_PAGE: "${first}"`,
        `      TIME_PREDICATE: "${time}"`,
        `      VERSION_PREDICATE: "${of}"`,
      ].join('\n'),
    },
  ];
}
