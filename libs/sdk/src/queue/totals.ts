import type { QueueItem, QueueSnapshot, QueueStatus } from './queue-item.js';

/** What a queue adds up to, kept by each change of an item, since adding up 10,000 of them at each would be too slow. */
export class Totals {
  readonly #counts: Record<QueueStatus, number> = {
    queued: 0,
    preparing: 0,
    uploading: 0,
    waiting: 0,
    paused: 0,
    completing: 0,
    done: 0,
    error: 0,
    aborted: 0,
  };
  #total = 0;
  #loaded = 0;
  #done = 0;

  add(item: QueueItem): void {
    this.#count(item, 1);
  }

  remove(item: QueueItem): void {
    this.#count(item, -1);
  }

  /** Those too that were dropped from the list and are still counted. */
  removeDone(): void {
    this.#counts.done = 0;
    this.#total -= this.#done;
    this.#loaded -= this.#done;
    this.#done = 0;
  }

  read(): Pick<QueueSnapshot, 'counts' | 'total' | 'loaded' | 'progress' | 'uploading'> {
    const counts = Object.freeze({ ...this.#counts });
    const { queued, preparing, uploading, waiting, completing, paused, done } = counts;
    const underWay = queued + preparing + uploading + waiting + completing;
    const [total, loaded] = [this.#total, this.#loaded];
    const share = total === 0 ? 0 : Math.min(99, Math.floor((loaded / total) * 100));
    const progress = underWay + paused === 0 && done > 0 ? 100 : share;
    return { counts, total, loaded, progress, uploading: underWay > 0 };
  }

  #count({ status, size, loaded }: QueueItem, sign: 1 | -1): void {
    this.#counts[status] += sign;
    if (status === 'error' || status === 'aborted') return;
    this.#total += sign * size;
    this.#loaded += sign * loaded;
    if (status === 'done') this.#done += sign * size;
  }
}
