/** An exact number; a root or a fractional power makes it approximate. */
export class Fraction {
  readonly #top: bigint;
  readonly #bottom: bigint;

  private constructor(top: bigint, bottom: bigint) {
    if (bottom === 0n) throw new RangeError("nothing can be divided by zero");
    const divisor = commonDivisor(top, bottom) * (bottom < 0n ? -1n : 1n);
    this.#top = top / divisor;
    this.#bottom = bottom / divisor;
  }

  /** A number as written: 12, 0.5. */
  static of(text: string): Fraction {
    const [whole = "", decimals = ""] = text.split(".");
    return new Fraction(BigInt(`${whole || "0"}${decimals}`), 10n ** BigInt(decimals.length));
  }

  plus(other: Fraction): Fraction {
    return new Fraction(
      this.#top * other.#bottom + other.#top * this.#bottom,
      this.#bottom * other.#bottom,
    );
  }

  minus(other: Fraction): Fraction {
    return new Fraction(
      this.#top * other.#bottom - other.#top * this.#bottom,
      this.#bottom * other.#bottom,
    );
  }

  times(other: Fraction): Fraction {
    return new Fraction(this.#top * other.#top, this.#bottom * other.#bottom);
  }

  over(other: Fraction): Fraction {
    return new Fraction(this.#top * other.#bottom, this.#bottom * other.#top);
  }

  modulo(other: Fraction): Fraction {
    const quotient = this.over(other);
    const whole = quotient.#top / quotient.#bottom;
    return this.minus(other.times(new Fraction(whole, 1n)));
  }

  power(exponent: Fraction): Fraction {
    if (exponent.#bottom !== 1n) return approximate(this.#toNumber() ** exponent.#toNumber());
    const times = exponent.#top < 0n ? -exponent.#top : exponent.#top;
    if (times > 4096n) throw new RangeError("it is too large to write down");
    const raised = new Fraction(this.#top ** times, this.#bottom ** times);
    return exponent.#top < 0n ? new Fraction(1n, 1n).over(raised) : raised;
  }

  root(): Fraction {
    if (this.#top < 0n) throw new RangeError("a negative number has no real root");
    return approximate(Math.sqrt(this.#toNumber()));
  }

  /** The number in figures; "about" where its decimals do not end within ten places. */
  toText(): string {
    if (this.#bottom === 1n) return String(this.#top);
    const scaled = (this.#top * 10n ** 10n) / this.#bottom;
    const exact = (this.#top * 10n ** 10n) % this.#bottom === 0n;
    const digits = String(scaled < 0n ? -scaled : scaled).padStart(11, "0");
    const text = `${this.#top < 0n ? "-" : ""}${digits.slice(0, -10)}.${digits.slice(-10)}`;
    return exact
      ? text.replace(/0+$/, "")
      : `about ${Number(text)
          .toFixed(4)
          .replace(/\.?0+$/, "")}`;
  }

  #toNumber(): number {
    return Number(this.#top) / Number(this.#bottom);
  }
}

function approximate(value: number): Fraction {
  if (!Number.isFinite(value)) throw new RangeError("it is too large to write down");
  return Number.isInteger(value) ? Fraction.of(value.toFixed(0)) : Fraction.of(value.toFixed(10));
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y > 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}
