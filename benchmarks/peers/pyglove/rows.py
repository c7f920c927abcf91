"""PyGlove's side of the benchmark: the workloads of ../README.md, written as a PyGlove user would.

Run with row names (or none, for all) it measures them in turn. Run with `--serve` it reads one row name a line from
standard input, so that the caller can measure its own row and this one directly after each other on a machine whose
speed drifts. Either way it prints one JSON object a line:

    {"peer": "pyglove 0.4.5", "python": "3.11.7", "rows": [...]}      first
    {"name": "construct", "seconds": 2.1e-4, "check": 3.5}             one a row
    {"name": "construct", "error": "..."}                              where a row failed

`seconds` is wall-clock time for one operation, the median over batches. `check` is the sum of everything that one
fixed round of operations read; it must be the same on both sides, which is how the harness knows that they did the
same work. Rows that draw random numbers have none.
"""

import importlib.metadata
import json
import platform
import random
import statistics
import subprocess
import sys
import time

import pyglove as pg

# Batches are long against the clock's resolution; a row stops after enough of them or when its time is spent.
BATCH_SECONDS = 0.05
ROW_SECONDS = 3.0
FEWEST_BATCHES = 5

# Sizes of the workloads: ../README.md.
INPUTS = 64
CHOICES = 20
TREE_NODES = 7
STUDY_TRIALS = 300
POPULATION, TOURNAMENT = 100, 10


@pg.members([
    ('filters', pg.typing.Int(min_value=1)),
    ('rate', pg.typing.Float()),
    ('act', pg.typing.Str('relu')),
])
class Conv(pg.Object):
  """The small object: two given fields and a default."""


@pg.members([
    ('name', pg.typing.Str()),
    ('layers', pg.typing.List(pg.typing.Object(Conv))),
    ('head', pg.typing.Object(Conv)),
])
class Net(pg.Object):
  """The small tree: seven nodes with its list."""


def make_conv(i):
  return Conv(filters=i % INPUTS + 1, rate=0.5)


def make_net(i):
  return Net(name='net', layers=[make_conv(i + j) for j in range(4)], head=make_conv(i))


def read_conv(conv):
  return conv.filters + conv.rate + len(conv.act)


def read_net(net):
  total = len(net.name) + read_conv(net.head)
  for conv in net.layers:
    total += read_conv(conv)
  return total


def flat20():
  return pg.Dict({f'p{i}': pg.oneof(list(range(10))) for i in range(CHOICES)})


def nest20():
  return pg.Dict({
      f'p{i}': pg.oneof([0, pg.oneof([1, 2, 3]), pg.manyof(2, [4, 5, 6, 7])]) for i in range(CHOICES)
  })


def flat20_genes(k):
  return [(k + 3 * j) % 10 for j in range(CHOICES)]


def nest20_genes(k):
  genes = []
  for j in range(CHOICES):
    choice = (k + j) % 3
    if choice == 0:
      genes.append(0)
    elif choice == 1:
      genes.append((1, (k + 2 * j) % 3))
    else:
      first = (k + j) % 4
      genes.append((2, [first, (first + 1 + k % 3) % 4]))
  return genes


# Attribute names written out: what a user's code reads is `program.p0`, on both sides.
def read_flat20(p):
  return (p.p0 + p.p1 + p.p2 + p.p3 + p.p4 + p.p5 + p.p6 + p.p7 + p.p8 + p.p9
          + p.p10 + p.p11 + p.p12 + p.p13 + p.p14 + p.p15 + p.p16 + p.p17 + p.p18 + p.p19)


def read_nested(value):
  return value if isinstance(value, int) else value[0] + 2 * value[1]


def read_nest20(p):
  r = read_nested
  return (r(p.p0) + r(p.p1) + r(p.p2) + r(p.p3) + r(p.p4) + r(p.p5) + r(p.p6) + r(p.p7) + r(p.p8) + r(p.p9)
          + r(p.p10) + r(p.p11) + r(p.p12) + r(p.p13) + r(p.p14) + r(p.p15) + r(p.p16) + r(p.p17) + r(p.p18)
          + r(p.p19))


def read_flat20_dna(dna):
  total = 0
  for child in dna.children:
    total += child.value
  return total


class Timed:
  """A row timed in batches: `operation(i)` does the i-th operation and returns the sum of what it read."""

  def __init__(self, operation, per=1, checked=True, reset=None):
    self.operation = operation
    self.per = per
    self.checked = checked
    self.reset = reset

  def measure(self):
    operation = self.operation
    check = None
    if self.checked:
      check = sum(operation(i) for i in range(INPUTS))
      if self.reset:
        self.reset()

    def batch(count):
      start = time.perf_counter()
      for i in range(count):
        operation(i)
      return time.perf_counter() - start

    count = 1
    while (spent := batch(count)) < BATCH_SECONDS:
      count = max(count + 1, int(count * min(10.0, 1.2 * BATCH_SECONDS / max(spent, 1e-9))))
    batches = []
    end = time.perf_counter() + ROW_SECONDS
    while len(batches) < FEWEST_BATCHES or time.perf_counter() < end:
      batches.append(batch(count) / count)
    return {'seconds': statistics.median(batches) / self.per, 'check': check}


def construct():
  return Timed(lambda i: read_conv(make_conv(i)))


def build_tree():
  return Timed(lambda i: read_net(make_net(i)))


def clone():
  nets = [make_net(i) for i in range(INPUTS)]
  return Timed(lambda i: read_net(nets[i % INPUTS].clone()), per=TREE_NODES)


