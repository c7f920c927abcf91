"""What the portable functions are checked against, computed with many digits.

    pip install mpmath && python3 generate.py             writes portable.json beside this file
    pip install mpmath && python3 generate.py constants   prints the constants in the TypeScript sources

A case in portable.json is a list of bit patterns (16 hexadecimal digits, most significant first): the argument or
arguments, then the double nearest to the true value; and last, the true value minus that double in units in the last
place, a number in [-0.5, 0.5]. With it a test can tell an error of 0.51 ulp from one of 0.49.

mpmath (tried with 1.3) is the oracle; nothing here is shared with the functions under test. The random cases come from
a fixed seed.
"""

import json
import math
import pathlib
import random
import struct
import sys
from fractions import Fraction

import mpmath
from mpmath import mpf

mpmath.mp.prec = 400
ORACLES = {
    "exp": mpmath.exp,
    "expm1": mpmath.expm1,
    "log": mpmath.log,
    "log1p": mpmath.log1p,
    "pow": lambda x, y: mpmath.power(abs(x), y) * (-1 if x < 0 and y % 2 == 1 else 1),
    "sin": mpmath.sin,
    "cos": mpmath.cos,
}
LARGEST = sys.float_info.max


def bits(x):
    return struct.pack(">d", x).hex()


def next_up(x):
    return math.nextafter(x, math.inf)


def next_down(x):
    return math.nextafter(x, -math.inf)


def fraction(value):
    """An mpf as an exact fraction."""
    sign, man, exp, _ = value._mpf_
    exact = Fraction(int(man)) * Fraction(2) ** exp
    return -exact if sign else exact


def case(name, *args):
    """The case of a function at arguments whose result is finite, or overflows clearly."""
    value = ORACLES[name](*map(mpf, args))
    if abs(value) > LARGEST:
        assert abs(value) >= mpf(2) ** 1024
        return [*map(bits, args), bits(math.inf if value > 0 else -math.inf), 0]
    if abs(value) < mpf(2) ** -1080:
        return [*map(bits, args), bits(-0.0 if value < 0 else 0.0), 0]
    exact = fraction(value)
    nearest = float(exact)  # a fraction is rounded once, subnormals included
    ulp = Fraction(math.ulp(nearest))
    excess = float((exact - Fraction(nearest)) / ulp)
    assert abs(excess) <= 0.5
    if nearest == 0 and value < 0:
        nearest = -0.0
    return [*map(bits, args), bits(nearest), round(excess, 4)]


def hardest(name, draw, tries, keep):
    """Of random arguments, those whose true value lies closest to half way between two doubles."""
    cases = [case(name, *draw()) for _ in range(tries)]
    cases.sort(key=lambda c: 0.5 - abs(c[-1]))
    return cases[:keep]


def near_quarter_turns(count):
    """Doubles closest to a multiple of π/2, one for each of `count` exponents over the whole range.

    m·2^e is close to n·π/2 when m/n is a convergent of the continued fraction of (π/2)/2^e.
    """
    found = []
    with mpmath.workprec(3000):
        half_pi = fraction(+mpmath.pi / 2)
        for exponent in [round(-52 + i * (971 + 52) / (count - 1)) for i in range(count)]:
            rest = half_pi / Fraction(2) ** exponent
            before, now = 0, 1  # numerators of the convergents
            for _ in range(2000):
                whole = rest.numerator // rest.denominator
                before, now = now, whole * now + before
                if now >= 2**53:
                    break
                rest = 1 / (rest - whole)
            if before >= 2**52:
                found.append(float(before) * 2.0**exponent)
    found.append(6381956970095103 * 2.0**797)  # the closest of all doubles, within 2^-62 of a multiple
    return found


