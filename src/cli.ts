#!/usr/bin/env node
/** The `longview` command: hands the process's arguments and streams to src/cli/. */
import { version } from '../package.json';
import { printable } from './base/invisible.js';
import { EXIT } from './cli/command.js';
import { runCommandLine } from './cli/run.js';

const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
process.once('SIGTERM', () => interrupt.abort());
// A reader that closes early (| head) ends the command quietly: as an interruption would, so that a request under way is still booked.
let unread = false;
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  unread = true;
  interrupt.abort();
});

/** Begins a line of progress over the last one; the only thing of ours that commands a terminal. */
const AFRESH = '\r\x1b[K';

const terminal = {
  // Into a file or another program go the bytes as they are; nothing that a repository or a model wrote commands a terminal.
  write: (text: string) => {
    if (!unread) process.stdout.write(process.stdout.isTTY ? printable(text) : text);
  },
  note: (text: string) => {
    if (unread) return;
    const begin = text.startsWith(AFRESH) ? AFRESH : '';
    process.stderr.write(begin + printable(text.slice(begin.length)));
  },
  interactive: process.stderr.isTTY === true,
  columns: process.stderr.columns ?? 80,
  input: process.stdin,
  cwd: process.cwd(),
  env: process.env,
};

void runCommandLine(process.argv.slice(2), terminal, version, interrupt.signal).then((code) => {
  process.exitCode = unread ? EXIT.done : code;
});
