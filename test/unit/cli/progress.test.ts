import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { Progress } from '../../../src/cli/progress.js';

function output(isTTY: boolean): PassThrough & { readonly isTTY: boolean; readonly columns: number } {
  return Object.assign(new PassThrough({ encoding: 'utf8' }), { isTTY, columns: 80 });
}

describe('Progress of a command', () => {
  it('is a bar that is wiped away at the end on a terminal', () => {
    const terminal = output(true);
    {
      using progress = new Progress(terminal, 'actoren.ttl laden', 200);
      progress.update(100, 'controleren');
    }
    const text = String(terminal.read());
    assert.match(text, /actoren\.ttl laden █{14}░{14} {2}50 % controleren/u);
    assert.ok(text.endsWith('\r\u001b[K'));
  });

  it('shows the last step it was told of, and goes on counting while nothing comes in', async () => {
    const terminal = output(true);
    {
      using progress = new Progress(terminal, 'actoren.ttl laden', 200);
      progress.update(100);
      progress.update(200, 'controleren');
      await sleep(1200);
    }
    assert.match(String(terminal.read()), / 50 %[^]*100 % controleren \(1 s\)/u);
  });

  it('is one plain line elsewhere', () => {
    const file = output(false);
    {
      using progress = new Progress(file, 'actoren.ttl laden', 200);
      progress.update(100);
      progress.update(200);
    }
    assert.equal(file.read(), 'actoren.ttl laden …\n');
  });
});
