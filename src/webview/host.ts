/** The page's side of the talk with the extension: messages of one type out, states of one type in, and a draft that outlives the page. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): VsCodeApi;

export interface Host<Wish, State, Draft> {
  tell(wish: Wish): void;
  /** Calls `then` with every state that comes. */
  listen(then: (state: State) => void): void;
  /** Kept while the page is hidden and gone. */
  draft: Draft | undefined;
}

/** To be called once: the editor gives its interface to a page a single time. */
export function connectHost<Wish, State, Draft>(): Host<Wish, State, Draft> {
  const api = acquireVsCodeApi();
  return {
    tell: (wish) => api.postMessage(wish),
    listen: (then) => window.addEventListener('message', (e: MessageEvent<State>) => then(e.data)),
    get draft() {
      return (api.getState() ?? undefined) as Draft | undefined;
    },
    set draft(draft) {
      api.setState(draft);
    },
  };
}
