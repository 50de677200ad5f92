/** There is no room to wait, or it took too long. */
export class LineTooLong extends Error {
  override readonly name = 'LineTooLong';
}

/** Who waited went away. */
export class LeftTheLine extends Error {
  override readonly name = 'LeftTheLine';
}

export interface LineOptions {
  /** How many may be at work at the same time. */
  readonly places: number;
  /** How many may wait for a place. */
  readonly room: number;
  /** How long one may wait, in milliseconds. */
  readonly patience: number;
}

/** A line before a number of places. Whoever is let in leaves once, whatever happens to them inside. */
export interface WaitingLine {
  /**
   * Takes a place, at once where there is one: then nothing is returned to wait for.
   * @throws LineTooLong, LeftTheLine
   */
  enter(signal?: AbortSignal): Promise<void> | undefined;
  leave(): void;
  /** Closes all places but a few; who is at work goes on. */
  narrow(): void;
  /** Opens one more place, up to all of them. */
  widen(): void;
  /** Number of places that are open, taken or not. */
  readonly open: number;
  readonly atWork: number;
  readonly waiting: number;
}

/** So many places stay open in a narrow line. */
const FEW = 2;

/** Lets in whoever came first. */
export function createWaitingLine({ places, room, patience }: LineOptions): WaitingLine {
  /** In the order in which they came; a set, since anyone may step out of its middle. */
  const line = new Set<() => void>();
  const few = Math.min(FEW, places);
  let open = places;
  let atWork = 0;

  function letIn(): void {
    const [first] = line;
    if (!first || atWork >= open) return;
    atWork += 1;
    first();
  }

  function wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const stepOut = (error: Error) => {
        done();
        reject(error);
      };
      const goIn = () => {
        done();
        resolve();
      };
      const goAway = () => stepOut(new LeftTheLine('The caller went away while waiting.'));
      const timer = setTimeout(() => stepOut(new LineTooLong(`No place for ${patience} ms.`)), patience);
      const done = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', goAway);
        line.delete(goIn);
      };
      signal?.addEventListener('abort', goAway, { once: true });
      line.add(goIn);
    });
  }

  return {
    enter(signal) {
      if (atWork < open) {
        atWork += 1;
        return undefined;
      }
      // Whom a closed place would have taken may wait.
      if (line.size >= room + places - open) throw new LineTooLong(`${line.size} are waiting already.`);
      if (signal?.aborted) throw new LeftTheLine('The caller went away before.');
      return wait(signal);
    },
    leave() {
      atWork -= 1;
      letIn();
    },
    narrow() {
      open = few;
    },
    widen() {
      if (open === places) return;
      open += 1;
      letIn();
    },
    get open() {
      return open;
    },
    get atWork() {
      return atWork;
    },
    get waiting() {
      return line.size;
    },
  };
}
