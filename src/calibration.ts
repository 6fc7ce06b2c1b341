/** Models as the ledger knows them: their token estimates corrected by what was reported for earlier requests. */
import { calibrate } from './models/calibrate.js';
import type { Model } from './models/catalogue.js';
import { readHistory } from './money/ledger/reader.js';
import { tokenSamples } from './money/token-samples.js';

/** How far back requests tell how a model counts: providers change models under their names. */
const MEASURED_OVER_DAYS = 90;

export type Calibration = <M extends Pick<Model, 'provider' | 'id' | 'tokens'>>(model: M) => M;

/** What the ledger in `folder` tells at this time; models without enough requests stay as they are. Rejects as {@link readHistory} does. */
export async function readCalibration(folder: string, at: Date): Promise<Calibration> {
  const since = new Date(at.getTime() - MEASURED_OVER_DAYS * 86_400_000).toISOString().slice(0, 10);
  const { entries } = await readHistory(folder, since);
  return (model) => ({ ...model, tokens: calibrate(model.tokens, tokenSamples(entries, model.provider, model.id)) });
}
