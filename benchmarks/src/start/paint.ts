import { styleText } from 'node:util'

/** The ways text is set off in this program. */
export type Format = 'bold' | 'dim' | 'cyan' | 'yellow' | 'green' | 'magenta' | 'red'

/** Sets off a piece of text; the identity where colour is not wanted. */
export type Paint = (format: Format | readonly Format[], text: string) => string

/** No colour: pipes, `NO_COLOR`, dumb terminals. */
export const plain: Paint = (_format, text) => text

/** ANSI colours, whatever the stream. */
export const coloured: Paint = (format, text) => styleText([format].flat(), text, { validateStream: false })
