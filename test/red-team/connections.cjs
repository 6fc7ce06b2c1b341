/**
 * Loaded before the command, in its process and all of its threads (`NODE_OPTIONS=--require`):
 * writes every connection, name look-up, datagram and program into the file that
 * LONGVIEW_TEST_CONNECTIONS names, one a line, before it is made.
 */
const { appendFileSync } = require('node:fs');
const childProcess = require('node:child_process');
const dgram = require('node:dgram');
const dns = require('node:dns');
const net = require('node:net');

const record = (what) => appendFileSync(process.env.LONGVIEW_TEST_CONNECTIONS, `${what}\n`);

/** Calls `tell` with the arguments of each call of a method. */
function watch(holder, name, tell) {
  const original = holder[name];
  holder[name] = function (...args) {
    tell(...args);
    return original.apply(this, args);
  };
}

watch(net.Socket.prototype, 'connect', (...args) => {
  // Inside of Node the arguments come as a list that is read already.
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const { host, port, path } = typeof first === 'object' ? first : { host: second, port: first };
  record(path === undefined || path === null ? `tcp ${host ?? 'localhost'}:${port}` : `pipe ${path}`);
});
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6', 'resolveTxt']) {
  watch(dns, name, (host) => record(`dns ${host}`));
  watch(dns.promises, name, (host) => record(`dns ${host}`));
}
watch(dgram.Socket.prototype, 'send', () => record('udp'));
watch(childProcess.ChildProcess.prototype, 'spawn', ({ file }) => record(`run ${file}`));
for (const name of ['spawnSync', 'execSync', 'execFileSync']) watch(childProcess, name, (file) => record(`run ${file}`));
