/** Hands on the first one at once, and what comes within the next moment together: each may cost the page a drawing. */
export function gather<T>(hand: (batch: T[]) => void, restMs: number): (one: T) => void {
  let gathered: T[] = [];
  let resting = false;
  const deliver = () => {
    resting = gathered.length > 0;
    if (!resting) return;
    setTimeout(deliver, restMs);
    const batch = gathered;
    gathered = [];
    hand(batch);
  };
  return (one) => {
    gathered.push(one);
    if (!resting) deliver();
  };
}
