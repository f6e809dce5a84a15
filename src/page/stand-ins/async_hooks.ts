/**
 * node:async_hooks' storage for one run at a time. A value that was entered stays; one that a
 * function runs with holds until the function returns, not behind its awaits.
 */
export class AsyncLocalStorage<T> {
  #now: T | undefined;

  getStore(): T | undefined {
    return this.#now;
  }

  enterWith(value: T): void {
    this.#now = value;
  }

  run<R, A extends unknown[]>(value: T, body: (...values: A) => R, ...values: A): R {
    const before = this.#now;
    this.#now = value;
    try {
      return body(...values);
    } finally {
      this.#now = before;
    }
  }

  exit<R, A extends unknown[]>(body: (...values: A) => R, ...values: A): R {
    return this.run(undefined as T, body, ...values);
  }

  static bind<F>(body: F): F {
    return body;
  }

  static snapshot() {
    return <R, A extends unknown[]>(body: (...values: A) => R, ...values: A): R => body(...values);
  }
}
