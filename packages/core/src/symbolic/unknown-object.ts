/** An object of a type that was not known when its JSON was read; it is written back unchanged. */
export class UnknownObject {
  /** The declared name that the JSON gives. */
  readonly typeName: string
  /** The JSON as it was read. */
  readonly json: Readonly<Record<string, unknown>>

  constructor(typeName: string, json: Readonly<Record<string, unknown>>) {
    this.typeName = typeName
    this.json = json
  }
}
