/** WKT after the IRI of its coordinate system (GeoSPARQL 1.1 §8.5.1). */
const withSystem = /^\s*<([^>]*)>\s*(.*)$/su;
const longitudeFirst = /\/def\/crs\/OGC\/1\.3\/CRS84$/u;
/** Axis order of the register: latitude, then longitude. */
const latitudeFirst = /\/def\/crs\/EPSG\/[\d.]+\/4326$/u;
const pairs = /([(,]\s*)(-?[\d.]+(?:[eE][+-]?\d+)?)(\s+)(-?[\d.]+(?:[eE][+-]?\d+)?)/gu;

/**
 * The same geometry without the IRI of a coordinate system, which makes consumers' stores refuse the whole file.
 * Undefined when that is not possible: without the IRI, WKT means longitude and latitude in WGS 84.
 */
export function plainWkt(text: string): string | undefined {
  const [, system, geometry] = withSystem.exec(text) ?? [];
  if (system === undefined || geometry === undefined) return text;
  if (longitudeFirst.test(system)) return geometry;
  if (latitudeFirst.test(system)) return geometry.replace(pairs, '$1$4$3$2');
  return undefined;
}
