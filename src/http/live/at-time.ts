/** The longest that a timer of Node.js can wait, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** Does something once a time has come, in milliseconds since 1970, however far away it is. @returns how not to */
export function atTime(time: number, action: () => void): () => void {
  let timer: NodeJS.Timeout;
  const check = () => {
    const left = time - Date.now();
    // A timer may go off a little early.
    if (left > 0) wait(left);
    else action();
  };
  const wait = (delay: number) => {
    timer = setTimeout(check, Math.min(delay, LONGEST)).unref();
  };
  wait(Math.max(time - Date.now(), 0));
  return () => clearTimeout(timer);
}
