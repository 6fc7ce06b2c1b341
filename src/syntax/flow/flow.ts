/** What statements of a function take from the rest of it and what they leave behind: the interface that they would have as a function of their own. */

/** 0-based lines, the last one included. */
export interface Lines {
  readonly start: number;
  readonly end: number;
}

/** A variable, with the 0-based line where it is declared or first assigned. */
export interface FlowName {
  readonly name: string;
  readonly line: number;
}

/** A variable whose value the code behind the statements may read. */
export interface Result extends FlowName {
  /** It is declared, or first assigned, by the statements themselves. */
  readonly fresh: boolean;
  /** Every way to the end of the statements assigns it. */
  readonly always: boolean;
}

/** A variable of a function around the one that the statements stand in. */
export interface OuterName extends FlowName {
  readonly assigned: boolean;
}

export type ExitKind = 'return' | 'break' | 'continue' | 'throw' | 'await' | 'yield' | 'defer' | 'value';

/** What makes a call different from the statements themselves. */
export interface Exit {
  readonly kind: ExitKind;
  /** 0-based, ascending. */
  readonly lines: readonly number[];
}

/** A variable that a copy cannot stand for. */
export interface Shared {
  readonly name: string;
  readonly why: /** A function inside of the statements changes it: it has its new value once that has run. */
    | 'changed-by-inner'
    /** A function inside of the statements reads it, and it is changed behind them. */
    | 'read-by-inner'
    /** A function outside of the statements changes it. */
    | 'changed-by-outer'
    /** A function outside of the statements reads it, and they change it. */
    | 'read-by-outer'
    /** Its address is taken, or it is handed over to be changed. */
    | 'address'
    /** It is read behind a try statement that the statements stand in: when they throw half way, its new value is lost. */
    | 'throws';
  /** 0-based. */
  readonly line: number;
}

export interface Flow {
  readonly kind: 'flow';
  readonly lines: Lines;
  /** Whole statements, or one expression that has a value. */
  readonly holds: 'statements' | 'expression';
  /** It stands in no function: what the file itself declares is seen by a new one without being passed. */
  readonly atTop: boolean;
  /** Values that it needs, by where it first reads them. */
  readonly reads: readonly FlowName[];
  /** Variables to hand back, in the same order. */
  readonly results: readonly Result[];
  /** Functions and types that it declares and that are used behind it. */
  readonly definitions: readonly FlowName[];
  readonly outer: readonly OuterName[];
  readonly exits: readonly Exit[];
  readonly shared: readonly Shared[];
  /** Names of the file that it assigns because the function says so (`global`). */
  readonly globals: readonly string[];
  /** `this`, `self`, `super` and the like, where they first stand. */
  readonly self: readonly FlowName[];
  /** Where the very same lines stand again. */
  readonly repeats: readonly Lines[];
  /** What is not looked into, in words. */
  readonly unseen: readonly string[];
}

export type FlowResult =
  | Flow
  /** A whole function: stretches of it that could stand alone. */
  | { readonly kind: 'parts'; readonly lines: Lines; readonly parts: readonly Flow[] }
  /** The lines begin or end within a statement. @member nearest the fewest whole statements that hold them. */
  | { readonly kind: 'cut'; readonly nearest: Lines }
  | { readonly kind: 'unknown'; readonly reason: string };
