/** A process that writes rows: `writer.js FOLDER NAME COUNT`. */
import { AcceptanceLog } from '../../../src/money/acceptance/log.js';
import { proposal } from './rows.js';

const [folder = '', name = '', count = '0'] = process.argv.slice(2);
const log = new AcceptanceLog(folder, { durable: false });
void (async () => {
  for (let i = 0; i < Number(count); i++) await log.append(proposal(`${name}${i}`));
})();
