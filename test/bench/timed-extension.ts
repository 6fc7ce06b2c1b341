/** An extension that times itself: what its own code takes of what VS Code calls its activation. */
import { cpSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Milliseconds by the clock, with the CPU time of the host's thread in them. */
export interface OwnTime {
  /** To load the entry and run its top level. */
  readonly loadMs: number;
  readonly loadCpuMs: number;
  /** activate() until it has returned. */
  readonly callMs: number;
  readonly callCpuMs: number;
  /** From there until its promise has settled. */
  readonly resolveMs: number;
}

/** File, beside the entry, that an activated extension writes its times to. */
const TIMES = 'times.json';

/** Copies an unpacked extension to `folder`, with a few lines around its entry that look at the clock; `folder` is returned. */
export function timedExtension(extension: string, folder: string): string {
  for (const part of ['package.json', 'package.nls.json', 'media', join('dist', 'extension.js')])
    cpSync(join(extension, part), join(folder, part), { recursive: true });
  renameSync(join(folder, 'dist', 'extension.js'), join(folder, 'dist', 'timed.js'));
  writeFileSync(join(folder, 'dist', 'extension.js'), TIMING);
  return folder;
}

/** What the extension in `folder` took when it was last activated. */
export function ownTime(folder: string): OwnTime {
  return JSON.parse(readFileSync(join(folder, 'dist', TIMES), 'utf8'));
}

const TIMING = `"use strict";
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');
const look = () => ({ at: performance.now(), cpu: process.threadCpuUsage() });
const between = (a, b) => [b.at - a.at, (b.cpu.user + b.cpu.system - a.cpu.user - a.cpu.system) / 1000];
const start = look();
const timed = require('./timed.js');
const loaded = look();
exports.activate = (context) => {
  const called = look();
  const activated = timed.activate(context);
  const returned = look();
  Promise.resolve(activated).then(() => {
    const settled = look();
    setImmediate(() => {
      const [loadMs, loadCpuMs] = between(start, loaded);
      const [callMs, callCpuMs] = between(called, returned);
      const [resolveMs] = between(returned, settled);
      writeFileSync(join(__dirname, '${TIMES}'), JSON.stringify({ loadMs, loadCpuMs, callMs, callCpuMs, resolveMs }));
    });
  });
  return activated;
};
`;
