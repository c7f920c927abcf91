export type { Program } from '../symbolic/program.ts'