def equals():
  lefts = [make_net(i) for i in range(INPUTS)]
  rights = [make_net(i) for i in range(INPUTS)]
  return Timed(lambda i: int(pg.eq(lefts[i % INPUTS], rights[i % INPUTS])))


def hash_tree():
  nets = [make_net(i) for i in range(INPUTS)]
  # The two sides have different hash functions, so there is no sum to compare.
  return Timed(lambda i: pg.hash(nets[i % INPUTS]) & 1, checked=False)


def rebind():
  nets = [make_net(i) for i in range(INPUTS)]

  def operation(i):
    net = nets[i % INPUTS]
    net.rebind({'head.filters': net.head.filters % INPUTS + 1})
    return net.head.filters

  return Timed(operation)


def json_text():
  convs = [make_conv(i) for i in range(INPUTS)]
  # The texts differ by the names of the type key.
  return Timed(lambda i: len(convs[i % INPUTS].to_json_str()), checked=False)


def materialize(space, genes, read):
  # A template that is kept decodes a little faster than `pg.materialize`, which builds one for each call.
  template = pg.template(space)
  spec = template.dna_spec()
  dnas = [pg.DNA(genes(k)).use_spec(spec) for k in range(INPUTS)]
  return Timed(lambda i: read(template.decode(dnas[i % INPUTS])))


def materialize_flat20():
  return materialize(flat20(), flat20_genes, read_flat20)


def materialize_nest20():
  return materialize(nest20(), nest20_genes, read_nest20)


def random_dna_flat20():
  spec = pg.dna_spec(flat20())
  rng = random.Random(1)
  return Timed(lambda i: read_flat20_dna(pg.random_dna(spec, rng)), checked=False)


def encode_flat20():
  template = pg.template(flat20())
  spec = template.dna_spec()
  programs = [template.decode(pg.DNA(flat20_genes(k)).use_spec(spec)) for k in range(INPUTS)]
  return Timed(lambda i: read_flat20_dna(template.encode(programs[i % INPUTS])))


def mutate_flat20():
  spec = pg.dna_spec(flat20())
  dnas = [pg.DNA(flat20_genes(k)).use_spec(spec) for k in range(INPUTS)]
  mutator = pg.evolution.mutators.Uniform(seed=1)
  return Timed(lambda i: read_flat20_dna(mutator.mutate(dnas[i % INPUTS])), checked=False)


def iterate_flat20():
  space = flat20()
  points = None

  def reset():
    nonlocal points
    points = pg.iter(space)

  reset()
  return Timed(lambda i: read_flat20(next(points)), reset=reset)


class Study:
  """A row that runs whole studies of STUDY_TRIALS trials: one is a batch."""

  def __init__(self, make_algorithm):
    self.make_algorithm = make_algorithm

  def measure(self):
    batches = []
    end = time.perf_counter() + ROW_SECONDS
    while not batches or time.perf_counter() < end:
      space = flat20()
      algorithm = self.make_algorithm()
      trials = 0
      start = time.perf_counter()
      for program, feedback in pg.sample(space, algorithm, num_examples=STUDY_TRIALS):
        feedback(read_flat20(program))
        trials += 1
      batches.append((time.perf_counter() - start) / STUDY_TRIALS)
      if trials != STUDY_TRIALS:
        raise RuntimeError(f'expected {STUDY_TRIALS} trials, got {trials}')
    return {'seconds': statistics.median(batches), 'check': None}


def sample_random():
  return Study(lambda: pg.geno.Random(seed=1))


def sample_evolution():
  return Study(
      lambda: pg.evolution.regularized_evolution(
          population_size=POPULATION, tournament_size=TOURNAMENT, seed=1))


class Import:
  """Time of `import pyglove` net of Python's own start, in fresh processes, the two kinds in turn."""

  def measure(self):
    def start(code):
      begin = time.perf_counter()
      subprocess.run([sys.executable, '-c', code], check=True)
      return time.perf_counter() - begin

    start('import pyglove')  # fills the byte-code and file caches
    bare, full = [], []
    for _ in range(5):
      bare.append(start('pass'))
      full.append(start('import pyglove'))
    return {'seconds': statistics.median(full) - statistics.median(bare), 'check': None}


ROWS = {
    'construct': construct,
    'build-tree': build_tree,
    'clone': clone,
    'equals': equals,
    'hash': hash_tree,
    'rebind': rebind,
    'json-text': json_text,
    'materialize-flat20': materialize_flat20,
    'materialize-nest20': materialize_nest20,
    'random-dna-flat20': random_dna_flat20,
    'encode-flat20': encode_flat20,
    'mutate-flat20': mutate_flat20,
    'iterate-flat20': iterate_flat20,
    'sample-random': sample_random,
    'sample-evolution': sample_evolution,
    'import': Import,
}


def answer(message):
  print(json.dumps(message), flush=True)


def run(name):
  try:
    if name not in ROWS:
      raise KeyError(f'no row {name!r}; the rows are {", ".join(ROWS)}')
    answer({'name': name, **ROWS[name]().measure()})
  except Exception as error:  # one row that fails leaves the others standing
    answer({'name': name, 'error': f'{type(error).__name__}: {error}'})


def main(arguments):
  answer({
      'peer': f'pyglove {importlib.metadata.version("pyglove")}',
      'python': platform.python_version(),
      'rows': list(ROWS),
  })
  if arguments == ['--serve']:
    for line in sys.stdin:
      run(line.strip())
  else:
    for name in arguments or ROWS:
      run(name)


if __name__ == '__main__':
  main(sys.argv[1:])
