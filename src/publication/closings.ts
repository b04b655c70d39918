/**
 * Which commits took something away from the public. Files that were made before must not be given out until the
 * threads that made them have looked at these commits, and removed what they had to.
 */
export class Closings {
  #until = 0;

  /** Tells of the head at the start, or of a commit that hides or erases something. */
  at(commit: number): void {
    this.#until = Math.max(this.#until, commit);
  }

  /** What was looked at up to this commit may be given out. */
  get until(): number {
    return this.#until;
  }
}
