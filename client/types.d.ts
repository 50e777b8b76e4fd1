/** What the modules hand each other. Records are described in records.js, filters in syntax.js, conditions in conditions.js. */
declare namespace Mmu {
  type Mask = Uint8Array;
  type Kid = string | number | Node;
  type Numbers = Uint32Array | Uint8Array | number[];

  /** An event of an element, whose target is one. */
  type On<E> = (event: E & { target: any; currentTarget: any }) => void;
  interface Props {
    [attribute: string]: string | number | boolean | null | undefined | ((event: any) => void);
    click?: On<MouseEvent>;
    change?: On<Event>;
    input?: On<Event>;
    blur?: On<FocusEvent>;
    submit?: On<SubmitEvent>;
    keydown?: On<KeyboardEvent>;
    pointerdown?: On<PointerEvent>;
    toggle?: On<Event>;
  }

  interface Fault {
    message: string;
    hint: string;
    code?: string;
    text?: string;
    column?: number;
  }

  // --- Records

  interface Link {
    kind: string;
    label: string;
    url: string;
    rank: number;
  }
  /** [kind, text, address, bold words] */
  type Part = [kind: string, text: string, address: string, lead: string];
  type Line = [role: string, ...parts: Part[]];
  interface Paper {
    key: string;
    type: string;
    title: string;
    short: string;
    label: string;
    authors: string[];
    families: string[];
    by: string;
    people: string;
    venue: string;
    vs: string;
    vt: string;
    date: string;
    published: string;
    placed: number;
    results: string[];
    tags: Record<string, string[]>;
    kw: string[];
    links: Link[];
    has: string[];
    abs: string;
    url: string;
    fields: Record<string, string>;
    keywords: string;
    field(name: string): string;
    made(name: string): Line[] | undefined;
  }
  interface Value {
    value: string;
    label: string;
    aliases: string[];
    url: string;
    feed?: string;
    order?: number;
  }
  interface Derived {
    name: string;
    label: string;
    labels: Map<string, string>;
  }
  interface Facet extends Derived {
    values: Value[];
    usual: string[];
    verb: string;
    relates: boolean;
    summary: boolean;
    numbered: boolean;
    open: boolean;
  }
  /** All texts with END between them, or the different ones and of each paper the number of its own. */
  type Texts =
    | { text: string; values?: undefined; numbers?: undefined }
    | { text?: undefined; values: string[]; numbers: Numbers };
  /** A facet: of each paper the number of its list of values, the lists that have a value or a child of it, and more. */
  interface ValueSet {
    held: Map<string, number[]>;
    spelled: Map<string, string>;
    numbers: Numbers;
    size: number;
    some: Mask;
    counted?: Counts;
    folded?: [value: string, folded: string][];
  }
  type FoldedTexts =
    | (Texts & { text?: undefined; starts?: undefined })
    | { text: string; starts: Uint32Array; values?: undefined; numbers?: undefined };
  /** The different lists of values, and of each paper the number of its list. */
  interface Lists {
    lists: string[][];
    numbers: Numbers;
  }
  interface Columns {
    facets: string[];
    values(name: string): Lists | null;
    text(name: string): Texts | null;
  }
  interface Records {
    papers: Paper[];
    facets: Facet[];
    derived: Derived[];
    kinds: { name: string; label: string; rank: number }[];
    fieldNames: Set<string>;
    separators: Map<string, string>;
    asked: Map<string, string>;
    columns: Columns;
    dates: { values: string[]; numbers: Numbers };
    searched: string[];
    explorer: string;
    feed: string;
    feeds: Record<string, Record<string, string>>;
  }
  interface Coded<V> {
    values: V[];
    at: string;
  }
  /** What export/client_data.py writes. */
  interface Data {
    revision: string;
    size: number;
    facets: Omit<Facet, "labels">[];
    searched: string[];
    separators: [string, string][];
    kinds: [name: string, label: string, prefix: string, rank: number][];
    asked: [string, string][];
    explorer: string;
    feed: string;
    feeds: Record<string, Record<string, string>>;
    uneven: string[];
    people: string;
    lists: [most: number, column: string][];
    tags: Coded<number[]>[];
    derived: [name: string, label: string][];
    results: Coded<number[]> & { names: [string, string][] };
    entry: [name: string, column: string | string[]][];
    made: [name: string, column: Coded<Line[]>][];
    key: string;
    title: string;
    short: string;
    label: string;
    abstract: string;
    url: string;
    links: string;
    type: Coded<string>;
    date: Coded<string>;
    published: Coded<string | number>;
    venue: Coded<[short: string, long: string, placed: number]>;
    words: Coded<string[]>;
    linked: Coded<number[]>;
    shape: Coded<[has: string[], fields: string[]]>;
  }

