#!/usr/bin/env node
// compile_commands.json from what make would run: make -nwB … | node commands.mjs FOLDER > compile_commands.json
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const folders = [resolve(process.argv[2])];
const commands = new Map();
for (const line of readFileSync(0, 'utf8').split('\n')) {
  const entered = /: Entering directory '(.+)'$/.exec(line);
  if (entered) folders.push(entered[1]);
  else if (/: Leaving directory /.test(line)) folders.pop();
  const compiled = /(?:^|[;&]\s*)((?:\S*\/)?(?:cc|gcc|c99|g\+\+|c\+\+)\s[^;&|]*)/.exec(line.replace(/\d?>.*/, ''));
  const sources = compiled?.[1].match(/(?<=\s)[^\s=]+\.(?:c|cc|cpp|cxx)(?=\s|$)/g) ?? [];
  for (const file of sources) {
    const others = sources.filter((s) => s !== file);
    const command = compiled[1].split(/\s+/).filter((w) => !others.includes(w) && !/^-(MMD|MD|MP)$/.test(w));
    if (!command.includes('-MM'))
      commands.set(`${folders.at(-1)} ${command.join(' ')}`, { directory: folders.at(-1), command: command.join(' '), file });
  }
}
console.log(JSON.stringify([...commands.values()]));
