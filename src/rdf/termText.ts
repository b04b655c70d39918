/** A term as its canonical N-Triples text: `<iri>`, `"text"@nl`, `_:b1`. Crosses threads and JSON. */
export type TermText = string;
