/** The key of the markers that a request asks changes to be written between; "" where it asks for none. */
export function markerKeyIn(body: unknown): string {
  return /<<<<<<< EDIT ([a-z0-9]{6}) /.exec(JSON.stringify(body))?.[1] ?? '';
}