def cases():
    r = random.Random(20201206)
    near = near_quarter_turns(60)

    def signed(low, high):
        return r.choice((-1, 1)) * 2.0 ** r.uniform(low, high)

    def pattern():
        while True:
            x = struct.unpack(">d", r.randbytes(8))[0]
            if math.isfinite(x) and x != 0:
                return x

    def power_case(exponent_of_result):
        x = 2.0 ** r.uniform(-40, 40)
        return x, exponent_of_result / math.log2(x)

    out = {}
    for name, draws, special in [
        (
            "exp",
            [
                lambda: (r.uniform(-1, 1),),
                lambda: (r.uniform(-700, 700),),
                lambda: (r.uniform(-745.5, -708),),
                lambda: (signed(-60, 0),),
            ],
            [1.0, -1.0, 0.5, 5e-324, -5e-324, 709.782712893384, 709.79, 1000.0, LARGEST]
            + [
                -708.3964185322641,
                -708.3964185322642,
                -745.1332191019411,
                -745.1332191019412,
                -746.0,
                -1000.0,
                -LARGEST,
            ]
            + [k * 0.021660849392498290 / 2 for k in range(-20, 21) if k],
        ),
        (
            "expm1",
            [
                lambda: (r.uniform(-1, 1),),
                lambda: (r.uniform(-40, 700),),
                lambda: (signed(-60, 0),),
                lambda: (r.choice((-1, 1)) * r.uniform(0.2, 0.3),),
            ],
            [1.0, -1.0, 0.25, -0.25, next_up(0.25), next_down(-0.25), 5e-324, -5e-324, 1e-300, -1e-300, 2e-308]
            + [40.0, -40.0, next_up(40.0), next_down(-40.0), -37.5, -38.0, 709.782712893384, 709.79, LARGEST, -LARGEST],
        ),
        (
            "log",
            [
                lambda: (abs(pattern()),),
                lambda: (r.uniform(0.5, 2),),
                lambda: (1 + signed(-52, -2),),
                lambda: (2.0 ** r.uniform(-1074, -1022),),
            ],
            [
                2.0,
                10.0,
                math.e,
                5e-324,
                2.2250738585072014e-308,
                2.225073858507201e-308,
                LARGEST,
                next_up(1.0),
                next_down(1.0),
            ]
            + [y for i in range(45, 90, 2) for y in (next_down(i / 64), i / 64, next_up(i / 64))],
        ),
        (
            "log1p",
            [
                lambda: (r.uniform(-1, 1),),
                lambda: (signed(-60, -1),),
                lambda: (2.0 ** r.uniform(0, 1023),),
                lambda: (-1 + 2.0 ** r.uniform(-50, -1),),
            ],
            [
                1.0,
                -0.5,
                5e-324,
                -5e-324,
                5.551115123125783e-17,
                -5.551115123125783e-17,
                next_up(-1.0),
                2.0**53,
                2.0**64,
                LARGEST,
            ]
            + [y for i in range(-20, 26) for y in (i / 64,) if i],
        ),
        (
            "pow",
            [
                lambda: (r.uniform(0, 10), r.uniform(-10, 10)),
                lambda: power_case(r.uniform(-1022, 1023)),
                lambda: power_case(r.uniform(-1074, -1022)),
                lambda: (abs(pattern()), r.uniform(-1, 1)),
                lambda: (1 + signed(-50, -20), signed(20, 60)),
                lambda: (-float(r.randrange(1, 30)), float(r.randrange(-20, 20))),
            ],
            [
                (2.0, 10.0),
                (2.0, 0.5),
                (2.0, -0.5),
                (5e-324, 0.5),
                (5e-324, -0.5),
                (5e-324, 1.0),
                (5e-324, -1.0),
                (3.0, 33.0),
            ]
            + [(10.0, float(i)) for i in range(-30, 31, 3) if i]
            + [
                (2.0, -1074.0),
                (2.0, -1074.5),
                (2.0, -1075.5),
                (2.0, 1023.0),
                (2.0, 1024.0),
                (-2.0, 1023.0),
                (-2.0, 1025.0),
            ]
            + [
                (-2.0, -1074.0),
                (-2.0, -1073.0),
                (-2.0, -1077.0),
                (1.5, 1750.0),
                (next_up(1.0), 2.0**62),
                (next_down(1.0), 2.0**63),
            ]
            + [
                (next_up(1.0), 3e18),
                (next_down(1.0), 6e18),
                (next_up(1.0), -3e18),
                (LARGEST, 1.0),
                (LARGEST, -1.0),
                (LARGEST, 0.5),
            ]
            + [
                (0.5, 1e300),
                (2.0, 1e300),
                (0.5, -1e300),
                (3.0, 1e-300),
                (1e-300, 1e-19),
                (1e-300, -1e-19),
                (-3.0, 1e300),
                (-1.0, 9007199254740993.0),
            ]
            + [(-7.0, 9007199254740991.0), (-0.5, 53.0), (2.2250738585072014e-308, 1.0), (2.225073858507201e-308, 1.0)],
        ),
        (
            "sin",
            [
                lambda: (r.uniform(-math.pi, math.pi),),
                lambda: (r.uniform(-(2.0**20), 2.0**20),),
                lambda: (pattern(),),
                lambda: (signed(-60, 0),),
            ],
            near + [-x for x in near[::4]],
        ),
        (
            "cos",
            [
                lambda: (r.uniform(-math.pi, math.pi),),
                lambda: (r.uniform(-(2.0**20), 2.0**20),),
                lambda: (pattern(),),
                lambda: (signed(-60, 0),),
            ],
            near + [-x for x in near[::4]],
        ),
    ]:
        if name in ("sin", "cos"):
            special = special + [1.0, -1.0, math.pi / 4, math.pi / 2, math.pi, 5e-324, -5e-324, 7.450580596923828e-09]
            special += [
                2.0**20,
                next_up(2.0**20),
                -(2.0**20),
                next_down(-(2.0**20)),
                1e22,
                2.0**1023,
                LARGEST,
                -LARGEST,
            ]
        listed = [case(name, *(x if isinstance(x, tuple) else (x,))) for x in special]
        for draw in draws:
            listed += [case(name, *draw()) for _ in range(20)]
            listed += hardest(name, draw, 1000, 15)
        out[name] = listed
    return out


