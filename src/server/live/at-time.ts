/** Maximum delay of a timer in Node.js, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** Calls a function at a time in milliseconds since 1970, however far away it is. @returns a function that cancels it */
export function atTime(time: number, action: () => void): () => void {
  let timer: NodeJS.Timeout;
  const check = () => {
    const left = time - Date.now();
    // A timer may fire slightly early.
    if (left > 0) wait(left);
    else action();
  };
  const wait = (delay: number) => {
    timer = setTimeout(check, Math.min(delay, LONGEST)).unref();
  };
  wait(Math.max(time - Date.now(), 0));
  return () => clearTimeout(timer);
}
