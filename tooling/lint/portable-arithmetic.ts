/**
 * The lint rule of [T8]: a value that decides a DNA is the same on every engine. The language fixes the results of
 * + − × ÷, square root and rounding to the last bit; it does not fix `exp`, `log`, `pow` and their kin, and V8 has
 * changed theirs between versions. Clocks, unseeded randomness and the machine's locale are refused for the same reason.
 */

/** Members of `Math` whose results the language fixes exactly, and its constants. */
const exact = new Set(
  'abs ceil clz32 floor fround imul max min round sign sqrt trunc E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2'.split(' '),
)

/** Globals that answer differently from one moment or machine to the next. */
const varying = new Set(['Date', 'Intl', 'crypto', 'performance'])

/** The parts of a syntax node that the rule reads (ESTree; oxlint exports no types for it). */
interface SyntaxNode {
  readonly type: string
  readonly parent: SyntaxNode | null
  readonly name?: string
  readonly operator?: string
  readonly computed?: boolean
  readonly value?: unknown
  readonly left?: SyntaxNode
  readonly right?: SyntaxNode
  readonly object?: SyntaxNode
  readonly property?: SyntaxNode
  readonly callee?: SyntaxNode
}

interface RuleContext {
  readonly sourceCode: { isGlobalReference(node: SyntaxNode): boolean }
  report(problem: { node: SyntaxNode; message: string }): void
}

/** The member's name where the source spells it out: `a.b` and `a['b']`. */
function memberName(node: SyntaxNode): string | undefined {
  if (!node.computed) return node.property?.name
  return typeof node.property?.value === 'string' ? node.property.value : undefined
}

/** Whether an operand is a bigint to the eye: its power is exact, and mixing it with a number throws anyway. */
function isBigInt(node: SyntaxNode | undefined): boolean {
  return typeof node?.value === 'bigint' || (node?.type === 'CallExpression' && node.callee?.name === 'BigInt')
}

const rule = {
  create(context: RuleContext): Record<string, (node: SyntaxNode) => void> {
    function refuse(node: SyntaxNode, what: string): void {
      const message = `${what} is not the same on every engine or at every moment; take it from math/portable, a stream or the caller.`
      context.report({ node, message })
    }

    function checkPower(node: SyntaxNode): void {
      if (node.operator !== '**' && node.operator !== '**=') return
      if (!isBigInt(node.left) && !isBigInt(node.right)) refuse(node, `\`${node.operator}\``)
    }

    /** A mention of a global, as itself or as a member of `globalThis`. */
    function checkGlobal(node: SyntaxNode, name: string): void {
      if (varying.has(name)) refuse(node, `\`${name}\``)
      if (name !== 'Math') return
      const { parent } = node
      const member = parent?.type === 'MemberExpression' && parent.object === node ? memberName(parent) : undefined
      if (member === undefined || !exact.has(member))
        refuse(node, member ? `\`Math.${member}\`` : 'the whole of `Math`')
    }

    return {
      BinaryExpression: checkPower,
      AssignmentExpression: checkPower,
      Identifier(node) {
        if (context.sourceCode.isGlobalReference(node)) checkGlobal(node, node.name ?? '')
      },
      MemberExpression(node) {
        const name = memberName(node)
        if (name === undefined) return
        if (name === 'localeCompare' || name.startsWith('toLocale')) refuse(node, `\`${name}\``)
        if (node.object?.name === 'globalThis') checkGlobal(node, name)
      },
    }
  },
}

export default { meta: { name: 'mitten' }, rules: { 'portable-arithmetic': rule } }
