import assert from 'node:assert/strict';
import type { Quad } from '@rdfjs/types';
import { Fault } from '../../../src/faults.js';
import type { QuadLine } from '../../../src/graph/changeset.js';
import { canonicalQuad } from '../../../src/rdf/canonical.js';
import { formatByMediaType } from '../../../src/rdf/mediaTypes.js';
import { joinLine } from '../../../src/rdf/nquads.js';
import { parseString } from '../../../src/rdf/parse.js';
import { termText } from '../../../src/rdf/terms.js';
import type { ValidationReport, ValidationResult } from '../../../src/graph/validation/report.js';
import { ShapesRegistry } from '../../../src/validation/shapesRegistry.js';
import { IncrementalValidator } from '../../../src/validation/validator.js';
import { MemoryState } from '../../support/memoryState.js';

export const ex = 'http://example.org/';
const header = `
@prefix ex: <${ex}> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
`;

export async function quadsOf(turtle: string): Promise<Quad[]> {
  const format = formatByMediaType('text/turtle');
  assert.ok(format);
  return parseString(header + turtle, { format });
}

/** Quad lines of a Turtle text in a dataset. */
export async function linesOf(turtle: string, dataset: string): Promise<QuadLine[]> {
  return (await quadsOf(turtle)).map((quad) => {
    const { subject, predicate, object } = canonicalQuad(quad);
    return joinLine(termText(subject), termText(predicate), termText(object), `<${dataset}>`);
  });
}

export async function registryOf(turtle: string): Promise<ShapesRegistry> {
  return ShapesRegistry.fromQuads(await quadsOf(turtle));
}

/** The Fault that registering these shapes throws. */
export async function refusalOf(turtle: string): Promise<Fault> {
  const quads = await quadsOf(turtle);
  try {
    ShapesRegistry.fromQuads(quads);
  } catch (error) {
    assert.ok(error instanceof Fault);
    return error;
  }
  return assert.fail('the shapes were accepted');
}

export async function validateDocument(shapes: string, data: string): Promise<ValidationReport> {
  const validator = new IncrementalValidator(await registryOf(shapes), {
    makeState: (lines) => new MemoryState([{ iri: 'urn:regiograaf:document', status: 'aangenomen', mode: 'enforce', visibility: 'public' }], lines),
  });
  return validator.validateDocument({ quads: await quadsOf(data), limit: 1000 });
}

/** A result in short: `a MinCount`, `a Datatype "x"`; names in the example namespace without it. */
export function short({ focusNode, component, value }: ValidationResult): string {
  const name = component.replace('http://www.w3.org/ns/shacl#', '').replace('ConstraintComponent', '');
  return [focusNode, name, value ?? ''].map((part) => part.replaceAll(`<${ex}`, '<').replaceAll(/<([\w-]+)>/g, '$1')).join(' ').trim();
}