def constants():
    mpmath.mp.prec = 4000

    def pair(name, value, places):
        high = float(mpmath.nint(value * mpf(2) ** places) / mpf(2) ** places)
        print(f"{name}: {high!r}, {float(value - mpf(high))!r}")

    ln2 = mpmath.log(2)
    print("STEPS_PER_UNIT:", repr(float(32 / ln2)))
    pair("STEP", ln2 / 32, 41)
    for j in range(32):
        value = mpf(2) ** (mpf(j) / 32)
        print(f"2^({j}/32): {float(value)!r}, {float(value - mpf(float(value)))!r}")
    pair("LN2", ln2, 42)
    for i in range(23, 46):
        pair(f"ln({i}/32)", mpmath.log(mpf(i) / 32), 42)
    rest = mpmath.pi / 2
    for part, places in enumerate((31, 63, 95)):
        high = mpmath.floor(rest * mpf(2) ** places) / mpf(2) ** places
        print(f"HALF_PI_{part + 1}:", repr(float(high)))
        rest -= high
    print("HALF_PI_4:", repr(float(rest)))
    print("QUARTERS_PER_UNIT:", repr(float(2 / mpmath.pi)))
    print("TWO_OVER_PI:", hex(int(mpmath.floor(2 / mpmath.pi * mpf(2) ** 1184))))
    print("HALF_PI:", hex(int(mpmath.floor(mpmath.pi / 2 * mpf(2) ** 191))))


if __name__ == "__main__":
    if sys.argv[1:] == ["constants"]:
        constants()
    else:
        lines = []
        for name, listed in cases().items():
            body = ",\n".join("    " + json.dumps(c) for c in listed)
            lines.append(f'  "{name}": [\n{body}\n  ]')
        target = pathlib.Path(__file__).with_name("portable.json")
        target.write_text("{\n" + ",\n".join(lines) + "\n}\n")
        print(f"wrote {target.name}")
