/** Processes that work on one study in a file, for tests to kill; and what has to hold of the study afterwards. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { randomStream, type StudyEvent, type TrialStatus } from 'mitten'
import { jsonlStore } from 'mitten/node'

const program = fileURLToPath(new URL('programs/share-study.mjs', import.meta.url))

/** How the workers work. */
export interface WorkSettings {
  readonly trials: number
  /** Trials that each worker evaluates at once. */
  readonly concurrency: number
  readonly ordered: boolean
  /** Longest that an evaluation takes, in milliseconds. */
  readonly delay: number
}

/** What the log of a study says of a trial. */
export interface LoggedTrial {
  readonly dna: string
  readonly status: TrialStatus | 'pending'
  readonly values: unknown
  readonly measurements: number
}

/** A folder with a study in it, and the workers that are at it. */
export class StudyWorkers {
  /** The folder of the study's file. */
  readonly directory: string
  readonly settings: WorkSettings
  /** How many workers have been killed. */
  kills = 0
  private readonly evaluations: string
  private readonly workers = new Map<ChildProcess, Promise<void>>()

  constructor(folder: string, settings: WorkSettings) {
    mkdirSync(folder, { recursive: true })
    this.directory = join(folder, 'studies')
    this.evaluations = join(folder, 'evaluations.txt')
    this.settings = settings
  }

  /** How many are at work. */
  get count(): number {
    return this.workers.size
  }

  start(): void {
    const { directory, evaluations, settings, workers } = this
    const child = spawn(process.execPath, [program, JSON.stringify({ directory, evaluations, ...settings })], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let errors = ''
    child.stderr.on('data', (data: Buffer) => (errors += data.toString()))
    const closed = new Promise<void>((resolve, reject) => {
      child.on('close', (code, signal) => {
        workers.delete(child)
        if (code === 0 || signal === 'SIGKILL') resolve()
        else reject(new Error(`a worker ended with ${code ?? signal}: ${errors}`))
      })
    })
    // Whoever waits for it is told; until then it is no failure that nobody looks at.
    closed.catch(() => undefined)
    workers.set(child, closed)
  }

  /** Kills so many workers, at once. */
  async kill(count: number): Promise<void> {
    const victims = [...this.workers].slice(0, count)
    for (const [child] of victims) if (child.kill('SIGKILL')) this.kills++
    for (const [, closed] of victims) await closed
  }

  /** Resolves when all workers have ended by themselves. */
  async finish(): Promise<void> {
    await Promise.all(this.workers.values())
  }

  /** Cuts so many bytes off the study's file, as a crash of the machine may. */
  cut(bytes: number): void {
    const file = join(this.directory, 'study.jsonl')
    if (existsSync(file)) truncateSync(file, Math.max(0, readFileSync(file).length - bytes))
  }

  /** Numbers of the trials that were evaluated to the end, once for each time. */
  get evaluated(): number[] {
    if (!existsSync(this.evaluations)) return []
    return readFileSync(this.evaluations, 'utf8').trimEnd().split('\n').map(Number)
  }

  /**
   * The trials, by the events that count.
   *
   * @throws Error if the log has trials out of order, or a trial that ended twice or has events after its end
   */
  async trials(): Promise<LoggedTrial[]> {
    const store = jsonlStore(this.directory)
    const meta = { format: 1, fingerprint: '', objectives: {}, seed: 0, ordered: false } as const
    await store.open('study', meta)
    const trials: { dna: string; status: TrialStatus | 'pending'; values: unknown; measurements: number }[] = []
    for await (const event of store.read('study', 0)) apply(trials, event)
    return trials
  }
}

function apply(
  trials: { dna: string; status: TrialStatus | 'pending'; values: unknown; measurements: number }[],
  event: StudyEvent,
): void {
  if (event.type === 'proposed') {
    if (event.trial !== trials.length) throw new Error(`trial ${event.trial} comes as number ${trials.length}`)
    trials.push({ dna: String(event.dna), status: 'pending', values: undefined, measurements: 0 })
    return
  }
  const trial = trials[event.trial]
  if (trial?.status !== 'pending') throw new Error(`trial ${event.trial} is ${event.type} when it is not pending`)
  if (event.type === 'measured') trial.measurements++
  else Object.assign(trial, { status: event.status, values: event.values })
}

/** How a time of chaos went. */
export interface Chaos {
  readonly rounds: number
  readonly kills: number
  readonly cuts: number
}

/**
 * Searches in one new study after another, kills workers and starts others at random moments, now and then cuts the file
 * short when all are dead, and checks each study when it is done.
 *
 * @param seed - of what is decided here; when things happen depends on the machine as well
 * @throws Error that says what did not hold, with the folder of the study
 */
export async function causeChaos(folder: string, seconds: number, seed: number): Promise<Chaos> {
  const end = performance.now() + seconds * 1000
  let [rounds, kills, cuts] = [0, 0, 0]
  while (performance.now() < end) {
    const stream = randomStream(seed).child(rounds)
    const settings: WorkSettings = {
      trials: 100 + stream.int(200),
      concurrency: 1 + stream.int(3),
      ordered: stream.int(2) === 0,
      delay: stream.int(3),
    }
    const workers = new StudyWorkers(join(folder, `round-${rounds++}`), settings)
    let lost = 0
    for (let i = 1 + stream.int(6); i > 0; i--) {
      while (workers.count < 3 && (workers.count === 0 || stream.int(2) === 0)) workers.start()
      await new Promise((resolve) => setTimeout(resolve, stream.int(400)))
      await workers.kill(1 + stream.int(workers.count + 1))
      if (workers.count > 0 || stream.int(3) > 0) continue
      // What is cut off is at most one result that was confirmed.
      workers.cut(1 + stream.int(200))
      lost++
    }
    await workers.finish()
    // The last one does what is left.
    workers.start()
    await workers.finish()
    kills += workers.kills
    cuts += lost
    // Each kill may cost the results that were about to be written.
    await check(workers, workers.kills * settings.concurrency + lost).catch((error: unknown) => {
      throw new Error(`${workers.directory}, ${JSON.stringify(settings)}: ${(error as Error).message}`, {
        cause: error,
      })
    })
  }
  return { rounds, kills, cuts }
}

async function check(workers: StudyWorkers, repeatable: number): Promise<void> {
  const { trials: count } = workers.settings
  const trials = await workers.trials()
  if (trials.length !== count) throw new Error(`${count} trials were wanted, there are ${trials.length}`)
  const odd = trials.findIndex(({ status, measurements }) => status !== 'ok' || measurements < 2)
  if (odd !== -1) throw new Error(`trial ${odd} is ${trials[odd]?.status}`)
  const evaluated = workers.evaluated
  const missing = trials.findIndex((_, id) => !evaluated.includes(id))
  if (missing !== -1) throw new Error(`trial ${missing} has a result without an evaluation`)
  if (evaluated.length - count > repeatable) {
    throw new Error(`${evaluated.length} evaluations of ${count} trials, where ${repeatable} could be repeated`)
  }
}
