/** Wakes those who wait for something to happen. Nobody who has stopped waiting leaves anything behind. */
export class Bell {
  private readonly waiting = new Set<() => void>()

  ring(): void {
    for (const wake of this.waiting) wake()
  }

  /** Resolves at the next ring, when the signal is aborted, or `withinMs` milliseconds from now, if there is such a limit. */
  heard(signal: AbortSignal, withinMs?: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        this.waiting.delete(wake)
        signal.removeEventListener('abort', wake)
        clearTimeout(timer)
        resolve()
      }
      const timer = withinMs === undefined ? undefined : setTimeout(wake, withinMs)
      this.waiting.add(wake)
      signal.addEventListener('abort', wake)
      if (signal.aborted) wake()
    })
  }
}