  // --- Filters

  /** A node has the properties of its kind. */
  interface Filter {
    kind: "all" | "match" | "has" | "not" | "range" | "and" | "or";
    facet: string;
    value: string;
    prefix: boolean;
    part: Filter;
    parts: readonly Filter[];
    low: string | null;
    high: string | null;
    lowClosed: boolean;
    highClosed: boolean;
  }
  /** A condition has the properties of its kind. */
  interface Condition {
    kind: "facet" | "year" | "text" | "other";
    facet: string;
    values: string[];
    not: boolean;
    from: string;
    to: string;
    node: Filter;
  }
  /** A sign of a text, and where it is. */
  interface Taken {
    text: string;
    at: number;
  }
  type Index = import("./query.js").Index;
  interface Counts {
    among: Mask;
    values: Map<string, number>;
    any: number;
    none: number;
  }

  // --- Search

  /** Of each word that was found what it counts. */
  type Like = Map<number, number>;
  type Scores = Float32Array & { rare: number };
  /** The words of a text in a column, each once, and what each counts. */
  interface Weighed {
    number: number;
    ids: number[];
    counts: number[];
  }
  interface Asked {
    found: Like;
    scores: Scores;
    guessed: boolean;
    also?: Like;
  }
  /** A word that was typed, and in which of the texts. */
  interface Typed {
    word: string;
    given: string;
    n: number;
    tied?: boolean;
    exact?: boolean;
    initial?: boolean;
    whole?: boolean;
  }
  /** Of each word of the texts which word it answers, and how well. */
  type Matches = Map<string, { n: number; worth: number }>;
  interface Entry {
    n: number;
    group: string;
    label: string;
    title: string;
    within: string;
    address: string;
    names: string[];
    text: string;
    paper: Paper | null;
    plain: string[] | null;
    letters: string[] | null;
    initials: string[] | null;
    called: string[] | null;
    also: string[] | null;
    stems: string | null;
  }
  interface Hit {
    document: Entry;
    score: number;
    share: number;
    all: boolean;
    words: Matches;
  }
  interface Offer {
    filter: string;
    count: number;
    note: string;
    /** whether what has the words and is not of the filter looks like an answer and is none */
    sure?: boolean;
    /** the terms that are named, and no other word */
    terms?: string[];
  }
  interface Answer {
    hits: Hit[];
    count: number;
    offers: Offer[];
    known: boolean;
    missed: string[];
    all: boolean;
    sure: boolean;
  }
  interface FindData {
    documents: [
      group: number,
      label: number,
      within: number,
      address: string,
      title: string,
      names: string[],
      text: string,
    ][];
    groups: string[];
    labels: string[];
    pages: string[];
    synonyms: string[][];
    guides: string;
    explorer: string;
    within: string;
    paper: string;
  }
  /** What words name: a value of a facet, or years. */
  interface Named {
    facet?: string;
    value?: string;
    label?: string;
    not?: boolean;
    from?: string;
    to?: string;
    word?: string;
  }

  // --- Adding

  /** [tag, name, words that mean it] */
  type Word = [tag: string, name: string, words: string[]];
  /** [label, whether a work has one at most, terms, the usual one, whether every work has one] */
  type WordFacet = [label: string, single: boolean, terms: Word[], usual: string, always: boolean];
  type Fields = Record<string, string>;
  interface Identifier {
    kind: string;
    value: string;
  }
  /** What model/identifiers.py hands on. */
  interface IdentifierPatterns {
    kinds: [kind: string, pattern: string, base: string][];
    version: string;
    named: string;
    posted: string;
    firstYear: number;
    longest: number;
  }

  // --- Comparing

  /** A row of a comparison: its cells, and whether they are compared. */
  interface Compared {
    name?: string;
    label: string;
    cells: { text: string; href?: string }[][];
    compared?: boolean;
    measured?: boolean;
  }
  interface ComparedGroup {
    title: string;
    rows: Compared[];
    notes?: string[];
    whole?: boolean;
  }
  /** Results of one condition: of each metric the values, each [key, text, number of its note]. */
  type Measured = [
    title: string,
    metrics: [label: string, values: [key: string, text: string, note: number][]][],
    notes: string[][],
  ];

