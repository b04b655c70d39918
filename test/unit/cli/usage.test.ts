import assert from 'node:assert/strict';
import { cli } from './runCli.js';

const commands = ['serve', 'load', 'validate', 'query', 'update', 'export', 'dump', 'datasets', 'history', 'show', 'verify', 'derive', 'purge', 'token create', 'token list', 'token revoke'];

describe('The help of the command line', () => {
  for (const command of commands) {
    it(`shows examples of ${command}, in Dutch and in English`, async () => {
      const dutch = await cli([...command.split(' '), '--help']);
      assert.equal(dutch.code, 0);
      assert.match(dutch.out, /^Gebruik: regiograaf/u);
      assert.match(dutch.out, new RegExp(`Voorbeelden:\\n.*regiograaf ${command}`, 'su'));
      const english = await cli(['--lang', 'en', ...command.split(' '), '--help']);
      assert.match(english.out, new RegExp(`Usage: .*Examples:\\n.*regiograaf ${command}`, 'su'));
    });
  }

  it('lists every exit code', async () => {
    const { out } = await cli(['--help']);
    for (const code of [0, 1, 2, 3, 4, 5]) assert.match(out, new RegExp(`\\b${code} {1,2}\\p{L}`, 'u'));
  });

  it('is Dutch down to what stands for a value', async () => {
    const { out } = await cli(['load', '--help']);
    assert.match(out, /regiograaf load \[opties\] <bestand\.\.\.>/u);
    assert.doesNotMatch(out, /[<[](?:file|name|folder|options|text|number)/u);
  });

  it('is in the language of REGIOGRAAF_LANG', async () => {
    assert.match((await cli(['--help'], { env: { REGIOGRAAF_LANG: 'en' } })).out, /^Usage:/u);
  });
});

describe('Wrong usage of the command line', () => {
  const wrong: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['an unknown command', ['vlieg'], /Onbekend commando vlieg/u],
    ['an unknown option', ['datasets', '--snel'], /Onbekende optie --snel/u],
    ['a missing option', ['load', 'a.ttl'], /--dataset <naam> is verplicht/u],
    ['a missing argument', ['history'], /ontbreekt een argument: <iri>/u],
    ['no number where one belongs', ['show', 'laatste'], /geheel getal/u],
    ['a choice that does not exist', ['token', 'create', '--role', 'koning'], /Kies uit reader, steward, administrator/u],
    ['several files with --replace', ['load', 'a.ttl', 'b.ttl', '--dataset', 'x', '--replace'], /maar één bestand/u],
    ['a text and a file', ['query', 'ASK {}', '--file', 'q.rq'], /niet allebei/u],
    ['a local command for a service', ['verify', '--url', 'http://localhost:1/'], /alleen op een map/u],
    ['a language there is none of', ['datasets', '--lang', 'fr'], /Kies uit nl, en/u],
    ['a wrong setting', ['serve', '--port', 'abc', '--readers', '1'], /PORT "abc" kan niet; het moet zijn: een geheel getal; READERS "1" kan niet; het moet zijn: minstens 2/u],
    ['a purge without confirmation', ['purge', 'x', '--reason', 'y'], /--yes/u],
  ];
  for (const [what, args, message] of wrong) {
    it(`ends with 2 and says so: ${what}`, async () => {
      const { code, out, err } = await cli(args);
      assert.equal(code, 2);
      assert.equal(out, '');
      assert.match(err, message);
    });
  }
});
