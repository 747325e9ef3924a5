/** What was found out about texts, until each is over; the least used go first when there are too many. */
export class TokenCache<Found extends { expiresAt: number }> {
  /** In the order of their last use. */
  private readonly found = new Map<string, Found>();

  constructor(private readonly most: number) {}

  /** `now` and `expiresAt` in seconds. */
  get(token: string, now: number): Found | null {
    const found = this.found.get(token);
    if (!found) return null;
    this.found.delete(token);
    if (found.expiresAt <= now) return null;
    this.found.set(token, found);
    return found;
  }

  set(token: string, found: Found): void {
    this.found.set(token, found);
    if (this.found.size <= this.most) return;
    const [oldest] = this.found.keys();
    if (oldest !== undefined) this.found.delete(oldest);
  }

  get size(): number {
    return this.found.size;
  }
}
