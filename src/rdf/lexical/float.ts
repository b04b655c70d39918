/** The engine's `xsd:double` and `xsd:float`: shortest digits that read back as the same value, never an exponent. */
const floatPattern = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const infinityPattern = /^([+-]?)(?:inf|infinity)$/i;
const nanPattern = /^[+-]?nan$/i;

function special(text: string): string | undefined {
  const infinity = infinityPattern.exec(text);
  if (infinity) return infinity[1] === '-' ? '-INF' : 'INF';
  return nanPattern.test(text) ? 'NaN' : undefined;
}

/** Writes digits with a decimal exponent (`1.5e-7`) without the exponent. */
function withoutExponent(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const written = whole + fraction;
  const digits = written.replace(/^0+/, '');
  const point = whole.length + Number(exponent) - (written.length - digits.length);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits + '0'.repeat(point - digits.length);
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

function numberText(value: number, digits: (value: number) => string): string {
  if (value === Number.POSITIVE_INFINITY) return 'INF';
  if (value === Number.NEGATIVE_INFINITY) return '-INF';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  return withoutExponent(digits(value));
}

/** The engine's text of an `xsd:double`, or undefined when it keeps what was written. */
export function doubleText(text: string): string | undefined {
  const named = special(text);
  if (named !== undefined) return named;
  if (!floatPattern.test(text)) return undefined;
  const value = Number(text);
  return numberText(value, shortestDouble);
}

/** The engine's text of an `xsd:float`, or undefined when it keeps what was written. */
export function floatText(text: string): string | undefined {
  const named = special(text);
  if (named !== undefined) return named;
  if (!floatPattern.test(text)) return undefined;
  return numberText(nearestFloat(text), shortestFloat);
}

/** Shortest digits; of two equally near, the larger in size, where JavaScript takes the even one. */
function shortestDouble(value: number): string {
  const shortest = String(value);
  const precision = shortest.replace(/e.*$/, '').replace(/^-?[0.]*|\./g, '').replace(/0+$/, '').length;
  const larger = value.toExponential(Math.max(precision - 1, 0));
  return Number(larger) === value ? larger : shortest;
}

const overflow = 2 ** 128;
const bits = new DataView(new ArrayBuffer(4));

/** The float one step further from zero. */
function stepUp(value: number): number {
  bits.setFloat32(0, value);
  bits.setUint32(0, bits.getUint32(0) + 1);
  const next = bits.getFloat32(0);
  return Number.isFinite(next) ? next : Math.sign(value) * overflow;
}

function stepDown(value: number): number {
  bits.setFloat32(0, value);
  bits.setUint32(0, bits.getUint32(0) - 1);
  return bits.getFloat32(0);
}

/**
 * The float nearest to a decimal text. Going through a double rounds twice; that differs only when the double is
 * exactly halfway between two floats and the text is not.
 */
function nearestFloat(text: string): number {
  const double = Number(text);
  const float = Math.fround(double);
  const size = Math.abs(double);
  const found = Math.abs(float);
  if (size === found || size === Number.POSITIVE_INFINITY) return float;
  const [below, above] = found < size ? [found, stepUp(found)] : [Number.isFinite(found) ? stepDown(found) : 2 ** 128 - 2 ** 104, found];
  if (size - below !== (Number.isFinite(above) ? above : overflow) - size) return float;
  const order = compareMagnitude(text, size);
  if (order === 0) return float;
  const rounded = order < 0 ? below : above;
  return Math.sign(double) * (rounded >= overflow ? Number.POSITIVE_INFINITY : rounded);
}

/** Sign of |text| - value, exactly. */
function compareMagnitude(text: string, value: number): number {
  const match = /^[+-]?(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) return 0;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  let left = BigInt(whole + fraction);
  const power = Number(exponent) - fraction.length;
  // A double is an integer times a power of two no smaller than 2^-1074.
  let right = BigInt(value * 2 ** 149 * 2 ** 30);
  left *= 2n ** 179n;
  if (power >= 0) left *= 10n ** BigInt(power);
  else right *= 10n ** BigInt(-power);
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Shortest digits that read back as this float; the nearest of those. */
function shortestFloat(value: number): string {
  for (let precision = 1; precision < 9; precision += 1) {
    const nearest = value.toExponential(precision - 1);
    const [mantissa = '', exponent = '0'] = nearest.split('e');
    const digits = BigInt(mantissa.replace('.', ''));
    for (const candidate of [digits, digits + 1n, digits - 1n]) {
      const text = `${candidate}e${Number(exponent) - precision + 1}`;
      if (nearestFloat(text) === value) return String(Number(text));
    }
  }
  return String(Number(value.toExponential(8)));
}