  // --- Tables

  interface Term extends Value {
    n: number;
  }
  type NamedFacet = Facet & { terms: Map<string, Term> };
  interface Collection extends Pick<
    Records,
    "papers" | "dates" | "fieldNames" | "separators" | "kinds" | "explorer" | "feed" | "feeds"
  > {
    index: Index;
    facets: Map<string, NamedFacet>;
    derived: Map<string, Derived & { terms?: undefined; open?: undefined; numbered?: undefined }>;
    at(key: string): number | undefined;
    families(i: number): string[];
  }
  /** What the cells of a table need besides a paper. */
  interface Sight extends Collection {
    root: string;
    ticks?: Map<string, Mask | null>;
  }
  interface Column {
    name: string;
    label: string;
    css: string;
    header: boolean;
    labelled: boolean;
    hidden?: boolean;
    extra?: boolean;
    /** What the table of an explorer adds. */
    th: HTMLTableCellElement;
    col: HTMLElement;
    sort: string;
    sorted: string | HTMLElement;
    box: HTMLInputElement;
  }
  type Explorer = import("./explorer.js").Explorer;
  /** Of a facet, whether its values apply together, and a value: what a tick there chooses from. */
  type Counter = (facet: string, all: boolean, value: string) => Mask;
  /** A side of a gap map, and two that are crossed. */
  interface Mark {
    order?: number;
    label: string;
  }
  interface SideValue {
    value: string;
    label: string;
    size: number;
    mark: Mark | null;
  }
  interface Side {
    name: string;
    label: string;
    values: SideValue[];
    any: Mask;
    leftOut: number;
  }
  interface Gap {
    i: number;
    j: number;
    expected: number;
  }
  interface Crossed {
    rows: Side;
    columns: Side;
    cells: number[][];
    total: number;
    both: number;
    gaps: Gap[];
  }
  type MapState = Record<"q" | "rows" | "columns" | "expect", string>;
  type Row = HTMLTableRowElement & { mmuColumns?: string };
  interface Group {
    body: HTMLTableSectionElement;
    head: HTMLTableRowElement | null;
    rows: Map<number, Row>;
  }
  /** What an explorer shows, as the address has it. */
  type State = Partial<Record<"q" | "sort" | "cols" | "sel", string>>;
  /** What is done later: at once it is asked for, and may be forgotten. */
  type Later = (() => void) & { stop(): void };

  // --- What is left in `mmu`

  /** The texts of a collection for files and references. */
  interface Exports {
    formats: Record<
      string,
      { label: string; suffix: string; type: string; head?: string; glue?: string; tail?: string }
    >;
    pieces: Record<string, string[]>;
    references: Record<string, string[]>;
  }
  interface Handle {
    element: HTMLElement;
    query(text: string): Handle;
    keys(): string[];
    selected(): string[];
    text(): string;
    follow(): void;
  }
  interface Shared {
    papers?: Data;
    datasets?: Data;
    findData?: FindData;
    explorers?: Handle[];
    messages?: Record<string, string>;
    [exported: `${string}Export`]: Exports;
    query: typeof import("./query.js");
    records: typeof import("./records.js");
    find: typeof import("./find.js");
  }
}

declare var mmu: Mmu.Shared;
declare var Search: { performSearch(text: string): void };

/** Pages are HTML; what else an element is, the code says where it asks. */
interface ParentNode {
  querySelector<K extends keyof HTMLElementTagNameMap>(
    selectors: K,
  ): HTMLElementTagNameMap[K] | null;
  querySelector<E extends Element = HTMLElement>(selectors: string): E | null;
  querySelectorAll<K extends keyof HTMLElementTagNameMap>(
    selectors: K,
  ): NodeListOf<HTMLElementTagNameMap[K]>;
  querySelectorAll<K extends keyof SVGElementTagNameMap>(
    selectors: K,
  ): NodeListOf<SVGElementTagNameMap[K]>;
  querySelectorAll<E extends Element = HTMLElement>(selectors: string): NodeListOf<E>;
}
interface Element {
  closest<E extends Element = HTMLElement>(selectors: string): E | null;
}
