import fc from 'fast-check';

/** Lexical forms by datatype, for property tests: well-typed, odd and plainly wrong ones. */
export const xsd = 'http://www.w3.org/2001/XMLSchema#';

const digits = (max: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: max });
const sign = fc.constantFrom('', '', '+', '-');
const join = (...parts: fc.Arbitrary<string>[]): fc.Arbitrary<string> => fc.tuple(...parts).map((texts) => texts.join(''));
const maybe = (part: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fc.constant(''), part);
const text = fc.constantFrom;

const integer = fc.oneof(join(sign, digits(22)), fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }).map(String), text('-0', '+0', '007', '9223372036854775807', '9223372036854775808', '-9223372036854775808', '-9223372036854775809', '000000000000000000000001', '1.0', '1e3'));

const decimal = fc.oneof(
  join(sign, digits(22), maybe(join(text('.'), maybe(digits(21))))),
  join(sign, text('.'), digits(20)),
  text('170141183460469231731.687303715884105727', '170141183460469231731.687303715884105728', '-170141183460469231731.687303715884105728', '+170141183460469231731.687303715884105727', '0170141183460469231731.6873037158841057280', '-0', '-0.0', '.', '1e5', '+.5', '5.', '00.500'),
);

const double = fc.oneof(
  fc.double().map(String),
  join(sign, digits(18), maybe(join(text('.'), maybe(digits(20)))), maybe(join(text('e', 'E'), sign, digits(3)))),
  join(sign, text('.'), digits(5), maybe(join(text('e', 'E'), sign, digits(2)))),
  text('INF', '-INF', '+INF', 'inf', 'Infinity', 'NaN', 'nan', '-NaN', '-0', '0', '1e400', '1e-400', '5e-324', '2e-324', '1e', '0x1', 'infinit', '9007199254740993'),
);

const float = fc.oneof(
  double,
  fc.float({ noNaN: true }).map(String),
  // Exactly halfway between two floats, and just beside it.
  fc.tuple(fc.integer({ min: 1, max: 2 ** 24 }), fc.integer({ min: -20, max: 60 }), text('', '1', '0000000000000000000001')).map(([mantissa, exponent, more]) => {
    const halfway = BigInt(2 * mantissa + 1) * 2n ** BigInt(exponent + 20);
    return `${halfway}.${more === '' ? '0' : more}e-3`;
  }),
  fc.tuple(fc.integer({ min: 2 ** 23, max: 2 ** 24 - 1 }), fc.integer({ min: 0, max: 100 }), text('', '.0000000000000000000001')).map(
    ([mantissa, exponent, more]) => `${BigInt(2 * mantissa + 1) * 2n ** BigInt(exponent)}${more}`,
  ),
  fc.integer({ min: -149, max: 127 }).map((exponent) => String(2 ** exponent)),
  text('340282356779733661637539395458142568447', '340282356779733661637539395458142568448', '340282346638528859811704183484516925440', '7.006492321624085e-46', '7.0064923216240853546186479164495e-46', '7.006492321624085354618647916449580656401309709382578858785341419448955413429303e-46', '1.1754943508222875e-38'),
);

const pad2 = (max: number): fc.Arbitrary<string> => fc.integer({ min: 0, max }).map((value) => String(value).padStart(2, '0'));
const year = fc.oneof(fc.integer({ min: -3000, max: 3000 }).map((value) => `${value < 0 ? '-' : ''}${String(Math.abs(value)).padStart(4, '0')}`), join(maybe(text('-')), digits(14)), text('0000', '-0000', '2024', '1900', '2000', '9999', '10000', '-0400', '-0001', '5391559471918', '-5391559471918'));
const month = pad2(13);
const day = fc.oneof(pad2(32), text('28', '29', '30', '31'));
const second = join(fc.oneof(pad2(60), text('59')), maybe(join(text('.'), fc.oneof(digits(20), text('0', '5', '50', '999999999999999999')))));
const clock = fc.oneof(join(pad2(25), text(':'), pad2(60), text(':'), second), text('24:00:00', '24:00:00.000', '24:30:00', '24:00:30', '24:30:30', '23:59:59.5', '00:00:00'));
const zone = maybe(fc.oneof(text('Z', '+00:00', '-00:00', '+14:00', '-14:00', '+14:01', 'z', '+1:00'), join(text('+', '-'), pad2(15), text(':'), pad2(60))));

const digits4 = join(text('P', '-P', '+P', 'p'), maybe(join(digits(4), text('Y'))), maybe(join(digits(4), text('M'))), maybe(join(digits(4), text('D'))), maybe(join(text('T'), maybe(join(digits(4), text('H'))), maybe(join(digits(4), text('M'))), maybe(join(digits(4), maybe(join(text('.'), maybe(digits(19)))), text('S'))))));
const duration = fc.oneof(digits4, join(text('P', '-P'), digits(21), text('Y', 'M', 'D')), join(text('PT', '-PT'), digits(22), text('H', 'M', 'S')), text('P0D', 'P0M', '-P0M', '-PT0S', 'PT', 'P', 'P1YT', 'PT.5S', 'PT1.S', 'PT1.5M', 'P1Y1D', 'P9223372036854775807M', '-P9223372036854775807M', 'P768614336404564650Y7M', 'P768614336404564650Y8M', '-P768614336404564650Y8M', 'PT170141183460469231731.687303715884105727S', 'P1969226660422097D', 'P1969226660422098D'));

export const lexicalForms: Readonly<Record<string, fc.Arbitrary<string>>> = {
  integer,
  ...Object.fromEntries(['byte', 'short', 'int', 'long', 'unsignedByte', 'unsignedShort', 'unsignedInt', 'unsignedLong', 'positiveInteger', 'negativeInteger', 'nonPositiveInteger', 'nonNegativeInteger'].map((name) => [name, integer])),
  decimal,
  double,
  float,
  boolean: text('true', 'false', '1', '0', 'TRUE', ' true', ''),
  dateTime: join(year, text('-'), month, text('-'), day, text('T', 'T', 'T', ' '), clock, zone),
  dateTimeStamp: join(year, text('-'), month, text('-'), day, text('T'), clock, zone),
  date: join(year, text('-'), month, text('-'), day, zone),
  time: join(clock, zone),
  gYearMonth: join(year, text('-'), month, zone),
  gYear: join(year, zone),
  gMonthDay: join(text('--'), month, text('-'), day, zone),
  gMonth: join(text('--'), month, zone),
  gDay: join(text('---'), day, zone),
  duration,
  yearMonthDuration: duration,
  dayTimeDuration: duration,
  string: fc.string(),
  anyURI: fc.webUrl(),
  hexBinary: text('aF', 'AF', 'x'),
  token: text(' a  b ', 'a'),
};

/** A text with what text can hold: quotes, escapes, controls, separators, emoji; no lone surrogates. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('a', '"', '\\', '\n', '\r', '\t', '\b', '\f', '\0', '\u001f', '\u007f', '\u0080', '\u0085', '\u2028', '\u2029', '\ufeff', '\ufffd', '\ufffe', '\uffff', "'", ' ', '😀', '^^<urn:a>', '@nl', '" .', '\\u0041', 'é', 'e\u0301', '<', '>', '&', ']]>') }),
  fc.string(),
);

export const languageTag: fc.Arbitrary<string> = fc.constantFrom('nl', 'NL', 'nl-BE', 'nl-be', 'en', 'en-GB', 'zh-Hant-TW', 'de-CH-1901', 'x-private', 'sr-Latn-RS');
